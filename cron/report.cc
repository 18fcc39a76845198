#include "cron/report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "llm/prices/price_table.h"

namespace stubkeeper::cron {
namespace {

template <typename T>
nlohmann::ordered_json or_null(const std::optional<T>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json model_json(const ModelReport& model) {
  if (!model.configured) return nullptr;
  return {{"calls", model.calls},
          {"failed_calls", model.failed_calls},
          {"calls_without_price", model.calls_without_price},
          {"lost_calls", model.lost_calls},
          {"saved_by_cache_micro_usd", model.saved_by_cache_micro_usd},
          {"not_asked",
           {{"requests", model.reused_answers},
            {"tokens", model.reused_answer_tokens},
            {"micro_usd", model.reused_answer_micro_usd}}},
          {"refusals", model.refusals},
          {"failed_before", model.failed_before},
          {"left_waiting", model.deferred_entries},
          {"stand_ins", model.fallback_drafts},
          {"batch",
           {{"submitted", model.batch_requests},
            {"answered", model.batch_answers},
            {"failed", model.batch_failures},
            {"open", model.batches_open}}},
          {"out_of_budget", model.out_of_budget},
          {"given_up", model.given_up},
          {"left_today_micro_usd", or_null(model.remaining_today_micro_usd)},
          {"left_this_month_micro_usd", or_null(model.remaining_this_month_micro_usd)}};
}

// "12,345 tokens, $0.012300 in 8 calls".
std::string spent_text(const RefreshReport& report) {
  const ModelReport& model = report.model;
  std::string text = fmt::format("{} tokens", report.tokens);
  if (!model.configured) return text;
  text += fmt::format(", {} in {}", llm::dollars(model.micro_usd), pluralize(model.calls, "call", "calls"));
  if (model.failed_calls > 0) text += fmt::format(" ({} without an answer)", model.failed_calls);
  if (model.calls_without_price > 0)
    text += fmt::format("; {} without a known price", pluralize(model.calls_without_price, "call", "calls"));
  return text;
}

template <typename Line>
void model_lines(const ModelReport& model, const Line& line) {
  if (!model.configured) return;
  std::string saved;
  if (model.saved_by_cache_micro_usd != 0)
    saved = llm::dollars(model.saved_by_cache_micro_usd) + " by the endpoint's cache";
  if (model.reused_answers > 0) {
    saved += fmt::format("{}{} and {} tokens by {} that are not asked again", saved.empty() ? "" : ", ",
                         llm::dollars(model.reused_answer_micro_usd), model.reused_answer_tokens,
                         pluralize(model.reused_answers, "request", "requests"));
  }
  if (!saved.empty()) line("saved", saved);
  std::string left;
  if (model.remaining_today_micro_usd)
    left = llm::dollars(*model.remaining_today_micro_usd) + " of today's budget";
  if (model.remaining_this_month_micro_usd) {
    left += fmt::format("{}{} of this month's", left.empty() ? "" : ", ",
                        llm::dollars(*model.remaining_this_month_micro_usd));
  }
  if (!left.empty()) line("left", left);
  if (model.lost_calls > 0)
    line("lost", pluralize(model.lost_calls, "call", "calls") +
                     " of a run that died, booked at the most that they can have cost");
  if (model.refusals > 0)
    line("refused", pluralize(model.refusals, "request", "requests") + " by the model; not asked again");
  if (model.failed_before > 0)
    line("left out", pluralize(model.failed_before, "entry", "entries") +
                         " that the model failed at before; asked again once something changes");
  if (model.batch_requests > 0)
    line("batch", pluralize(model.batch_requests, "request", "requests") +
                      " submitted at half the price; a later refresh collects the answers");
  if (model.batch_answers + model.batch_failures > 0)
    line("collected",
         fmt::format(
             "{} of batches{}", pluralize(model.batch_answers, "answer", "answers"),
             model.batch_failures > 0 ? fmt::format(", {} without an answer", model.batch_failures) : ""));
  if (model.batches_open > 0) line("batches", fmt::format("{} under way", model.batches_open));
  if (!model.out_of_budget.empty()) line("budget", "spent: " + sanitize_for_terminal(model.out_of_budget));
  if (!model.given_up.empty()) line("given up", sanitize_for_terminal(model.given_up));
  if (model.deferred_entries > 0) {
    line("waiting",
         fmt::format("{} for the model in a later run{}",
                     pluralize(model.deferred_entries, "entry", "entries"),
                     model.fallback_drafts > 0
                         ? fmt::format("; {} drafted by the fallback meanwhile", model.fallback_drafts)
                         : ""));
  }
}

}  // namespace

std::string describe_future_times(const kb::FutureTimes& ahead) {
  return fmt::format("it was ahead in an earlier run (until {}); {} put off by it, and due as before",
                     rfc3339(ahead.run_started_at),
                     ahead.sources == 1 ? "1 source was" : fmt::format("{} sources were", ahead.sources));
}

Status RefreshReport::note_failure(const std::string& what, const Status& outcome) {
  std::vector<ItemFailure> items;
  STUBKEEPER_TRY(collect_item_failure(items, what, outcome));
  note_failures(items);
  return {};
}

void RefreshReport::note_failures(const std::vector<ItemFailure>& items) {
  for (const ItemFailure& failure : items) failures.push_back({failure.item, failure.error.text()});
}

int RefreshReport::changes() const {
  int sum = 0;
  for (const ProposalSummary& proposal : proposals) sum += proposal.changes;
  return sum;
}

int RefreshReport::flagged() const {
  int sum = 0;
  for (const ProposalSummary& proposal : proposals) sum += proposal.flagged;
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
  if (report.future_times)
    json["clock_was_ahead"] = {{"until", rfc3339(report.future_times->run_started_at)},
                               {"sources", report.future_times->sources}};
  json["sources"] = {{"planned", report.planned},
                     {"not_modified", report.not_modified},
                     {"unchanged", report.unchanged},
                     {"changed", report.changed},
                     {"left_for_later", report.deferred},
                     {"postponed", report.postponed},
                     {"gone", report.gone},
                     {"back", report.recovered},
                     {"moved", nlohmann::ordered_json::array()}};
  for (const AddressMove& move : report.moved)
    json["sources"]["moved"].push_back({{"from", move.old_address}, {"to", move.new_address}});
  json["linked"] = {{"fetched", report.linked_fetched},
                    {"failed", report.linked_failed},
                    {"refused", report.linked_refused},
                    {"waiting", report.linked_waiting}};
  json["snapshots"] = report.snapshots;
  json["new_passages"] = report.new_passages;
  json["routed"] = report.routed;
  json["proposals"] = nlohmann::ordered_json::array();
  for (const ProposalSummary& proposal : report.proposals) {
    json["proposals"].push_back(
        {{"entry", proposal.entry_path}, {"changes", proposal.changes}, {"flagged", proposal.flagged}});
  }
  json["dropped_without_quote"] = report.dropped_without_quote;
  json["dropped_unsafe"] = report.dropped_unsafe;
  json["dropped_unusable"] = report.dropped_unusable;
  json["turned_down_before"] = report.previously_rejected;
  json["rechecked"] = report.rechecked;
  json["approved_by_policy"] = report.approved_by_policy;
  json["upkeep"] = report.upkeep;
  json["waiting"] = {{"changes", report.waiting.changes},
                     {"flagged", report.waiting.flagged},
                     {"entries", report.waiting.entries},
                     {"conflicts", report.waiting.conflicts}};
  json["tokens"] = report.tokens;
  json["micro_usd"] = report.model.micro_usd;
  json["model"] = model_json(report.model);
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
  const auto deferred_line = [&] {
    if (report.deferred > 0)
      line("later",
           pluralize(report.deferred, "source is", "sources are") + " due beyond the budget of fetches");
  };
  if (report.dry_run) {
    line("would look", "at " + pluralize(report.planned, "source", "sources"));
    deferred_line();
    for (const std::string& address : report.plan) text += "  " + sanitize_for_terminal(address) + "\n";
    return text;
  }
  if (report.future_times) line("clock", describe_future_times(*report.future_times));
  const int checked_sources = report.planned - report.postponed;
  line(
      "sources",
      fmt::format(
          "{} looked at: {} changed, {} unchanged ({} answered 304), {} failed{}", checked_sources,
          report.changed, report.unchanged + report.not_modified, report.not_modified,
          checked_sources - report.changed - report.unchanged - report.not_modified,
          report.postponed > 0 ? fmt::format("; {} postponed, as their hosts asked", report.postponed) : ""));
  for (const AddressMove& move : report.moved)
    line("moved", sanitize_for_terminal(move.old_address) + "\n           to " +
                      sanitize_for_terminal(move.new_address));
  for (const std::string& address : report.gone) line("gone", sanitize_for_terminal(address));
  for (const std::string& address : report.recovered) line("back again", sanitize_for_terminal(address));
  deferred_line();
  if (report.linked_fetched + report.linked_failed + report.linked_refused + report.linked_waiting > 0) {
    line("linked",
         fmt::format("{} read, {} failed, {} wait{}", pluralize(report.linked_fetched, "page", "pages"),
                     report.linked_failed, report.linked_waiting,
                     report.linked_refused > 0
                         ? fmt::format("; {} refused, which a sitemap must not list", report.linked_refused)
                         : ""));
  }
  line("found", fmt::format("{}, {}", pluralize(report.snapshots, "new snapshot", "new snapshots"),
                            pluralize(report.new_passages, "new passage", "new passages")));
  const int rechecked_count = report.rechecked;
  line("proposed",
       fmt::format("{} for {}{}{}", pluralize(report.changes(), "change", "changes"),
                   pluralize(static_cast<std::int64_t>(report.proposals.size()), "entry", "entries"),
                   report.flagged() > 0 ? fmt::format(", {} flagged", report.flagged()) : "",
                   rechecked_count > 0
                       ? fmt::format("; {} as rechecked", pluralize(rechecked_count, "entry", "entries"))
                       : ""));
  if (report.dropped_without_quote + report.dropped_unsafe + report.dropped_unusable > 0) {
    line("dropped",
         fmt::format("{} without a found quote, {} unsafe{}", report.dropped_without_quote,
                     report.dropped_unsafe,
                     report.dropped_unusable > 0
                         ? fmt::format(", {} that are no edits of the entry", report.dropped_unusable)
                         : ""));
  }
  if (report.previously_rejected > 0)
    line("left out", pluralize(report.previously_rejected, "change that was", "changes that were") +
                         " turned down before");
  if (report.approved_by_policy > 0) line("approved", fmt::format("{} by policy", report.approved_by_policy));
  if (report.upkeep > 0)
    line("upkeep", pluralize(report.upkeep, "change", "changes") + " for pages that mention new entries");
  line("spent", fmt::format("{}, {:.1f} s", spent_text(report),
                            static_cast<double>((report.ended_at - report.started_at).count()) / 1000.0));
  model_lines(report.model, line);
  if (report.interrupted) line("stopped", "before the end, as asked; the next run takes up from here");
  constexpr std::size_t max_failures_shown = 10;
  for (std::size_t i = 0; i < report.failures.size() && i < max_failures_shown; ++i) {
    const Failure& failure = report.failures[i];
    line("failed",
         sanitize_for_terminal(failure.what) + "\n           " + sanitize_for_terminal(failure.reason));
  }
  if (report.failures.size() > max_failures_shown) {
    line("failed", fmt::format("and {} more; `stubkeeper status --verbose` lists them",
                               report.failures.size() - max_failures_shown));
  }
  return text;
}

}  // namespace stubkeeper::cron
