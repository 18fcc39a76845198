#include "cron/report.h"

#include <fmt/format.h>

#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "llm/prices/price_table.h"

namespace stubkeeper::cron {
namespace {

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
  for (const ItemFailure& failure : items) add_failure(failure.item, failure.error.text());
}

void RefreshReport::add_failure(const std::string& what, const std::string& reason) {
  failures.push_back({what, reason, told_failures.contains({what, reason})});
}

int RefreshReport::known_failures() const {
  return static_cast<int>(std::ranges::count_if(failures, &Failure::is_known));
}

int RefreshReport::changes() const {
  int sum = 0;
  for (const ProposalSummary& proposal : proposals) sum += proposal.changes;
  return sum;
}

int RefreshReport::first_look() const {
  int sum = 0;
  for (const ProposalSummary& proposal : proposals) sum += proposal.first_look;
  return sum;
}

int RefreshReport::flagged() const {
  int sum = 0;
  for (const ProposalSummary& proposal : proposals) sum += proposal.flagged;
  return sum;
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
  for (const std::string& address : report.healed) line("healed", sanitize_for_terminal(address));
  deferred_line();
  if (report.linked_fetched + report.linked_failed + report.linked_refused + report.linked_waiting > 0) {
    line("linked",
         fmt::format("{} read, {} failed, {} wait{}", pluralize(report.linked_fetched, "page", "pages"),
                     report.linked_failed, report.linked_waiting,
                     report.linked_refused > 0 ? fmt::format("; {} refused, which their source must not list",
                                                             report.linked_refused)
                                               : ""));
  }
  line("found", fmt::format("{}, {}", pluralize(report.snapshots, "new snapshot", "new snapshots"),
                            pluralize(report.new_passages, "new passage", "new passages")));
  if (report.homeless > 0) {
    line("no entry", fmt::format("{} {} no entry; a new one gets those that name it: `stubkeeper source add "
                                 "ADDRESS --entry PATH`",
                                 pluralize(report.homeless, "new passage"),
                                 report.homeless == 1 ? "concerns" : "concern"));
  }
  const int rechecked_count = report.rechecked;
  line("proposed",
       fmt::format("{} for {}{}{}{}", pluralize(report.changes(), "change", "changes"),
                   pluralize(static_cast<std::int64_t>(report.proposals.size()), "entry", "entries"),
                   report.flagged() > 0 ? fmt::format(", {} flagged", report.flagged()) : "",
                   report.first_look() > 0 ? fmt::format(", {} at first look", report.first_look()) : "",
                   rechecked_count > 0
                       ? fmt::format("; {} as rechecked", pluralize(rechecked_count, "entry", "entries"))
                       : ""));
  if (report.kept_changes > 0) {
    line("kept",
         fmt::format("{} more, beyond those that are proposed at a time; `stubkeeper refresh --source "
                     "ID --all` proposes them",
                     pluralize(report.kept_changes, "change")));
  }
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
  std::size_t failures = 0;
  for (const Failure& failure : report.failures) {
    if (failure.is_known || ++failures > max_failures_shown) continue;
    line("failed",
         sanitize_for_terminal(failure.what) + "\n           " + sanitize_for_terminal(failure.reason));
  }
  if (failures > max_failures_shown)
    line("failed", fmt::format("and {} more; `stubkeeper report --format markdown` lists them",
                               failures - max_failures_shown));
  if (report.known_failures() > 0)
    line("known",
         pluralize(report.known_failures(), "failure") + " of before; `stubkeeper status` lists them");
  return text;
}

}  // namespace stubkeeper::cron
