#include "llm/verification/stories.h"

#include <algorithm>
#include <set>

#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// Of the shorter passage's runs of three words.
constexpr double same_story_threshold = 0.6;

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
  return containment_ratio(a_is_shorter ? runs_a : runs_b, a_is_shorter ? runs_b : runs_a) >= same_story_threshold;
}

}  // namespace

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

}  // namespace stubkeeper::llm
