#include "review/anachronism.h"

#include <algorithm>

#include "base/text/dates.h"
#include "llm/verification/stance.h"

namespace stubkeeper::review {
namespace {

// The latest date of what a sentence tells to have been, or "".
std::string latest_mentioned_date(std::string_view sentence, std::string_view fetched) {
  const auto marks = llm::find_stance_cues(sentence);
  constexpr std::size_t year_and_month = 7;  // no quarter, no day of an unknown year
  std::string latest;
  for (const DateMention& mention : find_dates(sentence)) {
    const bool is_hypothetical = std::any_of(marks.begin(), marks.end(), [&](const llm::StanceCue& mark) {
      if (mark.stance != llm::Stance::planned && mark.stance != llm::Stance::possible) return false;
      const auto begin = static_cast<std::size_t>(mark.scope.data() - sentence.data());
      return mention.begin >= begin && mention.begin < begin + mark.scope.size();
    });
    if (is_hypothetical || iso_date_prefix(mention.date).size() < year_and_month ||
        is_later_date(mention.date, fetched))
      continue;
    latest = std::max(latest, mention.date);
  }
  return latest;
}

}  // namespace

bool is_anachronistic(const kb::Snapshot& page, std::string_view sentence) {
  if (page.published.empty()) return false;
  const std::string mentioned = latest_mentioned_date(sentence, iso_date(page.fetched_at));
  return !mentioned.empty() && is_later_date(mentioned, page.published);
}

std::string explain_anachronism(const kb::Snapshot& page, std::string_view sentence,
                                const std::optional<kb::FirstSeen>& first) {
  if (first && first->was_absent_before)
    return "the page was changed since; these words were first seen on " + iso_date(first->at);
  const std::string mentioned = latest_mentioned_date(sentence, iso_date(page.fetched_at));
  if (!page.modified.empty() && !is_later_date(mentioned, page.modified))
    return "the page was changed since, by its own word on " +
           page.modified.substr(0, page.modified.find('T'));
  return "published before what it tells: the page must have been changed since, unless this was a plan";
}

}  // namespace stubkeeper::review
