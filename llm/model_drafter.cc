#include "llm/model_drafter.h"

#include <fmt/format.h>

#include <iterator>
#include <numeric>
#include <utility>

#include "llm/drafting/drafted_changes.h"
#include "llm/drafting/prompt.h"
#include "llm/drafting/task_text.h"

namespace stubkeeper::llm {

ModelDrafter::ModelDrafter(Model& model, const PriceTable& prices, CallBooks& books,
                           std::function<bool()> keep_going, ModelDrafterOptions options)
    : model_(model), prices_(prices), books_(books), keep_going_(std::move(keep_going)), options_(options) {}

std::string ModelDrafter::name() const {
  return fmt::format("{} ({}, prompt {})", model_.identity().model, model_.identity().protocol,
                     drafting_prompt().version);
}

Result<Draft> ModelDrafter::draft(const Task& task) {
  Draft draft;
  for (const Passages& part : parts_of(task))
    STUBKEEPER_TRY(draft_part(task, part, options_.most_output_tokens, draft));
  return draft;
}

std::vector<ModelDrafter::Passages> ModelDrafter::parts_of(const Task& task) const {
  std::vector<Passages> parts;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < task.passages.size(); ++i) {
    const std::size_t size = task.passages[i].text.size();
    if (parts.empty() || bytes + size > options_.most_passage_bytes) {
      parts.emplace_back();
      bytes = 0;
    }
    parts.back().push_back(i);
    bytes += size;
  }
  return parts;
}

Status ModelDrafter::draft_part(const Task& task, const Passages& passages, std::int64_t room, Draft& draft) {
  ModelRequest request = drafting_request(task, passages, room);
  const std::string key = canonical_hash(model_.identity(), request);
  bool had_more_room = false;
  bool was_corrected = false;
  for (;;) {
    STUBKEEPER_ASSIGN(const Asked asked, ask(task, request, key, draft));
    if (asked.finish == Finish::refused) {
      ++draft.refusals;
      return {};
    }
    if (asked.finish == Finish::cut_off) {
      if (had_more_room) return split(task, passages, request.most_output_tokens, draft);
      had_more_room = true;
      request.most_output_tokens *= 2;
      continue;
    }
    if (asked.answer.valid()) {
      ReadChanges read = read_changes(task, asked.answer.json);
      draft.unusable += read.unusable;
      draft.changes.insert(draft.changes.end(), std::make_move_iterator(read.changes.begin()),
                           std::make_move_iterator(read.changes.end()));
      return {};
    }
    if (was_corrected) {
      return Error{ErrorCode::network,
                   "the model's answer is not valid, asked twice: " + asked.answer.problems.front(),
                   model_.identity().base_url, "a larger model, or one that honours a schema, may do better"};
    }
    was_corrected = true;
    request = with_problems(std::move(request), asked.answer.problems);
  }
}

Status ModelDrafter::split(const Task& task, const Passages& passages, std::int64_t room, Draft& draft) {
  if (passages.size() < 2) {
    return Error{ErrorCode::limit, fmt::format("the model's answer does not fit {} tokens", room),
                 model_.identity().base_url,
                 "does it repeat itself, or reason at length? another model may do better"};
  }
  const auto middle = passages.begin() + static_cast<std::ptrdiff_t>(passages.size() / 2);
  STUBKEEPER_TRY(draft_part(task, {passages.begin(), middle}, room, draft));
  return draft_part(task, {middle, passages.end()}, room, draft);
}

Result<ModelDrafter::Asked> ModelDrafter::ask(const Task& task, const ModelRequest& request,
                                              const std::string& key, Draft& draft) {
  BookedCall booked;
  booked.entry_path = task.entry_path;
  booked.identity = model_.identity();
  booked.prompt_version = drafting_prompt().version;
  booked.request_sha256 = key;
  STUBKEEPER_ASSIGN(const auto kept, books_.kept_answer(booked.request_sha256));
  if (kept) return Asked{Finish::complete, check_answer(request.answer_schema, *kept)};

  const auto price = prices_.price_of(booked.identity);
  booked.bound = bound_of(request, price);
  STUBKEEPER_ASSIGN(const std::int64_t number, books_.reserve(booked));
  // Where the run is stopped before the model takes the call, this is its outcome.
  ModelOutcome outcome;
  ModelFailure stopped;
  stopped.kind = FailureKind::stopped;
  stopped.error = {ErrorCode::busy, "the run was asked to stop", booked.identity.base_url, ""};
  outcome.result = stopped;
  std::optional<ModelCall> call{ModelCall{0, request}};
  model_.complete([&] { return std::exchange(call, std::nullopt); },
                  [&](ModelOutcome given) { outcome = std::move(given); }, keep_going_);

  Asked asked;
  std::optional<std::string> to_keep;
  if (const auto* answer = std::get_if<ModelAnswer>(&outcome.result)) {
    asked.finish = answer->finish;
    asked.answer = check_answer(request.answer_schema, answer->text);
    if (answer->finish == Finish::complete && asked.answer.valid()) to_keep = asked.answer.json;
  }
  const Settlement settlement = settle(outcome.result, booked.bound, price);
  draft.tokens += settlement.tokens;
  STUBKEEPER_TRY(books_.settle(number, settlement, outcome, to_keep));
  if (const auto* failure = std::get_if<ModelFailure>(&outcome.result)) return failure->error;
  return asked;
}

}  // namespace stubkeeper::llm
