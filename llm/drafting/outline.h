#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// Whether a model's plain text may replace a whole block: a paragraph without links, emphasis,
// code, HTML or shortcodes, which plain text would lose, or a fact line ("- **HQ:** Aarhus") whose
// value is such text.
bool is_replaceable(const entries::Document& document, const entries::Block& block);

// Whether a passage and a text share at least three words of five letters or more.
bool is_relevant_to(std::string_view passage, std::string_view text);

// How much of an entry is shown, in bytes.
struct OutlineLimits {
  std::size_t full_block_bytes =
      3'000;                          // blocks that the passages bear on, shown whole; one is, however long
  std::size_t excerpt_bytes = 1'200;  // of all others together, but for summary and newest developments
};

// An entry for a model to read, a block a line, each with its id: headings; the blocks that the
// task's passages with these indexes concern most, whole, by words that few blocks have; the first
// lines of the summary and the newest developments; the beginning of other blocks that share a word
// with the passages, the most alike first; of the rest a shorter beginning, or, in an entry of very
// many, how many there are. Where some passages name the subject, only those and the ones right
// after them count, not the rest of a page on many things. Links are shown by their text. Code,
// front matter, disclaimer and list of sources are left out.
std::string make_outline(const Task& task, const std::vector<std::size_t>& passages,
                         OutlineLimits limits = {});

}  // namespace stubkeeper::llm
