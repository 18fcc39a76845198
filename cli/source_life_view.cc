#include "cli/source_life_view.h"

#include <fmt/format.h>

#include <array>

#include "crawler/url.h"
#include "cron/source_life.h"
#include "kb/entries/entry_store.h"
#include "kb/sources/host_pause_table.h"
#include "kb/sources/source_life.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array weekdays{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

std::vector<int> bits_of(std::uint32_t mask, int count) {
  std::vector<int> bits;
  for (int bit = 0; bit < count; ++bit) {
    if ((mask >> bit & 1U) != 0) bits.push_back(bit);
  }
  return bits;
}

std::string hints_text(const kb::VisitHints& hints) {
  std::vector<std::string> parts;
  if (hints.least_minutes > 0) parts.push_back(fmt::format("at most every {} minutes", hints.least_minutes));
  if (hints.skipped_hours != 0)
    parts.push_back(
        fmt::format("not in the hours {} (GMT)", fmt::join(bits_of(hints.skipped_hours, 24), ", ")));
  if (hints.skipped_days != 0) {
    std::vector<std::string> days;
    for (const int day : bits_of(hints.skipped_days, 7))
      days.emplace_back(weekdays.at(static_cast<std::size_t>(day)));
    parts.push_back(fmt::format("not on {}", fmt::join(days, ", ")));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

// The copy is looked for around the last time that the source was as it should be.
std::string archived_copy_of(const kb::Source& source) {
  return kb::archived_copy_address(source.address, source.failing_since.value_or(source.added_at));
}

}  // namespace

Result<SourceLifeView> source_life_view(kb::Store& store, const kb::Source& source, Timestamp now) {
  SourceLifeView view;
  const auto line = [&](const std::string& label, const std::string& value) {
    view.lines.emplace_back(label, value);
  };
  kb::SourceLife life{store};
  const bool is_gone = source.state == kb::SourceState::gone;
  const bool may_be_gone = is_gone || source.absences > 0;

  view.json["gone_at"] = is_gone && source.gone_at ? Json(rfc3339(*source.gone_at)) : Json(nullptr);
  view.json["absences"] = source.absences;
  view.json["archived_copy"] = may_be_gone ? Json(archived_copy_of(source)) : Json(nullptr);
  if (is_gone && source.gone_at) {
    line("gone", fmt::format("since {}; looked at again every {} days", iso_date(*source.gone_at),
                             cron::time_between_looks_at_gone.count()));
  } else if (may_be_gone) {
    line("absent",
         fmt::format("missing or out of reach {} of {} times, {} days or more apart; then it is called gone",
                     source.absences, cron::absences_until_gone, cron::time_between_absences.count()));
  }
  if (may_be_gone) line("archived", archived_copy_of(source));

  STUBKEEPER_ASSIGN(const auto sightings, life.redirects_seen(source.id));
  view.json["moving_to"] = nullptr;
  if (!sightings.empty()) {
    view.json["moving_to"] = {{"address", sightings.back().target}, {"days_seen", sightings.size()}};
    line("moving", fmt::format("to {}, seen on {} of {} days; then that becomes its address",
                               sightings.back().target, sightings.size(), cron::sightings_until_moved));
  }
  STUBKEEPER_ASSIGN(const auto moves, life.moves_to(source.id));
  view.json["moved_from"] = Json::array();
  for (const kb::SourceMove& move : moves) {
    view.json["moved_from"].push_back({{"address", move.old_address}, {"moved_at", rfc3339(move.moved_at)}});
    line("moved", fmt::format("on {} from {}", iso_date(move.moved_at), move.old_address));
  }

  view.json["asks"] = {{"least_minutes", source.hints.least_minutes},
                       {"skipped_hours", bits_of(source.hints.skipped_hours, 24)},
                       {"skipped_days", bits_of(source.hints.skipped_days, 7)}};
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
    GoneSource found{source, {}, archived_copy_of(source)};
    STUBKEEPER_ASSIGN(const auto leaning, sources.entries_of(source.id));
    for (const kb::Id id : leaning) {
      STUBKEEPER_ASSIGN(const auto entry, entries.get(id));
      if (entry.state != kb::EntryState::removed) found.entries.push_back(entry.path);
    }
    gone.push_back(std::move(found));
  }
  return gone;
}

}  // namespace stubkeeper::cli
