#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/revisit/change_rate.h"
#include "crawler/revisit/item_rate.h"
#include "crawler/revisit/weekly_pattern.h"

namespace stubkeeper::crawler {

// What visits have taught about one source: all that is kept of them, of constant size however many there
// were. Visits are told in the order of their times; one that is not after the last one teaches nothing. Only
// answers are visits: a source that could not be reached may have changed or not.
class ChangeModel {
 public:
  // A page (or PDF, file) was looked at. `changed`: since the last visit; of the first one it says nothing.
  // `changed_at`: when the document says it last changed. A date within an hour of the visit is taken for the
  // server's clock, and one that is not between the two visits for wrong; then it counts only that it
  // changed.
  void observe_page(Timestamp now, bool changed, std::optional<Timestamp> changed_at);
  // A feed or sitemap was looked at: `count` items were new or changed, of which `dated` have a date. At the
  // first visit the dates alone teach.
  void observe_feed(Timestamp now, int count, std::span<const Timestamp> item_dates);

  int visits() const { return visits_; }
  // Visits that saw a change (the first one sees none); for a feed the items that they saw.
  int changes() const { return changes_; }
  std::int64_t items() const { return items_; }
  std::optional<Timestamp> first_visit() const { return first_visit_; }
  std::optional<Timestamp> last_visit() const { return last_visit_; }
  // Of a page; of a feed.
  const ChangeRate& rate() const { return rate_; }
  const ItemRate& item_rate() const { return item_rate_; }
  const WeeklyPattern& weekly_pattern() const { return weekly_pattern_; }

  // As one JSON object, to be stored, and back. Nothing for what is no such text, or has another version: the
  // habit is then learned again.
  std::string to_text() const;
  static std::optional<ChangeModel> from_text(std::string_view text);

 private:
  // The days since the last visit; nothing at the first, or where time has not passed.
  std::optional<double> begin_visit(Timestamp now);
  void learn_initial_items(Timestamp now, std::vector<Timestamp> dates);
  void learn_items(Timestamp now, double days, std::span<const Timestamp> dates, int undated);

  int visits_ = 0;
  int changes_ = 0;
  std::int64_t items_ = 0;
  std::optional<Timestamp> first_visit_;
  std::optional<Timestamp> last_visit_;
  ChangeRate rate_;
  ItemRate item_rate_;
  WeeklyPattern weekly_pattern_;
};

// A stretch of time in days.
double days_between(Timestamp from, Timestamp to);

}  // namespace stubkeeper::crawler
