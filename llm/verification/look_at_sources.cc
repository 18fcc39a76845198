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
    flags.raise("old-source", "published " + newest.substr(0, newest.find('T')));
}

std::string names_of(const Story& story) {
  std::vector<std::string> names;
  for (const CitedQuote* quote : story.quotes) {
    const std::string name = quote->passage->source_title + " (" + quote->passage->source_address + ")";
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return listed(names);
}

// The word that says first or largest of all, and not of its own: "the rank \"largest\""; or "".
std::string rank_in(const std::string& text) {
  for (const Superlative& superlative : superlatives_in(text)) {
    if (!superlative.limited) return "the rank \"" + superlative.word + "\"";
  }
  return "";
}

// What one had better hear from two, in words: a verdict, or, in the entry's own words, a rank or a measured
// figure; "" where it says nothing of that sort. Amounts, counts and dates are matters of record; what is
// quoted is its source's word.
std::string asks_for_a_second_source(const Claim& claim) {
  if (claim.is_verdict()) return "the verdict";
  if (claim.is_attributed) return "";
  if (std::string rank = rank_in(claim.own_words); !rank.empty()) return rank;
  for (const Figure& figure : stated_figures(claim.own_words)) {
    if (figure.is_measure && figure.currency.empty()) return "the figure \"" + figure.text + "\"";
  }
  return "";
}

// What a source that speaks of itself had better not be alone with: the same, and a rank even where it is
// quoted, unless the entry says beside it whose word it is.
std::string asks_for_a_disinterested_source(const Claim& claim) {
  std::string asks = asks_for_a_second_source(claim);
  return asks.empty() && !has_attribution(claim.own_words) ? rank_in(claim.said) : asks;
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
  const std::string of_others = asks_for_a_disinterested_source(claim);
  if (all_interested && !of_others.empty())
    flags.raise("interested-source",
                of_others + ", by " + names_of(stories.front()) + ": " +
                    entries::publisher_kind_name(stories.front().quotes.front()->passage->publisher.kind));
  const bool of_record = !supports([](const entries::Publisher& publisher) {
    return publisher.kind != entries::PublisherKind::regulator &&
           publisher.kind != entries::PublisherKind::paper;
  });
  // An interested source that is alone is said once.
  const std::string of_two = asks_for_a_second_source(claim);
  if (stories.size() == 1 && !of_record && !all_interested && !of_two.empty())
    flags.raise("single-source", of_two + ", by " + names_of(stories.front()));
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
