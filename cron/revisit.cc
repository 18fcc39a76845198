#include "cron/revisit.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "crawler/dates.h"
#include "cron/plan.h"
#include "entries/staleness.h"
#include "kb/entries/entry_store.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/source_habits.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

using crawler::BudgetShare;
using crawler::FetchPrice;
using crawler::Habit;
using crawler::VisitBounds;
using crawler::VisitValue;

bool is_feed(const kb::Source& source) {
  return source.kind == kb::SourceKind::feed || source.kind == kb::SourceKind::sitemap;
}

// The moment of a date that has a time of day; a bare day may be a day off.
std::optional<Timestamp> moment(const std::string& date) {
  if (date.find('T') == std::string::npos) return std::nullopt;
  return parse_rfc3339(date);
}

// What was kept, and what the fetches since then teach.
Result<Habit> caught_up(kb::Store& store, const kb::Source& source, std::optional<Habit> kept) {
  Habit habit = kept ? *std::move(kept) : Habit{};
  const bool nothing_since = !source.checked_at || habit.last_visit() >= source.checked_at;
  if (nothing_since) return habit;
  STUBKEEPER_ASSIGN(const auto answers, kb::SourceHabits{store}.answers_of(source.id, habit.last_visit()));
  for (const auto& answer : answers) {
    if (is_feed(source)) {
      habit.saw_feed(answer.at, answer.documents, {});
    } else {
      habit.saw_page(answer.at, answer.documents > 0, {});
    }
  }
  return habit;
}

VisitValue value_of(const kb::Source& source, const Habit& habit, double weight) {
  if (!is_feed(source)) return VisitValue::of_page(habit.rate(), weight);
  return VisitValue::of_feed(habit.item_rate().expected(), habit.rhythm().relative_rates(), weight);
}

VisitBounds bounds_of(const SourceWeight& weight, const config::Configuration::Revisit& revisit) {
  constexpr double part_of_the_window = 0.9;
  auto longest = static_cast<double>(revisit.longest_days);
  if (weight.awaited)
    longest = std::min(longest, part_of_the_window * static_cast<double>(revisit.recheck_window_days));
  return {static_cast<double>(revisit.least_minutes) / (24 * 60), longest};
}

struct EntryStanding {
  bool removed = false;
  SourceWeight::OfEntry weight;
};

Result<EntryStanding> standing_of(kb::EntryStore& entries, const kb::Entry& entry, Timestamp now) {
  EntryStanding standing;
  standing.weight.path = entry.path;
  standing.removed = entry.state == kb::EntryState::removed;
  standing.weight.stub = entry.state == kb::EntryState::stub;
  if (standing.removed) return standing;
  if (!standing.weight.stub) {
    STUBKEEPER_ASSIGN(const auto bytes, entries.current_bytes(entry));
    const auto overdue = entries::days_overdue(entries::FrontMatter::parse(bytes), iso_date(now));
    standing.weight.days_overdue = std::max<std::int64_t>(0, overdue.value_or(0));
  }
  standing.weight.weight = standing.weight.stub || standing.weight.days_overdue > 0 ? 2 : 1;
  return standing;
}

void add_entry(SourceWeight& weight, const EntryStanding& standing) {
  if (standing.removed) return;
  if (weight.entries.empty()) weight.weight = 0;
  weight.weight += standing.weight.weight;
  weight.awaited = weight.awaited || standing.weight.days_overdue > 0;
  weight.entries.push_back(standing.weight);
}

// The weights of all sources; each entry is read once.
Result<std::map<kb::Id, SourceWeight>> all_weights(kb::Store& store, Timestamp now) {
  kb::EntryStore entries{store};
  std::map<kb::Id, SourceWeight> weights;
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  for (const kb::Entry& entry : all) {
    STUBKEEPER_ASSIGN(const auto sources, kb::Sources{store}.of_entry(entry.id));
    if (sources.empty()) continue;
    STUBKEEPER_ASSIGN(const auto standing, standing_of(entries, entry, now));
    for (const kb::Source& source : sources) add_entry(weights[source.id], standing);
  }
  return weights;
}

