#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "llm/drafting/call_ledger.h"
#include "llm/drafting/conversation.h"
#include "llm/drafting/endpoint_health.h"
#include "llm/prices/price_table.h"

namespace stubkeeper::llm {

// Where many tasks' dialogs with one model are led at once: it gives the model its next call, and each dialog
// its answer. Every call is reserved in the books right before it is given out and settled when it came back.
// A call that the budget does not reach while others are under way waits for what they leave of their
// reservations.
class DraftingSession {
 public:
  DraftingSession(const ModelIdentity& identity, std::optional<ModelPrice> price, CallLedger& ledger,
               EndpointHealth& health, ModelDrafterOptions options,
               const std::function<std::optional<Task>()>& next_task,
               const std::function<void(DraftedTask)>& on_drafted);

  // For Model::complete().
  std::optional<ModelCall> next_call();
  void process(const ModelOutcome& outcome);
  // What was begun and cannot go on, because the run was asked to stop.
  void stop();

 private:
  struct Open {
    std::unique_ptr<Conversation> conversation;
    std::int64_t reservation = 0;  // the call's number in the books
    CallBound bound;
  };

  std::unique_ptr<Conversation> next_conversation();
  Status replay_cached_answers(Conversation& conversation);
  Result<std::int64_t> reserve(const Conversation& conversation, const CallBound& bound);
  void go_on(std::unique_ptr<Conversation> conversation);
  void give_up(Conversation& conversation, Error error, DraftOutcome end);

  const ModelIdentity& identity_;
  const std::optional<ModelPrice> price_;
  CallLedger& ledger_;
  EndpointHealth& health_;
  const ModelDrafterOptions options_;
  const std::function<std::optional<Task>()>& next_task_;
  const std::function<void(DraftedTask)>& on_drafted_;
  std::deque<std::unique_ptr<Conversation>> waiting_;  // begun, with nothing under way
  std::map<std::int64_t, Open> in_flight_;       // by the call's tag
  std::int64_t next_tag_ = 1;
};

}  // namespace stubkeeper::llm
