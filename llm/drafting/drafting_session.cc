#include "llm/drafting/drafting_session.h"

#include <utility>

#include "llm/drafting/prompt.h"

namespace stubkeeper::llm {

DraftingSession::DraftingSession(const ModelIdentity& identity, std::optional<ModelPrice> price, CallLedger& ledger,
                           EndpointHealth& health, ModelDrafterOptions options,
                           const std::function<std::optional<Task>()>& next_task,
                           const std::function<void(DraftedTask)>& on_drafted)
    : identity_(identity),
      price_(price),
      ledger_(ledger),
      health_(health),
      options_(options),
      next_task_(next_task),
      on_drafted_(on_drafted) {}

std::optional<ModelCall> DraftingSession::next_call() {
  while (std::unique_ptr<Conversation> conversation = next_conversation()) {
    if (Status replayed = replay_cached_answers(*conversation); !replayed.ok()) conversation->fail(replayed.error());
    if (conversation->is_finished()) {
      on_drafted_(conversation->finish());
      continue;
    }
    if (health_.given_up()) {
      give_up(*conversation, *health_.given_up(), DraftOutcome::given_up);
      continue;
    }
    const CallBound bound = upper_bound_of_call(conversation->request(), price_);
    const Result<std::int64_t> reservation = reserve(*conversation, bound);
    if (reservation.ok()) {
      ModelCall call{next_tag_++, conversation->request()};
      in_flight_.emplace(call.tag, Open{std::move(conversation), *reservation, bound});
      return call;
    }
    const bool over_budget = reservation.error().code == ErrorCode::limit;
    if (over_budget && !in_flight_.empty()) {
      waiting_.push_front(std::move(conversation));
      return std::nullopt;
    }
    give_up(*conversation, reservation.error(), over_budget ? DraftOutcome::out_of_budget : DraftOutcome::given_up);
  }
  return std::nullopt;
}

void DraftingSession::process(const ModelOutcome& outcome) {
  auto node = in_flight_.extract(outcome.tag);
  if (node.empty()) return;
  Open open = std::move(node.mapped());
  health_.record(outcome.result);
  std::optional<CachedAnswer> to_cache;
  const auto* failure = std::get_if<ModelFailure>(&outcome.result);
  if (failure == nullptr) to_cache = open.conversation->process(std::get<ModelAnswer>(outcome.result));
  const Settlement settlement = settle(outcome.result, open.bound, price_);
  open.conversation->count_tokens(settlement.tokens);
  const Status settled = ledger_.settle(open.reservation, settlement, outcome, to_cache);
  if (!settled.ok()) return give_up(*open.conversation, settled.error(), DraftOutcome::failed);
  if (failure != nullptr) {
    const DraftOutcome end = failure->kind == FailureKind::stopped ? DraftOutcome::stopped
                         : health_.given_up()                  ? DraftOutcome::given_up
                                                               : DraftOutcome::failed;
    return give_up(*open.conversation, failure->error, end);
  }
  if (open.conversation->is_finished()) {
    on_drafted_(open.conversation->finish());
  } else {
    waiting_.push_back(std::move(open.conversation));
  }
}

void DraftingSession::stop() {
  for (auto& conversation : std::exchange(waiting_, {}))
    give_up(*conversation, {ErrorCode::busy, "the run was asked to stop", identity_.base_url, ""},
            DraftOutcome::stopped);
}

std::unique_ptr<Conversation> DraftingSession::next_conversation() {
  if (!waiting_.empty()) {
    std::unique_ptr<Conversation> conversation = std::move(waiting_.front());
    waiting_.pop_front();
    return conversation;
  }
  std::optional<Task> task = next_task_();
  return task ? std::make_unique<Conversation>(identity_, *std::move(task), options_) : nullptr;
}

Status DraftingSession::replay_cached_answers(Conversation& conversation) {
  while (!conversation.is_finished()) {
    STUBKEEPER_ASSIGN(const auto cached, ledger_.cached_answer(conversation.key()));
    if (!cached) return {};
    conversation.process_cached_answer(*cached);
  }
  return {};
}

Result<std::int64_t> DraftingSession::reserve(const Conversation& conversation, const CallBound& bound) {
  CallReservation reservation;
  reservation.entry_path = conversation.task().entry_path;
  reservation.identity = identity_;
  reservation.prompt_version = drafting_prompt().version;
  reservation.request_sha256 = conversation.key();
  reservation.bound = bound;
  return ledger_.reserve(reservation);
}

void DraftingSession::give_up(Conversation& conversation, Error error, DraftOutcome end) {
  conversation.fail(std::move(error));
  on_drafted_(conversation.finish(end));
}

}  // namespace stubkeeper::llm
