#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"
#include "llm/model.h"

namespace stubkeeper::llm {

// The request to a model for one task. The instructions are the prompt alone, the same for every
// task, so that endpoints can cache them. The input is the rules of the editors that apply
// (steering_selection.h), the entry's outline (outline.h), the related entries by title, what was
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
