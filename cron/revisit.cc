#include "cron/revisit.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text/dates.h"
#include "entries/staleness.h"
#include "kb/entries/entry_store.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/revisit_store.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

using crawler::BudgetShare;
using crawler::ChangeModel;
using crawler::FetchPrice;
using crawler::VisitBounds;
using crawler::VisitValue;

// A daily run comes a little early at times, and finds the budget of a day again.
constexpr std::chrono::hours budget_window{23};

// The moment of a date that has a time of day; a bare day may be a day off.
std::optional<Timestamp> to_timestamp(const std::string& date) {
  if (date.find('T') == std::string::npos) return std::nullopt;
  return parse_rfc3339(date);
}

// The stored model with the fetches since then.
Result<ChangeModel> with_recent_fetches(kb::Store& store, const kb::Source& source,
                                        std::optional<ChangeModel> kept) {
  ChangeModel change_model = kept ? *std::move(kept) : ChangeModel{};
  const bool is_current = !source.checked_at || change_model.last_visit() >= source.checked_at;
  if (is_current) return change_model;
  STUBKEEPER_ASSIGN(const auto answers,
                    kb::RevisitStore{store}.successful_fetches(source.id, change_model.last_visit()));
  for (const auto& answer : answers) {
    if (rules_of(source).is_list) {
      change_model.observe_feed(answer.at, answer.documents, {});
    } else {
      change_model.observe_page(answer.at, answer.documents > 0, {});
    }
  }
  return change_model;
}

VisitValue visit_value(const kb::Source& source, const ChangeModel& change_model, double weight) {
  if (!rules_of(source).is_list) return VisitValue::of_page(change_model.rate(), weight);
  return VisitValue::of_feed(change_model.item_rate().expected(),
                             change_model.weekly_pattern().relative_rates(), weight);
}

VisitBounds visit_bounds(const SourceWeight& weight, const config::Configuration::Revisit& revisit) {
  constexpr double window_fraction = 0.9;
  auto max_interval_days = static_cast<double>(revisit.max_days);
  if (weight.has_overdue_entry)
    max_interval_days =
        std::min(max_interval_days, window_fraction * static_cast<double>(revisit.recheck_window_days));
  return {static_cast<double>(revisit.min_minutes) / (24 * 60), max_interval_days};
}

struct EntryStatus {
  bool removed = false;
  SourceWeight::EntryWeight weight;
};

Result<EntryStatus> entry_status(kb::EntryStore& entries, const kb::Entry& entry, Timestamp now) {
  EntryStatus status;
  status.weight.path = entry.path;
  status.removed = entry.state == kb::EntryState::removed;
  status.weight.stub = entry.state == kb::EntryState::stub;
  if (status.removed) return status;
  if (!status.weight.stub) {
    STUBKEEPER_ASSIGN(const auto bytes, entries.current_bytes(entry));
    const auto overdue = entries::days_overdue(entries::FrontMatter::parse(bytes), iso_date(now));
    status.weight.days_overdue = std::max<std::int64_t>(0, overdue.value_or(0));
  }
  status.weight.weight = status.weight.stub || status.weight.days_overdue > 0 ? 2 : 1;
  return status;
}

void add_entry(SourceWeight& weight, const EntryStatus& status) {
  if (status.removed) return;
  if (weight.entries.empty()) weight.weight = 0;
  weight.weight += status.weight.weight;
  weight.has_overdue_entry = weight.has_overdue_entry || status.weight.days_overdue > 0;
  weight.entries.push_back(status.weight);
}

// The weights of all sources; each entry is read once.
Result<std::map<kb::Id, SourceWeight>> load_source_weights(kb::Store& store, Timestamp now) {
  kb::EntryStore entries{store};
  std::map<kb::Id, SourceWeight> weights;
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  for (const kb::Entry& entry : all) {
    STUBKEEPER_ASSIGN(const auto sources, kb::Sources{store}.of_entry(entry.id));
    if (sources.empty()) continue;
    STUBKEEPER_ASSIGN(const auto status, entry_status(entries, entry, now));
    for (const kb::Source& source : sources) add_entry(weights[source.id], status);
  }
  return weights;
}

