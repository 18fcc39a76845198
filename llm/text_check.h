#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "entries/citation.h"

namespace stubkeeper::llm {

// A new text and the words that it rests on, outside of any knowledge base.
struct TextCheck {
  std::string text;  // Markdown of one block; line ends count as spaces
  std::vector<std::string> quotes;
  std::string replaced;     // the text of the entry that it replaces, or ""
  std::string title;        // of the page that is quoted, or ""
  std::string entry_title;  // or ""
  std::string entry;        // the entry's Markdown, or ""
  std::string published;    // when the page was: RFC 3339 or its known part, or ""
};

// The flags (llm/flags.h) that compare the text with its quotes and with the entry; none of those that judge
// sources, their age or the size of a change. invalid_argument without text or words to compare it with; refused
// for active markup and unsafe links.
Result<std::vector<entries::Flag>> check_text(const TextCheck& check);

}  // namespace stubkeeper::llm
