#pragma once

#include <optional>
#include <string_view>

#include "llm/verifier.h"

namespace stubkeeper::llm {

// The words of a text that are most like a quote: the stretch with the least edit distance in words
// (P. H. Sellers, "The theory and computation of evolutionary distances: pattern recognition",
// 1980), where it is at most three tenths of the quote's words, one where it has four or three, and
// half of one where it has two. Another case of a word is half an edit. Nothing where no stretch is
// near, or the quote has fewer than two words. Of equal ones the first. `share` is the part of the
// quote's words that are there, always below 1.
struct ApproximateMatch {
  QuoteRange place;
  double share = 0;
};
std::optional<ApproximateMatch> find_approximate_match(std::string_view text, std::string_view quote);

}  // namespace stubkeeper::llm
