#include "cron/report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "schema/base/utf8.h"

namespace stubkeeper::cron {
namespace {

// "1 source", "2 sources", "1 entry", "2 entries".
std::string counted(std::int64_t number, const std::string& one, const std::string& many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace

int RefreshReport::changes() const {
  int sum = 0;
  for (const ProposedFor& proposal : proposals) sum += proposal.changes;
  return sum;
}

int RefreshReport::flagged() const {
  int sum = 0;
  for (const ProposedFor& proposal : proposals) sum += proposal.flagged;
  return sum;
}

std::string report_json(const RefreshReport& report) {
  nlohmann::ordered_json json;
  json["run"] = report.run_id;
  json["dry_run"] = report.dry_run;
  json["started_at"] = rfc3339(report.started_at);
  json["ended_at"] = rfc3339(report.ended_at);
  json["seconds"] = static_cast<double>((report.ended_at - report.started_at).count()) / 1000.0;
  json["drafter"] = report.drafter;
  json["sources"] = {{"planned", report.planned},
                     {"not_modified", report.not_modified},
                     {"unchanged", report.unchanged},
                     {"changed", report.changed},
                     {"left_for_later", report.left_for_later},
                     {"postponed", report.postponed},
                     {"gone", report.gone},
                     {"back", report.back},
                     {"moved", nlohmann::ordered_json::array()}};
  for (const MovedTo& move : report.moved)
    json["sources"]["moved"].push_back({{"from", move.old_address}, {"to", move.new_address}});
  json["linked"] = {{"fetched", report.linked_fetched},
                    {"failed", report.linked_failed},
                    {"refused", report.linked_refused},
                    {"waiting", report.linked_waiting}};
  json["snapshots"] = report.snapshots;
  json["new_passages"] = report.new_passages;
  json["routed"] = report.routed;
  json["proposals"] = nlohmann::ordered_json::array();
  for (const ProposedFor& proposal : report.proposals) {
    json["proposals"].push_back(
        {{"entry", proposal.entry_path}, {"changes", proposal.changes}, {"flagged", proposal.flagged}});
  }
  json["dropped_without_quote"] = report.dropped_without_quote;
  json["dropped_unsafe"] = report.dropped_unsafe;
  json["rechecked"] = report.rechecked;
  json["approved_by_policy"] = report.approved_by_policy;
  json["upkeep"] = report.upkeep;
  json["tokens"] = report.tokens;
  json["interrupted"] = report.interrupted;
  json["failures"] = nlohmann::ordered_json::array();
  for (const Failure& failure : report.failures) {
    json["failures"].push_back({{"what", failure.what}, {"reason", failure.reason}});
  }
  if (report.dry_run) json["plan"] = report.plan;
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string report_text(const RefreshReport& report) {
  std::string text;
  const auto line = [&](const std::string& label, const std::string& value) {
    text += fmt::format("{:<10} {}\n", label, value);
  };
  if (report.dry_run) {
    line("would look", "at " + counted(report.planned, "source", "sources"));
    if (report.left_for_later > 0)
      line("later",
           counted(report.left_for_later, "source is", "sources are") + " due beyond the budget of fetches");
    for (const std::string& address : report.plan) text += "  " + printable(address) + "\n";
    return text;
  }
  const int looked_at = report.planned - report.postponed;
  line(
      "sources",
      fmt::format(
          "{} looked at: {} changed, {} unchanged ({} answered 304), {} failed{}", looked_at, report.changed,
          report.unchanged + report.not_modified, report.not_modified,
          looked_at - report.changed - report.unchanged - report.not_modified,
          report.postponed > 0 ? fmt::format("; {} postponed, as their hosts asked", report.postponed) : ""));
  for (const MovedTo& move : report.moved)
    line("moved", printable(move.old_address) + "\n           to " + printable(move.new_address));
  for (const std::string& address : report.gone) line("gone", printable(address));
  for (const std::string& address : report.back) line("back again", printable(address));
  if (report.left_for_later > 0)
    line("later",
         counted(report.left_for_later, "source is", "sources are") + " due beyond the budget of fetches");
  if (report.linked_fetched + report.linked_failed + report.linked_refused + report.linked_waiting > 0) {
    line("linked",
         fmt::format("{} read, {} failed, {} wait{}", counted(report.linked_fetched, "page", "pages"),
                     report.linked_failed, report.linked_waiting,
                     report.linked_refused > 0
                         ? fmt::format("; {} refused, which a sitemap must not list", report.linked_refused)
                         : ""));
  }
  line("found", fmt::format("{}, {}", counted(report.snapshots, "new snapshot", "new snapshots"),
                            counted(report.new_passages, "new passage", "new passages")));
  const int rechecked_only = report.rechecked;
  line("proposed",
       fmt::format("{} for {}{}{}", counted(report.changes(), "change", "changes"),
                   counted(static_cast<std::int64_t>(report.proposals.size()), "entry", "entries"),
                   report.flagged() > 0 ? fmt::format(", {} flagged", report.flagged()) : "",
                   rechecked_only > 0
                       ? fmt::format("; {} as rechecked", counted(rechecked_only, "entry", "entries"))
                       : ""));
  if (report.dropped_without_quote + report.dropped_unsafe > 0) {
    line("dropped", fmt::format("{} without a found quote, {} unsafe", report.dropped_without_quote,
                                report.dropped_unsafe));
  }
  if (report.approved_by_policy > 0) line("approved", fmt::format("{} by policy", report.approved_by_policy));
  if (report.upkeep > 0)
    line("upkeep", counted(report.upkeep, "change", "changes") + " for pages that mention new entries");
  line("spent", fmt::format("{} tokens, {:.1f} s", report.tokens,
                            static_cast<double>((report.ended_at - report.started_at).count()) / 1000.0));
  if (report.interrupted) line("stopped", "before the end, as asked; the next run takes up from here");
  constexpr std::size_t most_failures_shown = 10;
  for (std::size_t i = 0; i < report.failures.size() && i < most_failures_shown; ++i) {
    const Failure& failure = report.failures[i];
    line("failed", printable(failure.what) + "\n           " + printable(failure.reason));
  }
  if (report.failures.size() > most_failures_shown) {
    line("failed", fmt::format("and {} more; `stubkeeper status --verbose` lists them",
                               report.failures.size() - most_failures_shown));
  }
  return text;
}

}  // namespace stubkeeper::cron
