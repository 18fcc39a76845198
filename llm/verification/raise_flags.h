#pragma once

#include <string>
#include <vector>

#include "llm/verifier.h"

namespace stubkeeper::llm {

// What a change is held against: its quotes, and what is known of the documents they stand in.
struct Evidence {
  std::string quotes;   // all quoted text, one quote a line
  std::string context;  // titles and dates of the documents, the block that is replaced, the entry's title
  std::vector<std::string> published;  // the documents' dates, "" where unknown
  std::vector<std::string> passages;   // the passages quoted from, whole
};

// The flags of a change. `text` is its new text as a reader sees it, without link addresses; `date` the date
// that it is filed under, or "".
std::vector<RaisedFlag> raise_flags(const std::string& text, const std::string& date,
                                    const Evidence& evidence, const std::string& today);

}  // namespace stubkeeper::llm