Result<std::map<kb::Id, ChangeModel>> load_all_change_models(kb::Store& store,
                                                             const std::vector<kb::Source>& sources) {
  STUBKEEPER_ASSIGN(const auto texts, kb::RevisitStore{store}.all());
  std::map<kb::Id, ChangeModel> change_models;
  for (const kb::Source& source : sources) {
    const auto text = texts.find(source.id);
    STUBKEEPER_ASSIGN(
        auto change_model,
        with_recent_fetches(store, source,
                            text == texts.end() ? std::nullopt : ChangeModel::from_text(text->second)));
    change_models.emplace(source.id, std::move(change_model));
  }
  return change_models;
}

Result<FetchPrice> load_price(kb::Store& store) {
  STUBKEEPER_ASSIGN(const auto kept, kb::RevisitStore{store}.price());
  if (!kept) return FetchPrice{};
  return FetchPrice{static_cast<double>(kept->price_millionths) / 1e6,
                    static_cast<double>(kept->interval_scale_thousandths) / 1e3};
}

}  // namespace

Result<ChangeModel> load_change_model(kb::Store& store, const kb::Source& source) {
  STUBKEEPER_ASSIGN(const auto text, kb::RevisitStore{store}.find(source.id));
  return with_recent_fetches(store, source, text ? ChangeModel::from_text(*text) : std::nullopt);
}

Status learn_from_response(kb::Store& store, const kb::Source& source, Timestamp now, int changed_documents,
                           const ParsedDocuments& found, const std::string& last_modified) {
  STUBKEEPER_ASSIGN(auto change_model, load_change_model(store, source));
  if (rules_of(source).is_list) {
    std::vector<Timestamp> dates;
    const auto add = [&](const std::string& published, const std::string& changed) {
      if (const auto at = to_timestamp(published.empty() ? changed : published)) dates.push_back(*at);
    };
    for (const ParsedDocument& document : found.documents)
      add(document.content.published, document.content.modified);
    for (const ParsedLink& link : found.links) add(link.link.published, link.link.listed_date);
    change_model.observe_feed(now, changed_documents, dates);
  } else {
    std::optional<Timestamp> changed_at;
    if (!found.documents.empty()) changed_at = to_timestamp(found.documents.front().content.modified);
    if (!changed_at) changed_at = to_timestamp(parse_date(last_modified));
    change_model.observe_page(now, changed_documents > 0, changed_at);
  }
  return kb::RevisitStore{store}.keep(source.id, change_model.to_text());
}

Result<SourceWeight> source_weight(kb::Store& store, const kb::Source& source, Timestamp now) {
  kb::EntryStore entries{store};
  SourceWeight weight;
  STUBKEEPER_ASSIGN(const auto ids, kb::Sources{store}.entries_of(source.id));
  for (const kb::Id id : ids) {
    STUBKEEPER_ASSIGN(const auto entry, entries.get(id));
    STUBKEEPER_ASSIGN(const auto status, entry_status(entries, entry, now));
    add_entry(weight, status);
  }
  return weight;
}

Result<PlannedVisit> plan_next_visit(kb::Store& store, const kb::Source& source, Timestamp now,
                                     const config::Configuration::Revisit& revisit) {
  if (revisit.fetches_per_day == 0) return PlannedVisit{next_visit(source, now, revisit), std::nullopt};
  STUBKEEPER_ASSIGN(const auto change_model, load_change_model(store, source));
  STUBKEEPER_ASSIGN(const auto weight, source_weight(store, source, now));
  STUBKEEPER_ASSIGN(const auto price, load_price(store));
  const VisitBounds bounds = visit_bounds(weight, revisit);
  const auto id = static_cast<std::uint64_t>(source.id);
  const auto next =
      rules_of(source).is_list
          ? crawler::next_feed_visit(weight.weight * change_model.item_rate().expected(),
                                     change_model.weekly_pattern().relative_rates(), now, bounds, price, id)
          : crawler::next_page_visit(visit_value(source, change_model, weight.weight), bounds, price, id);
  const auto wait = std::chrono::duration<double, std::ratio<86'400>>{next.days};
  return PlannedVisit{now + std::chrono::duration_cast<std::chrono::milliseconds>(wait), next.reason};
}

