#include "llm/verification/bounds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

#include "base/text/words.h"
#include "llm/verification/figures.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

struct BoundPhrase {
  std::string_view words;  // padded with a space on both sides
  Bound bound;
};

// The longer ones first, where one ends with another.
constexpr std::array before_figures = std::to_array<BoundPhrase>({
    {" no less than ", Bound::at_least},
    {" not less than ", Bound::at_least},
    {" no fewer than ", Bound::at_least},
    {" at least ", Bound::at_least},
    {" a minimum of ", Bound::at_least},
    {" no more than ", Bound::at_most},
    {" not more than ", Bound::at_most},
    {" at most ", Bound::at_most},
    {" up to ", Bound::at_most},
    {" a maximum of ", Bound::at_most},
    {" more than ", Bound::more},
    {" greater than ", Bound::more},
    {" higher than ", Bound::more},
    {" larger than ", Bound::more},
    {" longer than ", Bound::more},
    {" better than ", Bound::more},
    {" older than ", Bound::more},
    {" in excess of ", Bound::more},
    {" upwards of ", Bound::more},
    {" over ", Bound::more},
    {" above ", Bound::more},
    {" exceeding ", Bound::more},
    {" exceeds ", Bound::more},
    {" exceeded ", Bound::more},
    {" exceed ", Bound::more},
    {" surpassing ", Bound::more},
    {" surpassed ", Bound::more},
    {" less than ", Bound::less},
    {" fewer than ", Bound::less},
    {" lower than ", Bound::less},
    {" smaller than ", Bound::less},
    {" shorter than ", Bound::less},
    {" younger than ", Bound::less},
    {" worse than ", Bound::less},
    {" under ", Bound::less},
    {" below ", Bound::less},
    {" approximately ", Bound::about},
    {" about ", Bound::about},
    {" around ", Bound::about},
    {" roughly ", Bound::about},
    {" nearly ", Bound::about},
    {" almost ", Bound::about},
    {" close to ", Bound::about},
    {" an estimated ", Bound::about},
    {" circa ", Bound::about},
    {" some ", Bound::about},
});

constexpr std::array before_dates = std::to_array<BoundPhrase>({
    {" prior to ", Bound::less},
    {" earlier than ", Bound::less},
    {" before ", Bound::less},
    {" later than ", Bound::more},
    {" after ", Bound::more},
});

constexpr std::array after_figures = std::to_array<BoundPhrase>({
    {" or more ", Bound::at_least},
    {" or higher ", Bound::at_least},
    {" or less ", Bound::at_most},
    {" or fewer ", Bound::at_most},
});

// The last words before a byte, of its sentence, as padded_words() gives them.
std::string words_before(std::string_view text, std::size_t begin) {
  constexpr std::size_t max_bytes = 40;
  const std::size_t from = begin - std::min(begin, max_bytes);
  std::string_view before = text.substr(from, begin - from);
  if (const std::size_t stop = before.find_last_of(".;:\n,("); stop != std::string_view::npos)
    before.remove_prefix(stop + 1);
  std::string words = padded_words(before);
  for (const std::string_view filler : {" a total of ", " the ", " a "}) {
    if (words.ends_with(filler)) words.resize(words.size() - filler.size() + 1);
  }
  return words;
}

template <typename Phrases>
Bound bound_at_end(const std::string& words, const Phrases& phrases) {
  for (const BoundPhrase& phrase : phrases) {
    if (words.ends_with(phrase.words)) return phrase.bound;
  }
  return Bound::exact;
}

double value_of(const Figure& figure) {
  return std::strtod(figure.number.c_str(), nullptr);
}

bool limits_above(Bound bound) {
  return bound == Bound::less || bound == Bound::at_most;
}

bool limits_below(Bound bound) {
  return bound == Bound::more || bound == Bound::at_least;
}

}  // namespace

Bound find_bound(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string words = words_before(text, begin);
  if (const Bound bound = bound_at_end(words, before_figures); bound != Bound::exact) return bound;
  constexpr std::size_t max_bytes = 12;
  const std::string after = padded_words(text.substr(std::min(end, text.size()), max_bytes));
  for (const BoundPhrase& phrase : after_figures) {
    if (after.starts_with(phrase.words)) return phrase.bound;
  }
  return Bound::exact;
}

Bound find_date_bound(std::string_view text, std::size_t begin) {
  return bound_at_end(words_before(text, begin), before_dates);
}

bool is_borne_out(const Figure& stated, const Figure& known) {
  constexpr double tolerance = 0.1;
  const double value = value_of(stated);
  const double other = value_of(known);
  const bool equal = has_same_value(stated, known);
  // "Over 104" is read as a little more than 104, and so as less than 105.
  const bool near =
      std::min(std::abs(value), std::abs(other)) * 2 >= std::max(std::abs(value), std::abs(other));
  switch (stated.bound) {
    case Bound::exact:
      return equal;
    case Bound::about:
      return equal || std::abs(value - other) <= tolerance * std::max(std::abs(value), std::abs(other));
    case Bound::more:
      return equal ? known.bound == Bound::more : other > value && (!limits_above(known.bound) || near);
    case Bound::at_least:
      return equal ? !limits_above(known.bound) : other > value && (!limits_above(known.bound) || near);
    case Bound::less:
      return equal ? known.bound == Bound::less : other < value && (!limits_below(known.bound) || near);
    case Bound::at_most:
      return equal ? !limits_below(known.bound) : other < value && (!limits_below(known.bound) || near);
  }
  return equal;
}

bool is_date_within(Bound bound, std::string_view stated, std::string_view known) {
  const std::size_t length = std::min(stated.size(), known.size());
  const int order = known.substr(0, length).compare(stated.substr(0, length));
  return (bound == Bound::less && order < 0) || (bound == Bound::more && order > 0);
}

}  // namespace stubkeeper::llm
