#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/revisit/change_rate.h"
#include "crawler/revisit/weekly_pattern.h"

namespace stubkeeper::crawler {

// The change history of one source, learned from visits, of constant size. Visits come in the order
// of their times; one that is not after the last one is ignored. Only responses are visits: a
// source that could not be reached may have changed or not.
class ChangeModel {
 public:
  // A visit to a page (or PDF, file). `changed` is since the last visit; at the first it is
  // ignored. `changed_at` is the document's own date of its last change. A date within an hour of
  // the visit is taken for the server's clock, and one that is not between the two visits for
  // wrong; then only `changed` counts.
  void observe_page(Timestamp now, bool changed, std::optional<Timestamp> changed_at);
  // A visit to a feed or sitemap: `count` items were new or changed, of which some have dates. At
  // the first visit only the dates count.
  void observe_feed(Timestamp now, int count, std::span<const Timestamp> item_dates);

  int visits() const { return visits_; }
  // Visits that saw a change, which the first cannot; for a feed, visits with items.
  int changes() const { return changes_; }
  std::int64_t items() const { return items_; }
  std::optional<Timestamp> first_visit() const { return first_visit_; }
  std::optional<Timestamp> last_visit() const { return last_visit_; }
  // Of a page; of a feed.
  const ChangeRate& rate() const { return rate_; }
  const ItemRate& item_rate() const { return item_rate_; }
  const WeeklyPattern& weekly_pattern() const { return weekly_pattern_; }

  // As a JSON object, to be stored, and back. Nothing for other texts and other versions: the model
  // is then learned again.
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
