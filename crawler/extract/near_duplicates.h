#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/text/min_hash.h"

namespace stubkeeper::crawler {

// A signature of a document's text, to find the same text on other sites: the MinHash of its runs
// of three words. `normalized_passages` are of the document's own passages, without what repeats on
// its site. Nothing for fewer than `min_story_words`, since so short texts are alike by chance. Two
// documents tell the same story where the resemblance() of their signatures is at least
// kb::Stories::min_resemblance (measured in docs/crawler.md).
constexpr std::size_t min_story_words = 40;
std::optional<MinHash> story_signature(const std::vector<std::string>& normalized_passages);

}  // namespace stubkeeper::crawler
