#include "cron/refresh.h"

#include "cron/answer_group.h"
#include "cron/batches.h"
#include "cron/draft_entries.h"
#include "cron/linked_documents.h"
#include "cron/money_left.h"
#include "cron/plan.h"
#include "cron/recheck.h"
#include "cron/revisit.h"
#include "cron/story_signatures.h"
#include "entries/subject_index.h"
#include "kb/entries/entry_store.h"
#include "kb/runs/runs.h"
#include "kb/runs/spending.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/source_life.h"
#include "kb/store/soundness.h"

namespace stubkeeper::cron {
namespace {

Result<entries::SubjectIndex> subject_index(kb::Store& store) {
  entries::SubjectIndex subjects;
  STUBKEEPER_ASSIGN(const auto all, kb::EntryStore{store}.list());
  for (const kb::Entry& entry : all) {
    if (entry.kind == kb::EntryKind::entry && entry.state != kb::EntryState::removed)
      subjects.add(entry.id, entry.title);
  }
  return subjects;
}

Status refuse_damaged_store(kb::Store& store, Timestamp now, bool dry_run) {
  STUBKEEPER_ASSIGN(const auto problems, kb::damage_before_run(store, now, dry_run));
  if (problems.empty()) return {};
  return Error{ErrorCode::corrupt, "the store is damaged: " + problems.front(), "kb.sqlite",
               "nothing was written; `stubkeeper doctor` shows all of it, and a backup can be put back with "
               "`stubkeeper restore`"};
}

Status fetch_sources(const RefreshParts& parts, const std::vector<kb::Source>& planned,
                     const entries::SubjectIndex& subjects, RefreshReport& report) {
  std::vector<crawler::FetchRequest> requests;
  requests.reserve(planned.size());
  for (const kb::Source& source : planned) {
    requests.push_back(
        {source.id, source.address, source.etag, source.last_modified, source.validated_address});
  }
  if (requests.empty()) return {};
  parts.progress.begin("fetching", static_cast<std::int64_t>(requests.size()));
  AnswerGroup answers{parts, subjects, planned, report};
  Status stored;
  const auto keep_first_error = [&](const Status& status) {
    if (stored.ok()) stored = status;
  };
  parts.fetcher.fetch(
      std::move(requests),
      [&](crawler::FetchResponse response) {
        // What was not asked for any more is no failure of the source.
        const bool not_sent =
            response.outcome == crawler::FetchOutcome::failed && response.error.code == ErrorCode::busy;
        if (not_sent) report.interrupted = true;
        if (stored.ok() && !not_sent) keep_first_error(answers.add(std::move(response)));
      },
      [&] {
        if (stored.ok()) keep_first_error(answers.store_old());
        return stored.ok() && parts.keep_going();
      });
  if (stored.ok()) keep_first_error(answers.finish());
  parts.progress.end();
  return stored;
}

// What sources lead to waits for its turn also where they are not due themselves.
Status follow_links(const RefreshParts& parts, const RefreshOptions& options, const entries::SubjectIndex& subjects,
                    RefreshReport& report) {
  STUBKEEPER_ASSIGN(const bool any, kb::LinkedAddresses{parts.store}.any());
  if (!any) return {};
  RefreshOptions whether_due_or_not = options;
  whether_due_or_not.force = true;
  STUBKEEPER_ASSIGN(auto sources, plan_sources(parts.store, parts.clock.now(), whether_due_or_not));
  std::erase_if(sources, [](const kb::Source& source) {
    return source.kind != kb::SourceKind::sitemap && source.kind != kb::SourceKind::feed;
  });
  STUBKEEPER_ASSIGN(const auto most, linked_fetches_left(parts.store, options, parts.clock.now(),
                                                         parts.configuration.revisit));
  return fetch_linked_documents(parts, sources, subjects, most, report);
}

Status steps(const RefreshParts& parts, const RefreshOptions& options, const std::vector<kb::Source>& planned,
             RefreshReport& report) {
  STUBKEEPER_TRY(sign_old_stories(parts.store));
  STUBKEEPER_ASSIGN(const entries::SubjectIndex subjects, subject_index(parts.store));
  STUBKEEPER_TRY(fetch_sources(parts, planned, subjects, report));
  if (!report.interrupted) STUBKEEPER_TRY(follow_links(parts, options, subjects, report));
  // Entries may have come to lean on a gone source, or no longer do, by an import or a person's hand.
  STUBKEEPER_TRY(kb::SourceLife{parts.store}.settle_flags(parts.clock.now()));
  if (!report.interrupted) STUBKEEPER_TRY(collect_batches(parts, report));
  if (!report.interrupted) STUBKEEPER_TRY(draft_entries(parts, options, report));
  if (!report.interrupted) STUBKEEPER_TRY(propose_rechecked(parts, options, report));
  if (!report.interrupted) STUBKEEPER_TRY(apply_policies(parts, report));
  return {};
}

Status note_spending(const RefreshParts& parts, kb::Spending& spending, RefreshReport& report) {
  STUBKEEPER_ASSIGN(const auto run, spending.of_run(report.run_id));
  const Timestamp now = parts.clock.now();
  STUBKEEPER_ASSIGN(const auto left, money_left(spending, parts.configuration.budget, now));
  const StoreBooks::NotAsked& not_asked = parts.model->books.not_asked();
  report.tokens = run.tokens;
  ModelReport& model = report.model;
  model.calls = run.calls;
  model.failed_calls = run.failed;
  model.micro_usd = run.micro_usd;
  model.calls_without_price = run.calls_without_price;
  model.saved_by_cache_micro_usd = run.saved_micro_usd;
  model.not_asked = not_asked.requests;
  model.not_asked_tokens = not_asked.tokens;
  model.not_asked_micro_usd = not_asked.micro_usd;
  model.left_today_micro_usd = left.today;
  model.left_this_month_micro_usd = left.this_month;
  return {};
}

}  // namespace

Result<RefreshReport> refresh(const RefreshParts& parts, const RefreshOptions& options) {
  STUBKEEPER_TRY(refuse_damaged_store(parts.store, parts.clock.now(), options.dry_run));
  RefreshReport report;
  report.dry_run = options.dry_run;
  report.drafter = parts.drafter.name();
  report.model.configured = parts.model != nullptr;
  report.started_at = parts.clock.now();
  STUBKEEPER_ASSIGN(auto planned, plan_sources(parts.store, report.started_at, options));
  STUBKEEPER_ASSIGN(const auto budget, keep_within_budget(parts.store, options, planned, report.started_at,
                                                          parts.configuration));
  if (budget) report.left_for_later = static_cast<int>(budget->left_for_later);
  report.planned = static_cast<int>(planned.size());
  if (options.dry_run) {
    for (const kb::Source& source : planned) report.plan.push_back(source.address);
    report.ended_at = parts.clock.now();
    return report;
  }

  kb::Runs runs{parts.store};
  STUBKEEPER_ASSIGN(report.run_id, runs.begin(report.drafter, report.started_at));
  kb::Spending spending{parts.store};
  STUBKEEPER_ASSIGN(report.model.lost_calls, spending.settle_lost(report.run_id, report.started_at));
  if (parts.model != nullptr) parts.model->books.begin_run(report.run_id);
  if (budget) STUBKEEPER_TRY(keep_price(parts.store, budget->price, report.started_at));
  const Status done = steps(parts, options, planned, report);
  if (parts.model != nullptr) STUBKEEPER_TRY(note_spending(parts, spending, report));
  if (done.ok()) {
    STUBKEEPER_ASSIGN(report.waiting, kb::waiting_counts(parts.store));
  }
  report.ended_at = parts.clock.now();
  const kb::RunState state = !done.ok()         ? kb::RunState::failed
                             : report.in_part() ? kb::RunState::partial
                                                : kb::RunState::done;
  const Status ended = runs.end(report.run_id, state, report.ended_at, report_json(report), report.tokens,
                                report.model.micro_usd);
  if (!done.ok()) return done.error();
  STUBKEEPER_TRY(ended);
  return report;
}

}  // namespace stubkeeper::cron
