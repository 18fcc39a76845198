#pragma once

#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// The sentences of a passage (base/text/sentences.h), without a list item's or a quotation's marker; headings
// and table rows have none.
std::vector<std::string_view> split_passage_sentences(std::string_view passage, std::string_view language = "");

// How short a sentence may be: one that begins with its subject and gives a figure ("Saltline employs 66 people.")
// says what it says in fewer words than others need.
enum class SentenceForm { any, figure_of_subject };

// Whether a sentence makes sense by itself: neither short nor long, no question, call to action or
// fragment of navigation, with balanced quotation marks.
bool is_quotable(std::string_view sentence, SentenceForm form = SentenceForm::any);

// Whether quotable sentences would be found in a passage if it had any: not in one that reads like an
// instruction, nor in a script whose sentences and words are not told apart.
bool is_readable_passage(std::string_view passage);

}  // namespace stubkeeper::llm