Result<std::map<kb::Id, Habit>> all_habits(kb::Store& store, const std::vector<kb::Source>& sources) {
  STUBKEEPER_ASSIGN(const auto texts, kb::SourceHabits{store}.all());
  std::map<kb::Id, Habit> habits;
  for (const kb::Source& source : sources) {
    const auto text = texts.find(source.id);
    STUBKEEPER_ASSIGN(
        auto habit,
        caught_up(store, source, text == texts.end() ? std::nullopt : Habit::from_text(text->second)));
    habits.emplace(source.id, std::move(habit));
  }
  return habits;
}

Result<FetchPrice> kept_price(kb::Store& store) {
  STUBKEEPER_ASSIGN(const auto kept, kb::SourceHabits{store}.price());
  if (!kept) return FetchPrice{};
  return FetchPrice{static_cast<double>(kept->price_millionths) / 1e6,
                    static_cast<double>(kept->stretch_thousandths) / 1e3};
}

}  // namespace

Result<Habit> habit_of(kb::Store& store, const kb::Source& source) {
  STUBKEEPER_ASSIGN(const auto text, kb::SourceHabits{store}.find(source.id));
  return caught_up(store, source, text ? Habit::from_text(*text) : std::nullopt);
}

Status learn_from_answer(kb::Store& store, const kb::Source& source, Timestamp now, int changed_documents,
                         const FoundDocuments& found, const std::string& last_modified) {
  STUBKEEPER_ASSIGN(auto habit, habit_of(store, source));
  if (is_feed(source)) {
    std::vector<Timestamp> dates;
    const auto add = [&](const std::string& published, const std::string& changed) {
      if (const auto at = moment(published.empty() ? changed : published)) dates.push_back(*at);
    };
    for (const FoundDocument& document : found.documents)
      add(document.content.published, document.content.modified);
    for (const FoundLink& link : found.links) add(link.link.published, link.link.listed_date);
    habit.saw_feed(now, changed_documents, dates);
  } else {
    std::optional<Timestamp> changed_at;
    if (!found.documents.empty()) changed_at = moment(found.documents.front().content.modified);
    if (!changed_at) changed_at = moment(crawler::parse_date(last_modified));
    habit.saw_page(now, changed_documents > 0, changed_at);
  }
  return kb::SourceHabits{store}.keep(source.id, habit.to_text());
}

Result<SourceWeight> weight_of(kb::Store& store, const kb::Source& source, Timestamp now) {
  kb::EntryStore entries{store};
  SourceWeight weight;
  STUBKEEPER_ASSIGN(const auto ids, kb::Sources{store}.entries_of(source.id));
  for (const kb::Id id : ids) {
    STUBKEEPER_ASSIGN(const auto entry, entries.get(id));
    STUBKEEPER_ASSIGN(const auto standing, standing_of(entries, entry, now));
    add_entry(weight, standing);
  }
  return weight;
}

Result<PlannedVisit> plan_next_visit(kb::Store& store, const kb::Source& source, Timestamp now,
                                     const config::Configuration::Revisit& revisit) {
  if (revisit.fetches_per_day == 0) return PlannedVisit{next_visit(source, now, revisit), std::nullopt};
  STUBKEEPER_ASSIGN(const auto habit, habit_of(store, source));
  STUBKEEPER_ASSIGN(const auto weight, weight_of(store, source, now));
  STUBKEEPER_ASSIGN(const auto price, kept_price(store));
  const VisitBounds bounds = bounds_of(weight, revisit);
  const auto id = static_cast<std::uint64_t>(source.id);
  const auto next = is_feed(source)
                        ? crawler::next_feed_visit(weight.weight * habit.item_rate().expected(),
                                                   habit.rhythm().relative_rates(), now, bounds, price, id)
                        : crawler::next_page_visit(value_of(source, habit, weight.weight), bounds, price, id);
  const auto wait = std::chrono::duration<double, std::ratio<86'400>>{next.days};
  return PlannedVisit{now + std::chrono::duration_cast<std::chrono::milliseconds>(wait), next.reason};
}

