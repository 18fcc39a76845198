#pragma once

#include <string>
#include <vector>

#include "llm/verification/claim.h"

namespace stubkeeper::llm {

// Quotes of a claim that come from documents of one story: copies of a press release, or of one another.
struct Story {
  std::vector<const CitedQuote*> quotes;  // at least one
  std::size_t documents = 0;
};

// The stories that support a claim; quotes that refute are left out. Two documents tell one story where the
// task says so (TaskSnapshot::story), or where the passages quoted share most of their words in runs of
// three.
std::vector<Story> group_stories(const Claim& claim);

}  // namespace stubkeeper::llm
