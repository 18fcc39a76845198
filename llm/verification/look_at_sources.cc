#include <algorithm>

#include "llm/verification/claim.h"
#include "llm/verification/days.h"
#include "llm/verification/figures.h"
#include "llm/verification/meaning.h"
#include "llm/verification/stories.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

void look_at_age(const Claim& claim, FlagList& flags) {
  std::string newest;
  for (const CitedQuote& quote : claim.quotes) newest = std::max(newest, quote.passage->published);
  if (newest.empty()) {
    flags.raise("undated-source", "");
    return;
  }
  const auto age = days_from(newest, claim.task.today);
  const std::size_t limit = claim.style().drafting.old_source_days;
  if (limit > 0 && age && *age > static_cast<std::int64_t>(limit))
    flags.raise("old-source", "published " + newest);
}

std::string names_of(const Story& story) {
  std::vector<std::string> names;
  for (const CitedQuote* quote : story.quotes) {
    const std::string name = quote->passage->source_title + " (" + quote->passage->source_address + ")";
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return listed(names);
}

// First or largest of all, and not of its own.
bool claims_a_rank(const Claim& claim) {
  const auto superlatives = superlatives_in(claim.text);
  return std::any_of(superlatives.begin(), superlatives.end(),
                     [](const Superlative& superlative) { return !superlative.limited; });
}

// What one had better hear from two: a verdict, or, in the entry's own words, a rank or a measured figure.
// Amounts, counts and dates are matters of record; what is quoted is its source's word.
bool asks_for_a_second_source(const Claim& claim) {
  if (claim.is_verdict()) return true;
  if (claim.is_attributed) return false;
  if (claims_a_rank(claim)) return true;
  const auto figures = stated_figures(claim.text);
  return std::any_of(figures.begin(), figures.end(),
                     [](const Figure& figure) { return figure.is_measure && figure.currency.empty(); });
}

// What a source that speaks of itself had better not be alone with: the same, and a rank even where it is
// quoted.
bool asks_for_a_disinterested_source(const Claim& claim) {
  return asks_for_a_second_source(claim) || claims_a_rank(claim);
}

void count_sources(const Claim& claim, FlagList& flags) {
  const auto stories = stories_of(claim);
  if (stories.empty()) return;
  for (const Story& story : stories) {
    if (story.documents < 2) continue;
    flags.raise("same-story", std::to_string(story.documents) + " documents, one story: " + names_of(story));
  }
  const auto supports = [&](auto predicate) {
    return std::all_of(claim.quotes.begin(), claim.quotes.end(), [&](const CitedQuote& quote) {
      return quote.refutes || predicate(quote.passage->publisher);
    });
  };
  const bool all_interested =
      supports([](const entries::Publisher& publisher) { return publisher.is_interested(); });
  if (all_interested && asks_for_a_disinterested_source(claim))
    flags.raise("interested-source",
                names_of(stories.front()) + ": " +
                    entries::publisher_kind_name(stories.front().quotes.front()->passage->publisher.kind));
  const bool of_record = !supports([](const entries::Publisher& publisher) {
    return publisher.kind != entries::PublisherKind::regulator &&
           publisher.kind != entries::PublisherKind::paper;
  });
  // An interested source that is alone is said once.
  if (stories.size() == 1 && !of_record && !all_interested && asks_for_a_second_source(claim))
    flags.raise("single-source", names_of(stories.front()));
}

}  // namespace

void look_at_sources(const Claim& claim, FlagList& flags) {
  look_at_age(claim, flags);
  flags.raise_for("unnamed-source", phrases_in(spaced_words(claim.quoted + "\n" + claim.text),
                                               claim.style().drafting.unnamed_sources));
  if (!claim.instruction.empty()) flags.raise("instruction-in-passage", claim.instruction);
  count_sources(claim, flags);
}

}  // namespace stubkeeper::llm