Result<std::optional<FetchBudget>> select_within_budget(kb::Store& store, const RefreshOptions& options,
                                                        std::vector<kb::Source>& planned, Timestamp now,
                                                        const config::Configuration& configuration) {
  const config::Configuration::Revisit& revisit = configuration.revisit;
  if (revisit.fetches_per_day == 0) return std::optional<FetchBudget>{};
  STUBKEEPER_ASSIGN(auto sources, kb::Sources{store}.list());
  std::erase_if(sources, [](const kb::Source& source) { return source.state != kb::SourceState::active; });
  STUBKEEPER_ASSIGN(const auto change_models, load_all_change_models(store, sources));
  STUBKEEPER_ASSIGN(auto weights, load_source_weights(store, now));
  std::map<kb::Id, BudgetShare> shares_by_source;
  std::vector<BudgetShare> shares;
  for (const kb::Source& source : sources) {
    const SourceWeight& weight = weights[source.id];
    const BudgetShare share{visit_value(source, change_models.at(source.id), weight.weight),
                            visit_bounds(weight, revisit)};
    shares_by_source.emplace(source.id, share);
    shares.push_back(share);
  }
  const std::int64_t per_day = revisit.fetches_per_day;
  STUBKEEPER_ASSIGN(const auto spent, kb::RevisitStore{store}.fetches_between(now - budget_window, now));
  STUBKEEPER_ASSIGN(const auto links_due, kb::LinkedAddresses{store}.due_count(now));
  const std::int64_t reserved_for_links = std::clamp<std::int64_t>(
      per_day / 2 - spent.linked_pages, 0, std::min(links_due, configuration.fetch.linked_per_run));
  const std::int64_t for_links = spent.linked_pages + reserved_for_links;
  FetchBudget budget;
  budget.price = crawler::compute_fetch_price(
      shares, static_cast<double>(std::max<std::int64_t>(per_day - for_links, 1)));

  const auto allowed =
      static_cast<std::size_t>(std::max<std::int64_t>(0, per_day - spent.of_sources - for_links));
  if (options.bypasses_fetch_budget() || planned.size() <= allowed) return std::optional{budget};
  const auto urgency = [&](const kb::Source& source) {
    const auto share = shares_by_source.find(source.id);
    if (share == shares_by_source.end()) return 0.0;
    const auto last = change_models.at(source.id).last_visit();
    if (!last) return VisitValue::never;
    return crawler::urgency(share->second.value, share->second.bounds, budget.price,
                            crawler::days_between(*last, now));
  };
  std::stable_sort(planned.begin(), planned.end(),
                   [&](const kb::Source& a, const kb::Source& b) { return urgency(a) > urgency(b); });
  budget.deferred = planned.size() - allowed;
  planned.resize(allowed);
  return std::optional{budget};
}

Result<std::optional<std::int64_t>> remaining_linked_fetches(kb::Store& store, const RefreshOptions& options,
                                                             Timestamp now,
                                                             const config::Configuration::Revisit& revisit) {
  if (revisit.fetches_per_day == 0 || options.bypasses_fetch_budget()) return std::optional<std::int64_t>{};
  STUBKEEPER_ASSIGN(const auto spent, kb::RevisitStore{store}.fetches_between(now - budget_window, now));
  return std::optional{
      std::max<std::int64_t>(0, revisit.fetches_per_day - spent.of_sources - spent.linked_pages)};
}

Status save_price(kb::Store& store, const FetchPrice& price, Timestamp now) {
  constexpr double max_value = 1e15;
  kb::RevisitStore::Price kept;
  kept.price_millionths = std::llround(std::min(price.price * 1e6, max_value));
  kept.interval_scale_thousandths = std::llround(std::min(price.max_interval_factor * 1e3, max_value));
  kept.found_at = now;
  return kb::RevisitStore{store}.save_price(kept);
}

}  // namespace stubkeeper::cron
