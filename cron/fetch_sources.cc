#include "cron/stages.h"

#include <unordered_map>

#include "cron/response_processor.h"
#include "cron/source_lifecycle.h"

namespace stubkeeper::cron {
namespace {

constexpr std::size_t max_pending = 5'000;
constexpr std::chrono::seconds max_delay{1};

// Responses on their way into the store.
class ResponseGroup {
 public:
  ResponseGroup(const FetchContext& context, const entries::SubjectIndex& subjects,
                const std::vector<kb::Source>& sources, RefreshReport& report)
      : context_(context),
        report_(report),
        processor_(context.store, context.clock, context.configuration, subjects, report) {
    sources_.reserve(sources.size());
    for (const kb::Source& source : sources) sources_.emplace(source.id, &source);
  }

  Status add(crawler::FetchResponse response) {
    const kb::Source& source = *sources_.at(response.tag);
    unreachable_sources_.note(source, response);
    if (response.outcome == crawler::FetchOutcome::ok) {
      STUBKEEPER_TRY(flush());
      STUBKEEPER_TRY(store(source, response));
    } else {
      if (pending_.empty()) pending_since_ = context_.clock.now();
      pending_.push_back(std::move(response));
      if (pending_.size() >= max_pending) STUBKEEPER_TRY(flush());
    }
    context_.progress.step(source.address);
    return flush_if_due();
  }

  Status flush_if_due() {
    if (pending_.empty() || context_.clock.now() - pending_since_ < max_delay) return {};
    return flush();
  }

  // Stores what waits, and settles what only the end of the fetch can show.
  Status finish() {
    STUBKEEPER_TRY(flush());
    return unreachable_sources_.settle(context_.store, context_.clock.now(), report_);
  }

 private:
  Status store(const kb::Source& source, const crawler::FetchResponse& response) {
    return report_.note_failure(source.address, context_.store.run_in_savepoint(
                                                    [&] { return processor_.process(source, response); }));
  }

  Status flush() {
    if (pending_.empty()) return {};
    STUBKEEPER_TRY(context_.store.run_in_transaction([&]() -> Status {
      for (const crawler::FetchResponse& response : pending_)
        STUBKEEPER_TRY(store(*sources_.at(response.tag), response));
      return {};
    }));
    pending_.clear();
    return {};
  }

  const FetchContext& context_;
  RefreshReport& report_;
  ResponseProcessor processor_;
  std::unordered_map<kb::Id, const kb::Source*> sources_;
  std::vector<crawler::FetchResponse> pending_;
  Timestamp pending_since_;
  UnreachableSources unreachable_sources_;
};

}  // namespace

Status fetch_sources(const FetchContext& context, const std::vector<kb::Source>& planned,
                     const entries::SubjectIndex& subjects, RefreshReport& report) {
  std::vector<crawler::FetchRequest> requests;
  requests.reserve(planned.size());
  for (const kb::Source& source : planned)
    requests.push_back(
        {source.id, source.address, source.etag, source.last_modified, source.validated_address});
  if (requests.empty()) return {};
  context.progress.begin("fetching", static_cast<std::int64_t>(requests.size()));
  ResponseGroup responses{context, subjects, planned, report};
  Status stored;
  context.fetcher.fetch(
      std::move(requests),
      [&](crawler::FetchResponse response) {
        // A request that was not sent any more is no failure of the source.
        const bool not_sent =
            response.outcome == crawler::FetchOutcome::failed && response.error.code == ErrorCode::busy;
        if (not_sent) report.interrupted = true;
        if (stored.ok() && !not_sent) stored = responses.add(std::move(response));
      },
      [&] {
        if (stored.ok()) stored = responses.flush_if_due();
        return stored.ok() && context.keep_going();
      });
  if (stored.ok()) stored = responses.finish();
  context.progress.end();
  return stored;
}

}  // namespace stubkeeper::cron
