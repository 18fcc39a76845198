#include "llm/model_drafter.h"

#include <fmt/format.h>

#include <deque>
#include <map>
#include <memory>
#include <utility>

#include "llm/drafting/prompt.h"

namespace stubkeeper::llm {
namespace {

constexpr int max_consecutive_failures = 3;

bool affects_every_request(FailureKind kind) {
  return kind == FailureKind::unauthorized || kind == FailureKind::no_credit ||
         kind == FailureKind::redirected || kind == FailureKind::unreachable ||
         kind == FailureKind::rate_limited;
}

// Many tasks' conversations with one model: gives the model its next call, and each conversation
// its answer. A call that the budget does not reach while others are under way waits for what they
// leave of their reservations.
class DraftingSession {
 public:
  DraftingSession(const ModelIdentity& identity, std::optional<ModelPrice> price, CallLedger& ledger,
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

  // For Model::complete().
  std::optional<ModelCall> next_call() {
    while (std::unique_ptr<Conversation> conversation = next_conversation()) {
      if (Status replayed = replay_cached_answers(*conversation); !replayed.ok())
        conversation->fail(replayed.error());
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
      give_up(*conversation, reservation.error(),
              over_budget ? DraftOutcome::out_of_budget : DraftOutcome::given_up);
    }
    return std::nullopt;
  }

  void process(const ModelOutcome& outcome) {
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

  // Ends what was begun and waits, because the run was asked to stop.
  void stop() {
    for (auto& conversation : std::exchange(waiting_, {}))
      give_up(*conversation, {ErrorCode::busy, "the run was asked to stop", identity_.base_url, ""},
              DraftOutcome::stopped);
  }

 private:
  struct Open {
    std::unique_ptr<Conversation> conversation;
    std::int64_t reservation = 0;  // the call's number in the ledger
    CallBound bound;
  };

  std::unique_ptr<Conversation> next_conversation() {
    if (!waiting_.empty()) {
      std::unique_ptr<Conversation> conversation = std::move(waiting_.front());
      waiting_.pop_front();
      return conversation;
    }
    std::optional<Task> task = next_task_();
    return task ? std::make_unique<Conversation>(identity_, *std::move(task), options_) : nullptr;
  }

  Status replay_cached_answers(Conversation& conversation) {
    while (!conversation.is_finished()) {
      STUBKEEPER_ASSIGN(const auto cached, ledger_.cached_answer(conversation.key()));
      if (!cached) return {};
      conversation.process_cached_answer(*cached);
    }
    return {};
  }

  Result<std::int64_t> reserve(const Conversation& conversation, const CallBound& bound) {
    return ledger_.reserve(
        {conversation.task().entry_path, identity_, drafting_prompt().version, conversation.key(), bound});
  }

  void give_up(Conversation& conversation, Error error, DraftOutcome end) {
    conversation.fail(std::move(error));
    on_drafted_(conversation.finish(end));
  }

  const ModelIdentity& identity_;
  const std::optional<ModelPrice> price_;
  CallLedger& ledger_;
  EndpointHealth& health_;
  const ModelDrafterOptions options_;
  const std::function<std::optional<Task>()>& next_task_;
  const std::function<void(DraftedTask)>& on_drafted_;
  std::deque<std::unique_ptr<Conversation>> waiting_;  // begun, with nothing under way
  std::map<std::int64_t, Open> in_flight_;             // by the call's tag
  std::int64_t next_tag_ = 1;
};

}  // namespace

void EndpointHealth::record(const AnswerOrFailure& outcome) {
  const auto* failure = std::get_if<ModelFailure>(&outcome);
  if (failure == nullptr) {
    consecutive_failures_ = 0;
    return;
  }
  if (failure->kind == FailureKind::stopped || given_up_) return;
  ++consecutive_failures_;
  if (affects_every_request(failure->kind) || consecutive_failures_ >= max_consecutive_failures)
    given_up_ = failure->error;
}

ModelDrafter::ModelDrafter(Model& model, const PriceTable& prices, CallLedger& ledger,
                           std::function<bool()> keep_going, ModelDrafterOptions options)
    : model_(model),
      prices_(prices),
      ledger_(ledger),
      keep_going_(std::move(keep_going)),
      options_(options) {}

std::string drafter_name(const ModelIdentity& identity) {
  return fmt::format("{} ({}, prompt {})", identity.model, identity.protocol, drafting_prompt().version);
}

std::string ModelDrafter::name() const {
  return drafter_name(model_.identity());
}

Result<Draft> ModelDrafter::draft(const Task& task) {
  std::optional<Task> once = task;
  Result<Draft> result = Error{ErrorCode::busy, "the run was asked to stop", model_.identity().base_url, ""};
  draft_all([&] { return std::exchange(once, std::nullopt); },
            [&](DraftedTask drafted) {
              if (drafted.end == DraftOutcome::drafted) {
                result = std::move(drafted.draft);
              } else {
                result = std::move(drafted.error);
              }
            });
  return result;
}

void ModelDrafter::draft_all(const std::function<std::optional<Task>()>& next_task,
                             const std::function<void(DraftedTask)>& on_drafted) {
  DraftingSession session{
      model_.identity(), prices_.price_of(model_.identity()), ledger_, health_, options_, next_task,
      on_drafted};
  model_.complete([&] { return session.next_call(); },
                  [&](const ModelOutcome& outcome) { session.process(outcome); }, keep_going_);
  session.stop();
}

}  // namespace stubkeeper::llm
