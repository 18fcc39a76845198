#include "cron/stages.h"

#include <map>
#include <unordered_map>
#include <utility>

#include "cron/response_processor.h"
#include "cron/source_lifecycle.h"
#include "kb/sources/reading_attempts.h"

namespace stubkeeper::cron {
namespace {

constexpr std::size_t max_pending = 5'000;
constexpr std::chrono::seconds max_delay{1};
constexpr std::size_t max_deferred_bytes = 100'000'000;

// Responses on their way into the store.
class ResponseGroup {
 public:
  ResponseGroup(const FetchContext& context, const entries::SubjectIndex& subjects,
                const std::vector<kb::Source>& sources,
                std::map<std::string, kb::ReadingAttempt> suspected_addresses, RefreshReport& report)
      : context_(context),
        report_(report),
        processor_(context, subjects, report),
        suspected_addresses_(std::move(suspected_addresses)) {
    sources_.reserve(sources.size());
    for (const kb::Source& source : sources) sources_.emplace(source.id, &source);
  }

  Status add(crawler::FetchResponse response) {
    const kb::Source& source = *sources_.at(response.tag);
    unreachable_sources_.note(source, response);
    if (response.outcome == crawler::FetchOutcome::ok) {
      STUBKEEPER_TRY(flush());
      if (is_suspected(source) || is_heavy(response)) return defer(std::move(response));
      STUBKEEPER_TRY(read(source, response));
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

  // Reads and stores what waits, and settles what only the end of the fetch can show.
  Status finish() {
    STUBKEEPER_TRY(flush());
    STUBKEEPER_TRY(read_deferred(heavy_));
    STUBKEEPER_TRY(read_deferred(suspected_));
    return unreachable_sources_.settle(context_.store, context_.clock.now(), report_);
  }

 private:
  // Those of transfers under way would time out while a heavy document is read, so it waits for the end of the fetch;
  // one that may have ended a run before is the last of all.
  Status defer(crawler::FetchResponse response) {
    const bool is_last = is_suspected(*sources_.at(response.tag));
    if (!is_last) deferred_bytes_ += response.body.size();
    (is_last ? suspected_ : heavy_).push_back(std::move(response));
    return deferred_bytes_ > max_deferred_bytes ? read_deferred(heavy_) : Status{};
  }

  Status read_deferred(std::vector<crawler::FetchResponse>& responses) {
    for (const crawler::FetchResponse& response : std::exchange(responses, {})) {
      const kb::Source& source = *sources_.at(response.tag);
      STUBKEEPER_TRY(read(source, response));
      context_.progress.step(source.address);
    }
    deferred_bytes_ = 0;
    return {};
  }

  bool is_suspected(const kb::Source& source) const { return suspected_addresses_.contains(source.address); }

  static bool is_heavy(const crawler::FetchResponse& response) {
    const auto kind =
        crawler::detect_content_kind(response.body, response.content_type, response.final_address);
    return crawler::is_heavy({kind, response.body, response.content_type, response.final_address});
  }

  // Whatever is read is a step of its own; once the program is to stop, nothing more is.
  Status read(const kb::Source& source, const crawler::FetchResponse& response) {
    if (!context_.keep_going()) {
      report_.interrupted = true;
      return {};
    }
    const Status done = processor_.process(source, response);
    if (!done.ok() && done.error().code == ErrorCode::busy && !context_.keep_going()) {
      report_.interrupted = true;
      return {};
    }
    return report_.note_failure(source.address, done);
  }

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
  std::map<std::string, kb::ReadingAttempt> suspected_addresses_;
  std::vector<crawler::FetchResponse> heavy_;
  std::vector<crawler::FetchResponse> suspected_;
  std::size_t deferred_bytes_ = 0;  // of heavy_
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
  STUBKEEPER_ASSIGN(auto suspected, kb::ReadingAttempts{context.store}.list());
  ResponseGroup responses{context, subjects, planned, std::move(suspected), report};
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
