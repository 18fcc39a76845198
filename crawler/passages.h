#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/min_hash.h"

namespace stubkeeper::crawler {

// The blocks of a text (Content::text, Item::content) as byte ranges, and how they are compared.

struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The blocks in order, without empty ones.
std::vector<TextRange> split_passages(std::string_view text);

// A passage as it is compared, byte by byte, to find out whether it is new; "" where nothing is
// left of it. Left out are: case (Unicode's folding), white space, punctuation at its ends, whole
// dates (a day with its year), times of day, "3 hours ago" in the most common languages, a dateline
// at the beginning ("BASEL, May 7 (Reuters) -"), and in a passage of up to eight words bare
// counters ("1,204 comments", "5 min read", "17"). Every other number counts: "$24 million" differs
// from "$30 million", "in May 2026" from "in June 2026".
std::string normalized_passage(std::string_view passage);

// For each passage whether it is in a list of other pages, which changes with every visit and is no
// news: a heading such as "Related articles" or "Mehr zum Thema" and, up to the next heading, list
// items and lines that are no sentences. Only after a text of the page's own.
std::vector<bool> mark_related_pages(std::string_view text, const std::vector<TextRange>& passages);

// A signature of a document's text, to find the same text on other sites: the MinHash of its runs
// of three words. `normalized_passages` are of the document's own passages, without what repeats on
// its site. Nothing for fewer than `min_story_words`, since so short texts are alike by chance. Two
// documents tell the same story where the resemblance() of their signatures is at least
// kb::Stories::min_resemblance (measured in docs/crawler.md).
constexpr std::size_t min_story_words = 40;
std::optional<MinHash> story_signature(const std::vector<std::string>& normalized_passages);

}  // namespace stubkeeper::crawler
