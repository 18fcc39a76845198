#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"
#include "llm/model.h"

namespace stubkeeper::llm {

// Whether a block may be replaced as a whole by plain text: a paragraph without links, emphasis, code, HTML
// or shortcodes, which plain text would lose.
bool may_be_replaced(const entries::Document& document, const entries::Block& block);

// Whether a passage bears on a block: they share words that are not common to everything, at least three of
// five letters or more.
bool bears_on(std::string_view passage, std::string_view block);

// What a model is asked for one task: the prompt and the steering as instructions; as input the entry in
// outline with block ids (whole text only of blocks that a passage bears on), what was turned down before,
// and these of the task's passages, by index. Each passage stands between marks that hold a word made of the
// hash of everything that is sent: the same task gives the same request, and no page can hold the hash of a
// text that holds the page.
ModelRequest drafting_request(const Task& task, const std::vector<std::size_t>& passages,
                              std::int64_t most_output_tokens);

// The same request once more, with what was wrong with the answer to it.
ModelRequest with_problems(ModelRequest request, const std::vector<std::string>& problems);

}  // namespace stubkeeper::llm