Result<std::optional<RunBudget>> keep_within_budget(kb::Store& store, const RefreshOptions& options,
                                                    std::vector<kb::Source>& planned, Timestamp now,
                                                    const config::Configuration& configuration) {
  const config::Configuration::Revisit& revisit = configuration.revisit;
  if (revisit.fetches_per_day == 0) return std::optional<RunBudget>{};
  STUBKEEPER_ASSIGN(auto sources, kb::Sources{store}.list());
  std::erase_if(sources, [](const kb::Source& source) { return source.state != kb::SourceState::active; });
  STUBKEEPER_ASSIGN(const auto habits, all_habits(store, sources));
  STUBKEEPER_ASSIGN(auto weights, all_weights(store, now));
  std::map<kb::Id, BudgetShare> share_of;
  std::vector<BudgetShare> shares;
  for (const kb::Source& source : sources) {
    const SourceWeight& weight = weights[source.id];
    const BudgetShare share{value_of(source, habits.at(source.id), weight.weight),
                            bounds_of(weight, revisit)};
    share_of.emplace(source.id, share);
    shares.push_back(share);
  }
  const std::int64_t per_day = revisit.fetches_per_day;
  STUBKEEPER_ASSIGN(const auto spent, kb::SourceHabits{store}.fetches_after(now - std::chrono::hours{24}));
  STUBKEEPER_ASSIGN(const auto links_due, kb::LinkedAddresses{store}.due_count(now));
  const std::int64_t kept_for_links = std::clamp<std::int64_t>(
      per_day / 2 - spent.of_linked_pages, 0, std::min(links_due, configuration.fetch.linked_per_run));
  const std::int64_t for_links = spent.of_linked_pages + kept_for_links;
  RunBudget budget;
  budget.price =
      crawler::fetch_price(shares, static_cast<double>(std::max<std::int64_t>(per_day - for_links, 1)));

  const auto allowed =
      static_cast<std::size_t>(std::max<std::int64_t>(0, per_day - spent.of_sources - for_links));
  if (options.names_sources() || planned.size() <= allowed) return std::optional{budget};
  const auto urgency = [&](const kb::Source& source) {
    const auto share = share_of.find(source.id);
    if (share == share_of.end()) return 0.0;
    const auto last = habits.at(source.id).last_visit();
    if (!last) return VisitValue::never;
    return crawler::urgency(share->second.value, share->second.bounds, budget.price,
                            crawler::days_between(*last, now));
  };
  std::stable_sort(planned.begin(), planned.end(),
                   [&](const kb::Source& a, const kb::Source& b) { return urgency(a) > urgency(b); });
  budget.left_for_later = planned.size() - allowed;
  planned.resize(allowed);
  return std::optional{budget};
}

Result<std::optional<std::int64_t>> linked_fetches_left(kb::Store& store, const RefreshOptions& options,
                                                        Timestamp now,
                                                        const config::Configuration::Revisit& revisit) {
  if (revisit.fetches_per_day == 0 || options.names_sources()) return std::optional<std::int64_t>{};
  STUBKEEPER_ASSIGN(const auto spent, kb::SourceHabits{store}.fetches_after(now - std::chrono::hours{24}));
  return std::optional{
      std::max<std::int64_t>(0, revisit.fetches_per_day - spent.of_sources - spent.of_linked_pages)};
}

Status keep_price(kb::Store& store, const FetchPrice& price, Timestamp now) {
  constexpr double most = 1e15;
  kb::SourceHabits::Price kept;
  kept.price_millionths = std::llround(std::min(price.price * 1e6, most));
  kept.stretch_thousandths = std::llround(std::min(price.longest_stretch * 1e3, most));
  kept.found_at = now;
  return kb::SourceHabits{store}.keep_price(kept);
}

}  // namespace stubkeeper::cron
