#include <algorithm>
#include <array>

#include "base/text/dates.h"
#include "base/text/strings.h"
#include "llm/verification/claim.h"
#include "llm/verification/figures.h"
#include "llm/verification/names.h"
#include "llm/verification/quotations.h"
#include "llm/verification/stance.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// A number that is a year rather than a count: "in 2026", not "2026 employees".
bool is_year(const Figure& figure) {
  return figure.number.size() == 4 && (figure.number.starts_with("19") || figure.number.starts_with("20")) &&
         figure.text.starts_with(figure.number) && figure.currency.empty() && !figure.unit.ends_with('s');
}

// The numbers of a text's ordinals in words: "the fourth" bears out "4th" and "round 4".
std::vector<std::string> find_ordinals(std::string_view text) {
  std::vector<std::string> numbers;
  static constexpr std::array ordinals = std::to_array<std::string_view>(
      {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"});
  for (const std::string& word : lowercase_words(text)) {
    const auto found = std::ranges::find(ordinals, word);
    if (found != ordinals.end()) numbers.push_back(std::to_string(found - ordinals.begin() + 1));
  }
  return numbers;
}

bool has_bound_of_value(const Figure& figure) {
  return figure.bound != Bound::exact && !is_year(figure);
}

// Whether the figures of a source bear out a bound, "more than 400": those of its unit or currency, and where there
// are none, those that count something.
bool is_bound_borne_out(const Figure& bounded, const std::vector<Figure>& known) {
  bool has_unit = false;
  bool by_count = false;
  for (const Figure& other : known) {
    if (is_year(other)) continue;
    const bool same_currency = bounded.currency == other.currency;
    const bool says_unit = !bounded.currency.empty() || !bounded.unit.empty();
    if (same_currency && says_unit && (!bounded.currency.empty() || has_same_unit(bounded, other))) {
      if (is_borne_out(bounded, other)) return true;
      has_unit = true;
    } else if (same_currency && !bounded.is_measure && !other.is_measure) {
      by_count = by_count || is_borne_out(bounded, other);
    }
  }
  return !has_unit && by_count;
}

// Whether a year or a date behind "before" or "after" is borne out by a date of the quotes.
bool is_date_bound_borne_out(const Claim& claim, std::size_t begin, std::string_view date) {
  const Bound bound = find_date_bound(claim.text, begin);
  if (bound == Bound::exact) return false;
  std::vector<std::string> known = find_years(claim.quoted);
  for (const DateMention& mention : find_dates(claim.quoted)) known.push_back(mention.date);
  return std::ranges::any_of(known, [&](const std::string& other) {
    return other.starts_with("--") == date.starts_with("--") && is_date_within(bound, date, other);
  });
}

void compare_figures(const Claim& claim, const std::vector<std::string>& known_dates, FlagList& flags,
                     std::vector<std::string>& missing_dates) {
  auto known = find_stated_figures(claim.quoted + "\n" + claim.context);
  const auto ordinals = find_ordinals(claim.quoted + "\n" + claim.context);
  std::vector<std::string> numbers;
  std::vector<std::string> units;
  std::vector<std::string> currencies;
  for (const Figure& figure : find_stated_figures(claim.text)) {
    if (has_bound_of_value(figure)) {
      if (!is_bound_borne_out(figure, known)) add_once(numbers, figure.text);
      continue;
    }
    if (is_year(figure) && is_date_bound_borne_out(claim, figure.begin, figure.number)) continue;
    if (figure.currency.empty() && !figure.is_measure && contains(ordinals, figure.number)) continue;
    bool number = false;
    bool without_scale = false;
    bool unit = figure.unit.empty();
    bool currency = false;
    for (const Figure& other : known) {
      if (!has_same_value(figure, other)) {
        without_scale = without_scale || other.digits == figure.digits;
        continue;
      }
      number = true;
      // "31 employees" is known by "31 full-time employees", and by a "31" of which nothing is
      // said. A noun differs only from another one; a measure always.
      unit = unit || has_same_unit(figure, other) || (!figure.is_measure && other.unit.empty());
      currency = currency || figure.currency == other.currency;
    }
    if (!number && is_year(figure)) {
      if (!is_date_stated(figure.number, known_dates)) add_once(missing_dates, figure.number);
    } else if (!number && without_scale) {
      add_once(units, figure.text);
    } else if (!number) {
      add_once(numbers, figure.text);
    } else if (!currency) {
      add_once(currencies, figure.text);
    } else if (!unit) {
      add_once(units, figure.text);
    }
  }
  flags.raise_if_any("number-not-in-quote", numbers);
  flags.raise_if_any("currency-not-in-quote", currencies);
  flags.raise_if_any("unit-not-in-quote", units);
}

std::vector<std::string> known_dates_of(const Claim& claim) {
  const std::string text = claim.quoted + "\n" + claim.context;
  std::vector<std::string> known = find_years(text);
  for (const DateMention& mention : find_dates(text)) {
    known.push_back(mention.date);
    if (!mention.alternative_date.empty()) known.push_back(mention.alternative_date);
  }
  for (const CitedQuote& quote : claim.quotes) {
    for (const std::string& date : {quote.passage->published, quote.snapshot->published}) {
      if (!date.empty()) known.push_back(date);
    }
  }
  return known;
}

void compare_dates(const Claim& claim, const std::vector<std::string>& known,
                   std::vector<std::string>& missing) {
  for (const DateMention& mention : find_dates(claim.text)) {
    const bool stated =
        is_date_stated(mention.date, known) ||
        (!mention.alternative_date.empty() && is_date_stated(mention.alternative_date, known)) ||
        is_date_bound_borne_out(claim, mention.begin, mention.date);
    if (!stated)
      add_once(missing, mention.date.starts_with("--")
                            ? claim.text.substr(mention.begin, mention.end - mention.begin)
                            : mention.date);
  }
  const std::string& date_prefix = claim.change.edit.date;
  if (!date_prefix.empty() && !is_date_stated(date_prefix, known)) add_once(missing, date_prefix);
}

void compare_superlatives(const Claim& claim, FlagList& flags) {
  const auto known = find_superlatives(claim.quoted + "\n" + claim.context);
  // "these last two" is no superlative, but the word is the source's own.
  const auto words = lowercase_word_set(claim.quoted);
  const auto is_in_quotes = [&](const std::string& word) {
    return word == "last" && (words.contains("last") || words.contains("final"));
  };
  std::vector<std::string> differing;
  for (const Superlative& superlative : find_superlatives(claim.text)) {
    bool found = false;
    bool only_limited = true;
    for (const Superlative& other : known) {
      const bool same = other.word == superlative.word ||
                        (other.word == "biggest" && superlative.word == "largest") ||
                        (other.word == "largest" && superlative.word == "biggest");
      if (!same) continue;
      found = true;
      only_limited = only_limited && other.limited;
    }
    if (!found) {
      if (!is_in_quotes(superlative.word)) add_once(differing, superlative.word);
    } else if (only_limited && !superlative.limited) {
      add_once(differing, superlative.word + " (the quotes say \"one of the\", \"among the\" or \"its\")");
    }
  }
  flags.raise_if_any("superlative-differs", differing);
}

}  // namespace

void compare_words(const Claim& claim, FlagList& flags) {
  const auto known_dates = known_dates_of(claim);
  std::vector<std::string> missing_dates;
  compare_dates(claim, known_dates, missing_dates);
  compare_figures(claim, known_dates, flags, missing_dates);
  flags.raise_if_any("date-not-in-quote", missing_dates);
  flags.raise_if_any("name-not-in-quote",
                     KnownNames{claim.quoted + "\n" + claim.context}.find_unknown(claim.text));

  flags.raise_if_any("quotation-not-in-quote",
                     find_missing_quotations(claim.text, claim.quoted + "\n" + claim.context));

  // A removal says nothing that could differ, and neither does the title of a source in its link.
  const std::string& text = claim.text_without_citations;
  if (text.empty()) return;
  if (const auto difference = describe_stance_difference({Stance::denied}, text, claim.quoted);
      !difference.empty())
    flags.raise("negation-differs", difference);
  if (const auto difference = describe_stance_difference(
          {Stance::planned, Stance::possible, Stance::reported}, text, claim.quoted);
      !difference.empty())
    flags.raise("modality-differs", difference);
  compare_superlatives(claim, flags);
  const std::string padded = padded_words(text);
  flags.raise_if_any("hype", find_phrases(padded, claim.style().hype));
  flags.raise_if_any("promotional", find_phrases(padded, claim.style().drafting.promotional_phrases));
}

}  // namespace stubkeeper::llm
