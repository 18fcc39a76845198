#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// The sentences of a passage, as they stand there: each a part of it, without white space around. A full stop
// ends a sentence where the next word begins with a capital, a digit or a quotation mark and the word before
// is no abbreviation, initial or number ("Inc.", "J. Smith", "No. 5"). A list item's marker is left out;
// headings and table rows have no sentences.
std::vector<std::string_view> split_sentences(std::string_view passage);

// Whether a sentence is worth showing by itself: a length that is read, a verb's worth of words, neither a
// question nor a call to action nor a navigation fragment, and balanced quotation marks.
bool is_quotable(std::string_view sentence);

}  // namespace stubkeeper::llm
