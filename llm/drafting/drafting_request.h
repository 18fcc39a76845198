#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"
#include "llm/model.h"

namespace stubkeeper::llm {

// The editors' rules that are sent with these passages. A rule's paragraphs, each with the list
// below it, are chosen by their headings: the rule's own, and the bold words that a paragraph
// begins with. Left out are those whose heading has one of `drafting.steering_excluded_headings`
// (names of files, tables, tags), and code, tables and comments. First come those whose heading has
// one of `drafting.steering_priority_headings`, then those of the entry's part of the tree that
// concern the passages, then those of the section that do, as far as `max_bytes` reach; a paragraph
// without room is left out whole. The others are added where all of them have room. In the order of
// the rules, under their headings; "" where none is left.
std::string select_steering(const std::vector<SteeringRule>& rules, std::string_view passages,
                            const entries::DraftingRules& drafting, std::size_t max_bytes);

// The request to a model for one task. The instructions are the prompt alone, the same for every
// task, so that endpoints can cache them. The input is the rules of the editors that apply
// (select_steering()), the entry's outline (outline.h), the related entries by title, what was
// rejected before, the kinds of change that are not wanted, and the task's passages with these
// indexes, each document's after its title, host, date and publisher's kind (or "unknown"). Each
// passage is between marks with a hash of everything that is sent: the same task gives the same
// request, and no page can hold the hash of a text that holds the page.
ModelRequest make_drafting_request(const Task& task, const std::vector<std::size_t>& passages,
                                   std::int64_t max_output_tokens);

// The same prompt with another input: `about`, and these passages between their marks.
ModelRequest make_request(const Task& task, std::string about, const std::vector<std::size_t>& passages,
                          std::int64_t max_output_tokens);

// A text from outside on one line, in quotation marks that it cannot end.
std::string to_json_string(const std::string& value);

// The same request once more, with what was wrong with the answer to it.
ModelRequest with_problems(ModelRequest request, const std::vector<std::string>& problems);

// The related entry with an id of a request ("e2"), or null.
const RelatedEntry* find_related_entry(const Task& task, std::string_view id);

// The conventions' types that a new entry can have: without those of pages that are no entries.
std::vector<std::string> new_entry_types(const Task& task);

}  // namespace stubkeeper::llm
