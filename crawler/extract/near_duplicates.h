#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/text/min_hash.h"

namespace stubkeeper::crawler {

// What a document tells, for finding the same text on other sources whatever stands around it: a signature of
// the runs of three words in its passages' likenesses (likeness(), so that case, dates and datelines do not
// count). Give it the document's own passages, without what repeats on its site. Nothing for fewer than
// `min_story_words`: so short texts are alike by chance.
//
// Two documents tell the same story where resemblance() of their signatures is at least
// kb::Stories::min_resemblance; what that finds is measured in docs/crawler.md.
constexpr std::size_t min_story_words = 40;
std::optional<MinHash> story_signature(const std::vector<std::string>& normalized_passages);

}  // namespace stubkeeper::crawler
