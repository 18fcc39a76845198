#include <algorithm>

#include "base/text/ascii.h"
#include "llm/verification/claim.h"
#include "llm/verification/dates.h"
#include "llm/verification/figures.h"
#include "llm/verification/meaning.h"
#include "llm/verification/names.h"
#include "llm/verification/quotations.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

bool contains(const std::vector<std::string>& texts, const std::string& wanted) {
  return std::find(texts.begin(), texts.end(), wanted) != texts.end();
}

void add_once(std::vector<std::string>& texts, const std::string& text) {
  if (!contains(texts, text)) texts.push_back(text);
}

// A number that is a year rather than a count: "in 2026", not "2026 employees".
bool is_year(const Figure& figure) {
  return figure.number.size() == 4 && (figure.number.starts_with("19") || figure.number.starts_with("20")) &&
         figure.text.starts_with(figure.number) && figure.currency.empty() && !figure.unit.ends_with('s');
}

void compare_figures(const Claim& claim, const std::vector<std::string>& known_dates, FlagList& flags,
                     std::vector<std::string>& missing_dates) {
  auto known = stated_figures(claim.quoted + "\n" + claim.context);
  std::vector<std::string> numbers;
  std::vector<std::string> units;
  std::vector<std::string> currencies;
  for (const Figure& figure : stated_figures(claim.text)) {
    bool number = false;
    bool without_scale = false;
    bool unit = figure.unit.empty();
    bool currency = false;
    for (const Figure& other : known) {
      if (!same_number(figure, other)) {
        without_scale = without_scale || other.digits == figure.digits;
        continue;
      }
      number = true;
      // "31 employees" is known by "31 full-time employees", and by a "31" of which nothing is said. A noun
      // differs only from another one; a measure always.
      unit = unit || same_unit(figure, other) || (!figure.is_measure && other.unit.empty());
      currency = currency || figure.currency == other.currency;
    }
    if (!number && is_year(figure)) {
      if (!is_stated(figure.number, known_dates)) add_once(missing_dates, figure.number);
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
  flags.raise_for("number-not-in-quote", numbers);
  flags.raise_for("currency-not-in-quote", currencies);
  flags.raise_for("unit-not-in-quote", units);
}

std::vector<std::string> known_dates_of(const Claim& claim) {
  const std::string text = claim.quoted + "\n" + claim.context;
  std::vector<std::string> known = years_in(text);
  for (const DateMention& mention : date_mentions(text)) {
    known.push_back(mention.date);
    if (!mention.other_reading.empty()) known.push_back(mention.other_reading);
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
  for (const DateMention& mention : date_mentions(claim.text)) {
    const bool stated = is_stated(mention.date, known) ||
                        (!mention.other_reading.empty() && is_stated(mention.other_reading, known));
    if (!stated)
      add_once(missing, mention.date.starts_with("--")
                            ? claim.text.substr(mention.begin, mention.end - mention.begin)
                            : mention.date);
  }
  const std::string& filed = claim.change.edit.date;
  if (!filed.empty() && !is_stated(filed, known)) add_once(missing, filed);
}

void compare_superlatives(const Claim& claim, FlagList& flags) {
  const auto known = superlatives_in(claim.quoted + "\n" + claim.context);
  std::vector<std::string> differing;
  for (const Superlative& said : superlatives_in(claim.text)) {
    bool found = false;
    bool only_limited = true;
    for (const Superlative& other : known) {
      const bool same = other.word == said.word || (other.word == "biggest" && said.word == "largest") ||
                        (other.word == "largest" && said.word == "biggest");
      if (!same) continue;
      found = true;
      only_limited = only_limited && other.limited;
    }
    if (!found) {
      add_once(differing, said.word);
    } else if (only_limited && !said.limited) {
      add_once(differing, said.word + " (the quotes say \"one of the\", \"among the\" or \"its\")");
    }
  }
  flags.raise_for("superlative-differs", differing);
}

}  // namespace

void compare_words(const Claim& claim, FlagList& flags) {
  const auto known_dates = known_dates_of(claim);
  std::vector<std::string> missing_dates;
  compare_dates(claim, known_dates, missing_dates);
  compare_figures(claim, known_dates, flags, missing_dates);
  flags.raise_for("date-not-in-quote", missing_dates);
  flags.raise_for("name-not-in-quote",
                  KnownNames{claim.quoted + "\n" + claim.context}.unknown_in(claim.text));

  flags.raise_for("quotation-not-in-quote",
                  quotations_not_in(claim.text, claim.quoted + "\n" + claim.context));

  // What is removed says nothing that could differ.
  if (claim.text.empty()) return;
  if (const auto difference = difference_in({Stance::denied}, claim.text, claim.quoted); !difference.empty())
    flags.raise("negation-differs", difference);
  if (const auto difference =
          difference_in({Stance::planned, Stance::possible, Stance::reported}, claim.text, claim.quoted);
      !difference.empty())
    flags.raise("modality-differs", difference);
  compare_superlatives(claim, flags);
  flags.raise_for("hype", phrases_in(spaced_words(claim.text), claim.style().hype));
}

}  // namespace stubkeeper::llm
