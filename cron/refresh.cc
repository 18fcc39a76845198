#include "cron/refresh.h"

#include "cron/batches.h"
#include "cron/draft_entries.h"
#include "cron/linked_documents.h"
#include "cron/plan.h"
#include "cron/recheck.h"
#include "cron/remaining_budget.h"
#include "cron/response_group.h"
#include "cron/revisit.h"
#include "cron/story_signatures.h"
#include "entries/subject_index.h"
#include "kb/entries/entry_store.h"
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

Status fetch_sources(const RunContext& context, const std::vector<kb::Source>& planned,
                     const entries::SubjectIndex& subjects, RefreshReport& report) {
  std::vector<crawler::FetchRequest> requests;
  requests.reserve(planned.size());
  for (const kb::Source& source : planned) {
    requests.push_back(
        {source.id, source.address, source.etag, source.last_modified, source.validated_address});
  }
  if (requests.empty()) return {};
  context.progress.begin("fetching", static_cast<std::int64_t>(requests.size()));
  ResponseGroup responses{context, subjects, planned, report};
  Status stored;
  const auto keep_first_error = [&](const Status& status) {
    if (stored.ok()) stored = status;
  };
  context.fetcher.fetch(
      std::move(requests),
      [&](crawler::FetchResponse response) {
        // What was not asked for any more is no failure of the source.
        const bool not_sent =
            response.outcome == crawler::FetchOutcome::failed && response.error.code == ErrorCode::busy;
        if (not_sent) report.interrupted = true;
        if (stored.ok() && !not_sent) keep_first_error(responses.add(std::move(response)));
      },
      [&] {
        if (stored.ok()) keep_first_error(responses.flush_if_due());
        return stored.ok() && context.keep_going();
      });
  if (stored.ok()) keep_first_error(responses.finish());
  context.progress.end();
  return stored;
}

// What sources lead to waits for its turn also where they are not due themselves.
Status follow_links(const RunContext& context, const RefreshOptions& options, const entries::SubjectIndex& subjects,
                    RefreshReport& report) {
  STUBKEEPER_ASSIGN(const bool any, kb::LinkedAddresses{context.store}.any());
  if (!any) return {};
  RefreshOptions forced_options = options;
  forced_options.force = true;
  STUBKEEPER_ASSIGN(auto sources, plan_sources(context.store, context.clock.now(), forced_options));
  std::erase_if(sources, [](const kb::Source& source) {
    return source.kind != kb::SourceKind::sitemap && source.kind != kb::SourceKind::feed;
  });
  STUBKEEPER_ASSIGN(const auto max_fetches, remaining_linked_fetches(context.store, options, context.clock.now(),
                                                         context.configuration.revisit));
  return fetch_linked_documents(context, sources, subjects, max_fetches, report);
}

Status run_steps(const RunContext& context, const RefreshOptions& options, const std::vector<kb::Source>& planned,
             RefreshReport& report) {
  STUBKEEPER_TRY(backfill_story_signatures(context.store));
  STUBKEEPER_ASSIGN(const entries::SubjectIndex subjects, build_subject_index(context.store));
  STUBKEEPER_TRY(fetch_sources(context, planned, subjects, report));
  if (!report.interrupted) STUBKEEPER_TRY(follow_links(context, options, subjects, report));
  // Entries may have come to lean on a gone source, or no longer do, by an import or a person's hand.
  STUBKEEPER_TRY(kb::SourceLifecycle{context.store}.sync_gone_flags(context.clock.now()));
  if (!report.interrupted) STUBKEEPER_TRY(collect_batches(context, report));
  if (!report.interrupted) STUBKEEPER_TRY(draft_entries(context, options, report));
  if (!report.interrupted) STUBKEEPER_TRY(propose_rechecked(context, options, report));
  if (!report.interrupted) STUBKEEPER_TRY(apply_policies(context, report));
  return {};
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
  STUBKEEPER_ASSIGN(auto planned, plan_sources(context.store, report.started_at, options));
  STUBKEEPER_ASSIGN(const auto budget, select_within_budget(context.store, options, planned, report.started_at,
                                                          context.configuration));
  if (budget) report.deferred = static_cast<int>(budget->deferred);
  report.planned = static_cast<int>(planned.size());
  if (options.dry_run) {
    for (const kb::Source& source : planned) report.plan.push_back(source.address);
    report.ended_at = context.clock.now();
    return report;
  }

  kb::Runs runs{context.store};
  STUBKEEPER_ASSIGN(report.run_id, runs.begin(report.drafter, report.started_at));
  kb::Spending spending{context.store};
  STUBKEEPER_ASSIGN(report.model.lost_calls, spending.settle_lost(report.run_id, report.started_at));
  if (context.model != nullptr) context.model->ledger.begin_run(report.run_id);
  if (budget) STUBKEEPER_TRY(save_price(context.store, budget->price, report.started_at));
  const Status done = run_steps(context, options, planned, report);
  if (context.model != nullptr) STUBKEEPER_TRY(record_spending(context, spending, report));
  if (done.ok()) {
    STUBKEEPER_ASSIGN(report.waiting, kb::waiting_counts(context.store));
  }
  report.ended_at = context.clock.now();
  const kb::RunState state = !done.ok()         ? kb::RunState::failed
                             : report.is_partial() ? kb::RunState::partial
                                                : kb::RunState::done;
  const Status ended = runs.end(report.run_id, state, report.ended_at, report_json(report), report.tokens,
                                report.model.micro_usd);
  if (!done.ok()) return done.error();
  STUBKEEPER_TRY(ended);
  return report;
}

}  // namespace stubkeeper::cron
