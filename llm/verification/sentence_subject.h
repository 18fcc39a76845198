#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// The subject of a sentence that does not name it: "The installation has a rating of 63 kW".

// The words between "the" ("this", "these", ...) and the verb that an English sentence begins with, in lower
// case, where they name nothing by themselves: neither the sentence nor the entry says which installation, and
// it is no word for the entry's subject ("the company"). Else empty.
std::vector<std::string> find_unnamed_subject(std::string_view sentence, const Task& task);

// Whether a text has one of the words of an unnamed subject.
bool shares_subject_word(std::string_view text, const std::vector<std::string>& subject);

// Whether a text says what the words of an unnamed subject mean: it has one of them, or a name of the entry.
bool names_one_of(std::string_view text, const std::vector<std::string>& subject, const Task& task);

// The text of the heading above a byte of a snapshot's text, without its mark; "" where there is none. The view
// points into the text.
std::string_view find_heading_above(std::string_view text, std::size_t byte);

}  // namespace stubkeeper::llm
