#pragma once

#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// The sentences of a passage (base/text/sentences.h), without a list item's or a quotation's marker; headings
// and table rows have none.
std::vector<std::string_view> split_passage_sentences(std::string_view passage,
                                                      std::string_view language = "");

// Whether a sentence makes sense by itself: neither short nor long, no question, call to action or
// fragment of navigation, with balanced quotation marks.
bool is_quotable(std::string_view sentence);

// Whether quotable sentences would be found in a passage if it had any: not in one that reads like an
// instruction, nor in a script whose sentences and words are not told apart.
bool is_readable_passage(std::string_view passage);

}  // namespace stubkeeper::llm
