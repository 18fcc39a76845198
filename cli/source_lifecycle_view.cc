#include "cli/source_lifecycle_view.h"

#include <fmt/format.h>

#include <array>

#include "crawler/url.h"
#include "cron/source_lifecycle.h"
#include "kb/entries/entry_store.h"
#include "kb/sources/host_tables.h"
#include "kb/sources/source_lifecycle.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cli {
namespace {

using Json = nlohmann::ordered_json;

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

// The copy is looked for around the last time that the source was as it should be.
std::string archived_copy_url(const kb::Source& source) {
  return kb::archived_copy_address(source.address, source.failing_since.value_or(source.added_at));
}

}  // namespace

Result<SourceLifecycleView> source_lifecycle_view(kb::Store& store, const kb::Source& source, Timestamp now) {
  SourceLifecycleView view;
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

  view.json["asks"] = {{"least_minutes", source.hints.min_minutes},
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
