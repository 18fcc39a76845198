#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// The sentences of a passage (base/text/sentences.h), without a list item's or a quotation's marker; headings
// and table rows have none.
std::vector<std::string_view> split_passage_sentences(std::string_view passage, std::string_view language = "");

// Whether a sentence is worth showing by itself: a length that is read, a verb's worth of words, neither a
// question nor a call to action nor a navigation fragment, and balanced quotation marks.
bool is_quotable(std::string_view sentence);

}  // namespace stubkeeper::llm
