#include "review/anachronism.h"

#include <algorithm>

#include "llm/verification/dates.h"
#include "llm/verification/stance.h"

namespace stubkeeper::review {
namespace {

// Whether a date lies behind another one, to the precision that both have.
bool is_later(std::string_view date, std::string_view other) {
  other = other.substr(0, other.find('T'));
  const std::size_t both = std::min(date.size(), other.size());
  return date.substr(0, both) > other.substr(0, both);
}

// A year and a month, or a day: no quarter, and no day of a year that is not said.
bool is_numeric_date(std::string_view date) {
  return date.size() >= 7 && date.find_first_not_of("0123456789-") == std::string_view::npos &&
         date[0] != '-';
}

// The latest date of what a sentence tells to have been, or "".
std::string latest_mentioned_date(std::string_view sentence, std::string_view fetched) {
  const auto marks = llm::find_stance_cues(sentence);
  std::string latest;
  for (const llm::DateMention& mention : llm::find_dates(sentence)) {
    const bool is_hypothetical = std::any_of(marks.begin(), marks.end(), [&](const llm::StanceCue& mark) {
      if (mark.stance != llm::Stance::planned && mark.stance != llm::Stance::possible) return false;
      const auto begin = static_cast<std::size_t>(mark.scope.data() - sentence.data());
      return mention.begin >= begin && mention.begin < begin + mark.scope.size();
    });
    if (is_hypothetical || !is_numeric_date(mention.date) || is_later(mention.date, fetched)) continue;
    latest = std::max(latest, mention.date);
  }
  return latest;
}

}  // namespace

bool is_anachronistic(const kb::Snapshot& page, std::string_view sentence) {
  if (page.published.empty()) return false;
  const std::string mentioned = latest_mentioned_date(sentence, iso_date(page.fetched_at));
  return !mentioned.empty() && is_later(mentioned, page.published);
}

std::string explain_anachronism(const kb::Snapshot& page, std::string_view sentence,
                                         const std::optional<kb::FirstSeen>& first) {
  if (first && first->was_absent_before)
    return "the page was changed since; these words were first seen on " + iso_date(first->at);
  const std::string mentioned = latest_mentioned_date(sentence, iso_date(page.fetched_at));
  if (!page.modified.empty() && !is_later(mentioned, page.modified))
    return "the page was changed since, by its own word on " +
           page.modified.substr(0, page.modified.find('T'));
  return "published before what it tells: the page must have been changed since, unless this was a plan";
}

}  // namespace stubkeeper::review
