#include "cron/refresh.h"

#include "cron/document_processor.h"
#include "cron/draft_entries.h"
#include "cron/first_looks.h"
#include "cron/guarded_reader.h"
#include "cron/kinds/source_kind.h"
#include "cron/revisit.h"
#include "cron/stages.h"
#include "entries/subject_index.h"
#include "kb/entries/entry_store.h"
#include "kb/runs/future_times.h"
#include "kb/runs/runs.h"
#include "kb/runs/spending.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/source_lifecycle.h"
#include "kb/store/integrity_check.h"

namespace stubkeeper::cron {
namespace {

Result<entries::SubjectIndex> build_subject_index(kb::Store& store) {
  entries::SubjectIndex subjects;
  STUBKEEPER_ASSIGN(const auto all, kb::EntryStore{store}.list());
  for (const kb::Entry& entry : all) {
    if (entry.kind == kb::EntryKind::entry && entry.state != kb::EntryState::removed)
      subjects.add(entry.id, entry.title);
  }
  return subjects;
}

Status check_store_integrity(kb::Store& store, Timestamp now, bool dry_run) {
  STUBKEEPER_ASSIGN(const auto problems, kb::check_before_run(store, now, dry_run));
  if (problems.empty()) return {};
  return Error{ErrorCode::corrupt, "the store is damaged: " + problems.front(), "kb.sqlite",
               "nothing was written; `stubkeeper doctor` shows all of it, and a backup can be put back with "
               "`stubkeeper restore`"};
}

// Links have their turn also where their sources are not due.
Status follow_links(const RunContext& context, const RefreshOptions& options,
                    const entries::SubjectIndex& subjects, RefreshReport& report) {
  STUBKEEPER_ASSIGN(const bool any, kb::LinkedAddresses{context.store}.any());
  if (!any) return {};
  RefreshOptions forced_options = options;
  forced_options.force = true;
  STUBKEEPER_ASSIGN(auto sources, plan_sources(context.store, context.clock.now(), forced_options));
  std::erase_if(sources, [](const kb::Source& source) { return !rules_of(source).is_list; });
  STUBKEEPER_ASSIGN(
      const auto max_fetches,
      remaining_linked_fetches(context.store, options, context.clock.now(), context.configuration.revisit));
  return fetch_linked_documents(context.for_fetching(), sources, subjects, max_fetches, report);
}

Status run_steps(const RunContext& context, const RefreshOptions& options,
                 const std::vector<kb::Source>& planned, RefreshReport& report) {
  STUBKEEPER_TRY(backfill_story_signatures(context.store));
  STUBKEEPER_ASSIGN(const entries::SubjectIndex subjects, build_subject_index(context.store));
  const FetchContext fetching = context.for_fetching();
  STUBKEEPER_TRY(fetch_sources(fetching, planned, subjects, report));
  if (!report.interrupted) STUBKEEPER_TRY(follow_links(context, options, subjects, report));
  // Entries may have come to lean on a gone source, or no longer do, by an import or a person's hand.
  STUBKEEPER_TRY(kb::SourceLifecycle{context.store}.sync_gone_flags(context.clock.now()));
  if (!report.interrupted) STUBKEEPER_TRY(route_first_looks(context.for_fetching(), options, report));
  const DraftContext drafting = context.for_drafting();
  if (!report.interrupted) STUBKEEPER_TRY(collect_batches(drafting, report));
  if (!report.interrupted) STUBKEEPER_TRY(draft_entries(drafting, options, report));
  if (!report.interrupted)
    STUBKEEPER_TRY(
        propose_rechecked(context.store, context.clock.now(), context.configuration, options, report));
  if (!report.interrupted)
    STUBKEEPER_TRY(apply_policies(context.store, context.clock, context.configuration, report));
  return {};
}

Result<std::set<std::pair<std::string, std::string>>> failures_of_last_runs(kb::Runs& runs) {
  constexpr int max_runs = 10;
  std::set<std::pair<std::string, std::string>> failures;
  STUBKEEPER_ASSIGN(const auto last, runs.latest(max_runs));
  for (const kb::Run& run : last) {
    const auto report = parse_report(run.report_json);
    if (!report.ok()) continue;  // of a run that died, or of an older version
    for (const Failure& failure : report->failures) failures.emplace(failure.what, failure.reason);
  }
  return failures;
}

Status record_spending(const RunContext& context, kb::Spending& spending, RefreshReport& report) {
  STUBKEEPER_ASSIGN(const auto run, spending.of_run(report.run_id));
  const Timestamp now = context.clock.now();
  STUBKEEPER_ASSIGN(const auto left, remaining_budget(spending, context.configuration.budget, now));
  const StoredCallLedger::ReusedAnswers& reused_answers = context.model->ledger.reused_answers();
  report.tokens = run.tokens;
  ModelReport& model = report.model;
  model.calls = run.calls;
  model.failed_calls = run.failed;
  model.micro_usd = run.micro_usd;
  model.calls_without_price = run.calls_without_price;
  model.saved_by_cache_micro_usd = run.saved_micro_usd;
  model.reused_answers = reused_answers.requests;
  model.reused_answer_tokens = reused_answers.tokens;
  model.reused_answer_micro_usd = reused_answers.micro_usd;
  model.remaining_today_micro_usd = left.today;
  model.remaining_this_month_micro_usd = left.this_month;
  return {};
}

}  // namespace

Result<RefreshReport> refresh(const RunContext& context, const RefreshOptions& options) {
  STUBKEEPER_TRY(check_store_integrity(context.store, context.clock.now(), options.dry_run));
  RefreshReport report;
  report.dry_run = options.dry_run;
  report.drafter = context.drafter.name();
  report.model.configured = context.model != nullptr;
  report.started_at = context.clock.now();
  if (!options.dry_run) {
    STUBKEEPER_ASSIGN(report.future_times, kb::mend_future_times(context.store, report.started_at));
  }
  STUBKEEPER_ASSIGN(auto planned, plan_sources(context.store, report.started_at, options));
  STUBKEEPER_ASSIGN(const auto budget, select_within_budget(context.store, options, planned,
                                                            report.started_at, context.configuration));
  if (budget) report.deferred = static_cast<int>(budget->deferred);
  report.planned = static_cast<int>(planned.size());
  if (options.dry_run) {
    for (const kb::Source& source : planned) report.plan.push_back(source.address);
    report.ended_at = context.clock.now();
    return report;
  }

  kb::Runs runs{context.store};
  STUBKEEPER_ASSIGN(report.run_id, runs.begin(report.drafter, report.started_at));
  STUBKEEPER_ASSIGN(report.told_failures, failures_of_last_runs(runs));
  kb::Spending spending{context.store};
  STUBKEEPER_ASSIGN(report.model.lost_calls, spending.settle_lost(report.run_id, report.started_at));
  if (context.model != nullptr) context.model->ledger.begin_run(report.run_id);
  STUBKEEPER_TRY(leave_out_resting(context.store, report.started_at, options, planned, report));
  if (budget) STUBKEEPER_TRY(save_price(context.store, budget->price, report.started_at));
  const Status done = run_steps(context, options, planned, report);
  if (context.model != nullptr) STUBKEEPER_TRY(record_spending(context, spending, report));
  if (done.ok()) {
    STUBKEEPER_ASSIGN(report.waiting, kb::waiting_counts(context.store));
  }
  report.ended_at = context.clock.now();
  const kb::RunState state = !done.ok()              ? kb::RunState::failed
                             : report.has_failures() ? kb::RunState::partial
                                                     : kb::RunState::done;
  const Status ended = runs.end(report.run_id, state, report.ended_at, report_json(report), report.tokens,
                                report.model.micro_usd);
  if (!done.ok()) return done.error();
  STUBKEEPER_TRY(ended);
  return report;
}

}  // namespace stubkeeper::cron
