#include <algorithm>
#include <set>

#include "base/text/dates.h"
#include "base/text/strings.h"
#include "llm/verification/claim.h"
#include "llm/verification/figures.h"
#include "llm/verification/stance.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// Of the shorter passage's runs of three words.
constexpr double same_story_threshold = 0.6;

// Quotes of a claim that come from documents of one story: copies of a press release, or of one
// another.
struct Story {
  std::vector<const CitedQuote*> quotes;  // at least one
  std::size_t documents = 0;
};

std::set<std::string> word_trigrams(std::string_view text) {
  const auto words = lowercase_words(text);
  std::set<std::string> runs;
  for (std::size_t i = 0; i + 2 < words.size(); ++i)
    runs.insert(words[i] + " " + words[i + 1] + " " + words[i + 2]);
  return runs;
}

bool is_same_story(const CitedQuote& a, const CitedQuote& b) {
  if (a.snapshot->id == b.snapshot->id) return true;
  if (!a.snapshot->story.empty() && a.snapshot->story == b.snapshot->story) return true;
  const auto runs_a = word_trigrams(a.passage->text);
  const auto runs_b = word_trigrams(b.passage->text);
  const bool a_is_shorter = runs_a.size() <= runs_b.size();
  return containment_ratio(a_is_shorter ? runs_a : runs_b, a_is_shorter ? runs_b : runs_a) >=
         same_story_threshold;
}

// The stories that support a claim. Two documents tell one story where the task says so
// (TaskSnapshot::story), or where the quoted passages share most of their words in runs of three.
std::vector<Story> group_stories(const Claim& claim) {
  std::vector<Story> stories;
  for (const CitedQuote& quote : claim.quotes) {
    if (quote.refutes) continue;
    const auto same = std::find_if(stories.begin(), stories.end(), [&](const Story& story) {
      return std::any_of(story.quotes.begin(), story.quotes.end(),
                         [&](const CitedQuote* other) { return is_same_story(*other, quote); });
    });
    if (same == stories.end()) {
      stories.push_back({{&quote}, 0});
    } else {
      same->quotes.push_back(&quote);
    }
  }
  for (Story& story : stories) {
    std::set<std::int64_t> documents;
    for (const CitedQuote* quote : story.quotes) documents.insert(quote->snapshot->id);
    story.documents = documents.size();
  }
  return stories;
}

void check_age(const Claim& claim, FlagList& flags) {
  std::string newest;
  for (const CitedQuote& quote : claim.quotes) newest = std::max(newest, quote.passage->published);
  if (newest.empty()) {
    flags.raise("undated-source", "");
    return;
  }
  const auto age = day_difference(newest, claim.task.today);
  const std::size_t limit = claim.style().drafting.max_source_age_days;
  if (limit > 0 && age && *age > static_cast<std::int64_t>(limit))
    flags.raise("old-source", "published " + newest.substr(0, newest.find('T')));
}

std::string source_names(const Story& story) {
  std::vector<std::string> names;
  for (const CitedQuote* quote : story.quotes) {
    const std::string name = quote->passage->source_title + " (" + quote->passage->source_address + ")";
    add_once(names, name);
  }
  return join(names, ", ");
}

// The word that says first or largest of all, and not of its own: "the rank \"largest\""; or "".
std::string find_rank(const std::string& text) {
  for (const Superlative& superlative : find_superlatives(text)) {
    if (!superlative.limited) return "the rank \"" + superlative.word + "\"";
  }
  return "";
}

// The part of a claim that needs a second source: a verdict, or, in the entry's own words, a rank
// or a measured figure; "" where it says nothing of that sort. Amounts, counts and dates are
// matters of record; what is quoted is its source's word.
std::string second_source_reason(const Claim& claim) {
  if (claim.is_verdict()) return "the verdict";
  if (claim.is_attributed) return "";
  if (std::string rank = find_rank(claim.unquoted_text); !rank.empty()) return rank;
  for (const Figure& figure : find_stated_figures(claim.unquoted_text)) {
    if (figure.is_measure && figure.currency.empty()) return "the figure \"" + figure.text + "\"";
  }
  return "";
}

// The part of a claim that needs an independent source: the same, and a rank even where it is
// quoted, unless the entry says beside it whose word it is.
std::string independent_source_reason(const Claim& claim) {
  std::string asks = second_source_reason(claim);
  return asks.empty() && !has_attribution(claim.unquoted_text) ? find_rank(claim.text_without_citations)
                                                               : asks;
}

void count_sources(const Claim& claim, FlagList& flags) {
  const auto stories = group_stories(claim);
  if (stories.empty()) return;
  for (const Story& story : stories) {
    if (story.documents < 2) continue;
    flags.raise("same-story",
                std::to_string(story.documents) + " documents, one story: " + source_names(story));
  }
  const auto supports = [&](auto predicate) {
    return std::all_of(claim.quotes.begin(), claim.quotes.end(), [&](const CitedQuote& quote) {
      return quote.refutes || predicate(quote.passage->publisher);
    });
  };
  const bool all_interested =
      supports([](const entries::Publisher& publisher) { return publisher.is_interested(); });
  const std::string independent_reason = independent_source_reason(claim);
  if (all_interested && !independent_reason.empty())
    flags.raise("interested-source",
                independent_reason + ", by " + source_names(stories.front()) + ": " +
                    entries::publisher_kind_name(stories.front().quotes.front()->passage->publisher.kind));
  const bool has_record_source = !supports([](const entries::Publisher& publisher) {
    return publisher.kind != entries::PublisherKind::regulator &&
           publisher.kind != entries::PublisherKind::paper;
  });
  // An interested source that is alone is said once.
  const std::string second_reason = second_source_reason(claim);
  if (stories.size() == 1 && !has_record_source && !all_interested && !second_reason.empty())
    flags.raise("single-source", second_reason + ", by " + source_names(stories.front()));
}

}  // namespace

void check_sources(const Claim& claim, FlagList& flags) {
  check_age(claim, flags);
  flags.raise_if_any("unnamed-source", find_phrases(padded_words(claim.quoted + "\n" + claim.text),
                                                    claim.style().drafting.anonymous_source_phrases));
  if (!claim.instruction.empty()) flags.raise("instruction-in-passage", claim.instruction);
  count_sources(claim, flags);
}

}  // namespace stubkeeper::llm
