#pragma once

#include <string>
#include <string_view>
#include <vector>

// How a text that was read compares with the one that a person marked, as the WCXB benchmark counts it.

namespace stubkeeper::bench {

using Words = std::vector<std::string>;

// The runs of letters, digits and "_" in a text of valid UTF-8, in lower case: Python's re.findall(r"\w+",
// text.lower()).
Words split_words(std::string_view text);

struct Score {
  double f1 = 0;
  double precision = 0;
  double recall = 0;
};

// Of the words as multisets. Two empty texts agree, one empty text has nothing right.
Score compute_score(Words found, Words wanted);

// The mean of each figure; zeros for none.
Score mean_score(const std::vector<Score>& scores);

// Whether the words of one stand in the other in a row; false where either is empty.
bool contains_either_way(const Words& a, const Words& b);

}  // namespace stubkeeper::bench
