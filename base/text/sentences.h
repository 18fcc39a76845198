#pragma once

#include <string_view>
#include <vector>

namespace stubkeeper {

// The sentences of running text, in order, without white space around: parts of it that cover all its words.
//
// ICU breaks them (UAX #29) in any script. A full stop within a sentence is known by the
// abbreviations of CLDR for the language (BCP 47; English where it is empty or unknown) and of
// sentences.cc, by initials ("J. Smith") and by letters with stops between them ("e.g.", "U.S.");
// "The", "It" and the like begin a sentence also after those. A lower-case word begins none, a
// figure does ("... in 2025. 40 people ..."). A line end is a space, an empty line ends a sentence.
std::vector<std::string_view> split_sentences(std::string_view text, std::string_view language = "");

}  // namespace stubkeeper
