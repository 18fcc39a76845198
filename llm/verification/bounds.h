#pragma once

#include <cstddef>
#include <string_view>

namespace stubkeeper::llm {

struct Figure;

// The bound that a text sets to a figure or a date: "more than", "up to", "before".
enum class Bound {
  exact,
  more,      // more than, over, exceeding; after
  at_least,  // at least, 40 or more; since
  less,      // less than, fewer than, under; before
  at_most,   // at most, up to; by
  about,     // about, nearly, roughly
};

// The bound of the figure in bytes [begin, end) of a text: by the words before it, and by "or more" behind it.
Bound find_bound(std::string_view text, std::size_t begin, std::size_t end);

// The bound of a date there: "before", "prior to", "after", "since", "until"; exact for other words.
Bound find_date_bound(std::string_view text, std::size_t begin);

// Whether a text may say `stated` where its source says `known`, both of one unit: "more than 400" for 450 and
// for "over 450", not for 400; for "up to 450" too, since a bound is read as near its figure. Of `about` a tenth more
// or less.
bool is_borne_out(const Figure& stated, const Figure& known);

// The same for dates, RFC 3339 or their known parts, to the precision of the shorter one: "before 2015" for
// "2014-03".
bool is_date_within(Bound bound, std::string_view stated, std::string_view known);

}  // namespace stubkeeper::llm
