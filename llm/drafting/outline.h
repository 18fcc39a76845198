#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// Whether a block may be replaced as a whole by a model's plain text: a paragraph without links, emphasis,
// code, HTML or shortcodes, which plain text would lose, or a fact line ("- **HQ:** Aarhus") whose value is
// such text.
bool is_replaceable(const entries::Document& document, const entries::Block& block);

// Whether a passage bears on a text: they share words that are not common to everything, at least three of
// five letters or more.
bool is_relevant_to(std::string_view passage, std::string_view text);

// How much of an entry is shown, in bytes.
struct OutlineLimits {
  std::size_t full_block_bytes =
      3'000;                          // blocks that the passages bear on, shown whole; one is, however long
  std::size_t excerpt_bytes = 1'200;  // of all others together, but for summary and newest developments
};

// An entry for a model to read, a block a line, each with its id: headings; whole, those blocks that these of
// the task's passages (by index) bear on most, by words that few blocks have; of the newest developments and
// the summary the first lines, in any case; of others that share a word with the passages the beginning, the
// likest first; of the rest a shorter beginning, or, in an entry of very many, how many there are. Where some
// of the passages name the subject, those and the ones right behind them decide what they bear on: the rest
// of a page that speaks of many things does not. Links are shown by their text alone. Left out are code,
// front matter, the disclaimer and the list of sources.
std::string make_outline(const Task& task, const std::vector<std::size_t>& passages,
                         OutlineLimits limits = {});

}  // namespace stubkeeper::llm
