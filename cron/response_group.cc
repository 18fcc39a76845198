#include "cron/response_group.h"

#include "cron/process_response.h"

namespace stubkeeper::cron {
namespace {

constexpr std::size_t max_pending = 5'000;
constexpr std::chrono::seconds max_delay{1};

}  // namespace

ResponseGroup::ResponseGroup(const RunContext& context, const entries::SubjectIndex& subjects,
                         const std::vector<kb::Source>& sources, RefreshReport& report)
    : context_(context), subjects_(subjects), report_(report) {
  sources_.reserve(sources.size());
  for (const kb::Source& source : sources) sources_.emplace(source.id, &source);
}

Status ResponseGroup::add(crawler::FetchResponse response) {
  const kb::Source& source = *sources_.at(response.tag);
  unreachable_sources_.note(source, response);
  if (response.outcome == crawler::FetchOutcome::ok) {
    STUBKEEPER_TRY(flush());
    STUBKEEPER_TRY(process_response(context_, subjects_, source, response, report_));
  } else {
    if (pending_.empty()) pending_since_ = context_.clock.now();
    pending_.push_back(std::move(response));
    if (pending_.size() >= max_pending) STUBKEEPER_TRY(flush());
  }
  context_.progress.step(source.address);
  return flush_if_due();
}

Status ResponseGroup::flush_if_due() {
  if (pending_.empty() || context_.clock.now() - pending_since_ < max_delay) return {};
  return flush();
}

Status ResponseGroup::flush() {
  if (pending_.empty()) return {};
  STUBKEEPER_TRY(context_.store.run_in_transaction([&]() -> Status {
    for (const crawler::FetchResponse& response : pending_) {
      STUBKEEPER_TRY(process_response(context_, subjects_, *sources_.at(response.tag), response, report_));
    }
    return {};
  }));
  pending_.clear();
  return {};
}

Status ResponseGroup::finish() {
  STUBKEEPER_TRY(flush());
  return unreachable_sources_.settle(context_, report_);
}

}  // namespace stubkeeper::cron
