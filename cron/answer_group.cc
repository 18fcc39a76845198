#include "cron/answer_group.h"

#include "cron/take_answer.h"

namespace stubkeeper::cron {
namespace {

constexpr std::size_t most_waiting = 5'000;
constexpr std::chrono::seconds longest_wait{1};

}  // namespace

AnswerGroup::AnswerGroup(const RefreshParts& parts, const entries::SubjectIndex& subjects,
                         const std::vector<kb::Source>& sources, RefreshReport& report)
    : parts_(parts), subjects_(subjects), report_(report) {
  sources_.reserve(sources.size());
  for (const kb::Source& source : sources) sources_.emplace(source.id, &source);
}

Status AnswerGroup::add(crawler::FetchResponse response) {
  const kb::Source& source = *sources_.at(response.tag);
  unreached_.note(source, response);
  if (response.outcome == crawler::FetchOutcome::ok) {
    STUBKEEPER_TRY(store_all());
    STUBKEEPER_TRY(take_answer(parts_, subjects_, source, response, report_));
  } else {
    if (waiting_.empty()) waiting_since_ = parts_.clock.now();
    waiting_.push_back(std::move(response));
    if (waiting_.size() >= most_waiting) STUBKEEPER_TRY(store_all());
  }
  parts_.progress.step(source.address);
  return store_old();
}

Status AnswerGroup::store_old() {
  if (waiting_.empty() || parts_.clock.now() - waiting_since_ < longest_wait) return {};
  return store_all();
}

Status AnswerGroup::store_all() {
  if (waiting_.empty()) return {};
  STUBKEEPER_TRY(parts_.store.atomically([&]() -> Status {
    for (const crawler::FetchResponse& response : waiting_) {
      STUBKEEPER_TRY(take_answer(parts_, subjects_, *sources_.at(response.tag), response, report_));
    }
    return {};
  }));
  waiting_.clear();
  return {};
}

Status AnswerGroup::finish() {
  STUBKEEPER_TRY(store_all());
  return unreached_.settle(parts_, report_);
}

}  // namespace stubkeeper::cron
