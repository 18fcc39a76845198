#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"
#include "llm/model.h"

namespace stubkeeper::llm {

// What a model is asked for one task. The instructions are the prompt alone, the same for every task, so that
// endpoints can cache them. The input is the rules of the editors that apply (steering_choice.h), the entry
// in outline (outline.h), the related entries by title, what was turned down before, which kinds of change
// are not wanted, and these of the task's passages, by index, each document's behind its title, host, date
// and the kind of its publisher ("unknown" where nothing tells it). Each passage stands between marks that
// hold a word made of the hash of everything that is sent: the same task gives the same request, and no page
// can hold the hash of a text that holds the page.
ModelRequest make_drafting_request(const Task& task, const std::vector<std::size_t>& passages,
                                   std::int64_t max_output_tokens);

// The same prompt, about something else: `about`, and these passages between their marks.
ModelRequest make_request(const Task& task, std::string about, const std::vector<std::size_t>& passages,
                          std::int64_t max_output_tokens);

// A value from outside on one line, in quotation marks that it cannot end.
std::string to_json_string(const std::string& value);

// The same request once more, with what was wrong with the answer to it.
ModelRequest with_problems(ModelRequest request, const std::vector<std::string>& problems);

// The entry of the task that an id in a request ("e2") stands for, or nullptr.
const RelatedEntry* find_related_entry(const Task& task, std::string_view id);

// The types that a new entry can have: of the conventions, without those of pages that are no entries.
std::vector<std::string> new_entry_types(const Task& task);

}  // namespace stubkeeper::llm
