#include "base/text/strings.h"
#include "cli/source_view.h"

#include <fmt/format.h>

#include <array>

#include "crawler/url.h"
#include "cron/kinds/source_kind.h"
#include "cron/revisit.h"
#include "cron/source_lifecycle.h"
#include "kb/entries/entry_store.h"
#include "kb/sources/host_tables.h"
#include "kb/sources/source_lifecycle.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cli {
namespace {

using Json = nlohmann::ordered_json;
using crawler::ChangeModel;
using crawler::VisitReason;

// "4 hours", "9 days", "3 years": one or two digits.
std::string format_days(double days) {
  if (days < 1.0 / 24) return fmt::format("{:.0f} minutes", std::max(1.0, days * 24 * 60));
  if (days < 2) return fmt::format("{:.0f} hours", days * 24);
  if (days < 100) return fmt::format("{:.0f} days", days);
  if (days < 730) return fmt::format("{:.0f} months", days / 30.4);
  return fmt::format("{:.0f} years", days / 365);
}

// The bounds that the true interval is within, with a probability of 80 percent.
struct Interval {
  double likely, minimum, maximum;
};
Interval change_interval(const ChangeModel& change_model) {
  const crawler::ChangeRate& rate = change_model.rate();
  return {1 / rate.median(), 1 / rate.quantile(0.9), 1 / rate.quantile(0.1)};
}

std::string describe_history(const kb::Source& source, const ChangeModel& change_model) {
  if (change_model.visits() == 0) return "nothing yet; it has not answered";
  const double days = crawler::days_between(*change_model.first_visit(), *change_model.last_visit());
  std::string seen = pluralize(change_model.visits(), "look");
  if (days > 0) seen += " over " + format_days(days);
  if (cron::rules_of(source).is_list) {
    const double rate = change_model.item_rate().long_run_rate();
    return fmt::format("{} found {} new or changed: about {}", seen,
                       pluralize(change_model.items(), "item"),
                       rate >= 1 ? fmt::format("{:.1f} a day", rate) : "one every " + format_days(1 / rate));
  }
  const Interval interval = change_interval(change_model);
  return fmt::format("{} saw {}: about one every {} (probably {} to {})", seen,
                     pluralize(change_model.changes(), "change"), format_days(interval.likely),
                     format_days(interval.minimum), format_days(interval.maximum));
}

std::string describe_entry_weight(const cron::SourceWeight::EntryWeight& entry) {
  if (entry.stub) return ", a stub";
  if (entry.days_overdue > 0)
    return ", past its review date by " + pluralize(entry.days_overdue, "day");
  return "";
}

std::string format_weight(const cron::SourceWeight& weight) {
  if (weight.entries.empty()) return "1: no entry leans on it, it is read for those that it names";
  std::string words = fmt::format("{:.0f}: ", weight.weight);
  constexpr std::size_t maximum = 5;
  for (std::size_t i = 0; i < weight.entries.size() && i < maximum; ++i) {
    const auto& entry = weight.entries[i];
    words += fmt::format("{}{} ({:.0f}{})", i == 0 ? "" : ", ", entry.path, entry.weight,
                         describe_entry_weight(entry));
  }
  if (weight.entries.size() > maximum) words += fmt::format(" and {} more", weight.entries.size() - maximum);
  return words;
}

struct Reason {
  std::string id;
  std::string words;
};

Reason revisit_reason(const kb::Source& source, const std::optional<cron::PlannedVisit>& planned,
                      const config::Configuration::Revisit& revisit) {
  if (source.state != kb::SourceState::active)
    return {"not_active", fmt::format("it is {}", kb::source_state_name(source.state))};
  if (!source.checked_at) return {"new", "it has not been looked at yet"};
  if (source.failures > 0) return {"failing", "the last look failed"};
  if (planned && source.due_at > planned->at + std::chrono::minutes{1})
    return {"asked_for", "the server or the feed asked not to be looked at earlier"};
  if (!planned || !planned->reason) {
    const cron::VisitInterval& interval = cron::rules_of(source).interval;
    return {"fixed_interval",
            fmt::format("{} is {}, and no budget of fetches is set", interval.key, revisit.*interval.minutes)};
  }
  switch (*planned->reason) {
    case VisitReason::worth_its_price:
      return {"worth_its_price", "by then a look is worth the price of a fetch"};
    case VisitReason::after_usual_hour:
      return {"after_usual_hour", "by then, after its usual hours, a look is worth the price of a fetch"};
    case VisitReason::min_interval:
      return {"least" "_interval", "it would be worth it earlier, but no source is looked at more often"};
    case VisitReason::max_interval:
      return {"longest_interval",
              "a look is not worth the price of a fetch, but no source is left for longer"};
  }
  return {"fixed_interval", ""};
}

constexpr std::array weekdays{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

std::vector<int> set_bits(std::uint32_t mask, int count) {
  std::vector<int> bits;
  for (int bit = 0; bit < count; ++bit) {
    if ((mask >> bit & 1U) != 0) bits.push_back(bit);
  }
  return bits;
}

std::string hints_text(const kb::VisitHints& hints) {
  std::vector<std::string> parts;
  if (hints.min_minutes > 0) parts.push_back(fmt::format("at most every {} minutes", hints.min_minutes));
  if (hints.skipped_hours != 0)
    parts.push_back(
        fmt::format("not in the hours {} (GMT)", fmt::join(set_bits(hints.skipped_hours, 24), ", ")));
  if (hints.skipped_days != 0) {
    std::vector<std::string> days;
    for (const int day : set_bits(hints.skipped_days, 7))
      days.emplace_back(weekdays.at(static_cast<std::size_t>(day)));
    parts.push_back(fmt::format("not on {}", fmt::join(days, ", ")));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

// A copy of about the last time that the source answered well.
std::string archived_copy_url(const kb::Source& source) {
  return kb::archived_copy_address(source.address, source.failing_since.value_or(source.added_at));
}

}  // namespace

Result<SourceView> revisit_view(kb::Store& store, const kb::Source& source, Timestamp now,
                                const config::Configuration::Revisit& revisit) {
  STUBKEEPER_ASSIGN(const auto change_model, cron::load_change_model(store, source));
  STUBKEEPER_ASSIGN(const auto weight, cron::source_weight(store, source, now));
  std::optional<cron::PlannedVisit> planned;
  if (change_model.last_visit()) {
    STUBKEEPER_ASSIGN(planned, cron::plan_next_visit(store, source, *change_model.last_visit(), revisit));
  }
  const Reason reason = revisit_reason(source, planned, revisit);

  SourceView view;
  view.lines = {{"learned", describe_history(source, change_model)},
                {"weight", format_weight(weight)},
                {"next look", fmt::format("{}: {}", source.due_at <= now ? "due now" : rfc3339(source.due_at),
                                          reason.words)}};
  view.json = {{"looks", change_model.visits()}, {"changes", change_model.changes()}};
  if (cron::rules_of(source).is_list) {
    view.json["items"] = change_model.items();
    view.json["items_a_day"] = change_model.item_rate().long_run_rate();
  } else {
    const Interval interval = change_interval(change_model);
    view.json["days_between_changes"] = {
        {"likely", interval.likely}, {"least", interval.minimum}, {"most", interval.maximum}};
  }
  view.json["weight"] = weight.weight;
  view.json["weight_of"] = Json::array();
  for (const auto& entry : weight.entries) {
    view.json["weight_of"].push_back({{"entry", entry.path},
                                      {"weight", entry.weight},
                                      {"stub", entry.stub},
                                      {"days_overdue", entry.days_overdue}});
  }
  view.json["next_look"] = rfc3339(source.due_at);
  view.json["reason"] = reason.id;
  return view;
}

Result<SourceView> source_lifecycle_view(kb::Store& store, const kb::Source& source, Timestamp now) {
  SourceView view;
  const auto line = [&](const std::string& label, const std::string& value) {
    view.lines.emplace_back(label, value);
  };
  kb::SourceLifecycle lifecycle{store};
  const bool is_gone = source.state == kb::SourceState::gone;
  const bool may_be_gone = is_gone || source.absences > 0;

  view.json["gone_at"] = is_gone && source.gone_at ? Json(rfc3339(*source.gone_at)) : Json(nullptr);
  view.json["absences"] = source.absences;
  view.json["archived_copy"] = may_be_gone ? Json(archived_copy_url(source)) : Json(nullptr);
  if (is_gone && source.gone_at) {
    line("gone", fmt::format("since {}; looked at again every {} days", iso_date(*source.gone_at),
                             cron::gone_source_revisit_interval.count()));
  } else if (may_be_gone) {
    line("absent",
         fmt::format("missing or out of reach {} of {} times, {} days or more apart; then it is called gone",
                     source.absences, cron::max_absences, cron::min_time_between_absences.count()));
  }
  if (may_be_gone) line("archived", archived_copy_url(source));

  STUBKEEPER_ASSIGN(const auto redirects, lifecycle.list_redirects(source.id));
  view.json["moving_to"] = nullptr;
  if (!redirects.empty()) {
    view.json["moving_to"] = {{"address", redirects.back().target}, {"days_seen", redirects.size()}};
    line("moving", fmt::format("to {}, seen on {} of {} days; then that becomes its address",
                               redirects.back().target, redirects.size(), cron::redirect_days_until_moved));
  }
  STUBKEEPER_ASSIGN(const auto moves, lifecycle.list_moves(source.id));
  view.json["moved_from"] = Json::array();
  for (const kb::SourceMove& move : moves) {
    view.json["moved_from"].push_back({{"address", move.old_address}, {"moved_at", rfc3339(move.moved_at)}});
    line("moved", fmt::format("on {} from {}", iso_date(move.moved_at), move.old_address));
  }

  // The key, like "least" "_interval", is that of 0.1.0: docs/json.md.
  view.json["asks"] = {{"least" "_minutes", source.hints.min_minutes},
                       {"skipped_hours", set_bits(source.hints.skipped_hours, 24)},
                       {"skipped_days", set_bits(source.hints.skipped_days, 7)}};
  if (const std::string asks = hints_text(source.hints); !asks.empty()) line("asks", asks);

  view.json["host_pause"] = nullptr;
  if (const auto url = crawler::parse_url(source.address)) {
    STUBKEEPER_ASSIGN(const auto pause, kb::HostPauseTable{store}.find(url->host_and_port()));
    if (pause && pause->until > now) {
      view.json["host_pause"] = {{"until", rfc3339(pause->until)}, {"reason", pause->reason}};
      line("host",
           fmt::format("{} and asked to be left alone until {}", pause->reason, rfc3339(pause->until)));
    }
  }
  return view;
}

Result<std::vector<GoneSource>> gone_sources(kb::Store& store) {
  std::vector<GoneSource> gone;
  kb::Sources sources{store};
  kb::EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto all, sources.list());
  for (const kb::Source& source : all) {
    if (source.state != kb::SourceState::gone) continue;
    GoneSource found{source, {}, archived_copy_url(source)};
    STUBKEEPER_ASSIGN(const auto dependent_ids, sources.entries_of(source.id));
    for (const kb::Id id : dependent_ids) {
      STUBKEEPER_ASSIGN(const auto entry, entries.get(id));
      if (entry.state != kb::EntryState::removed) found.entries.push_back(entry.path);
    }
    gone.push_back(std::move(found));
  }
  return gone;
}

}  // namespace stubkeeper::cli
