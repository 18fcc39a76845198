#pragma once

#include <functional>
#include <optional>

#include "llm/drafter.h"
#include "llm/drafting/call_ledger.h"
#include "llm/drafting/conversation.h"
#include "llm/model.h"
#include "llm/prices/price_table.h"

namespace stubkeeper::llm {

// Whether an endpoint is worth asking further in this run. It is not after one failure that every
// request would meet (no connection after all retries, no accepted key, no credit, another address,
// asked to be left alone for long), nor after three failed calls in a row.
class EndpointHealth {
 public:
  void record(const AnswerOrFailure& outcome);
  // The error that decided against it.
  const std::optional<Error>& given_up() const { return given_up_; }

 private:
  int consecutive_failures_ = 0;
  std::optional<Error> given_up_;
};

// Drafts by a model (llm/prompts/draft.md), each task as a Conversation. The draft is not trusted:
// see verifier.h. Calls of several tasks are under way together, as many as the model makes at
// once. Each is reserved before it is sent and settled after it; a cached answer to the same
// request costs nothing. Once the endpoint is given up, nothing more is sent; a task that the
// budget does not reach is given up, and the next one is tried. `model`, `prices` and `ledger` must
// outlive it; `keep_going` is asked often.
class ModelDrafter final : public Drafter {
 public:
  ModelDrafter(Model& model, const PriceTable& prices, CallLedger& ledger, std::function<bool()> keep_going,
               ModelDrafterOptions options = {});

  // "gpt-4.1-mini (chat_completions, prompt 1)"
  std::string name() const override;
  Result<Draft> draft(const Task& task) override;
  void draft_all(const std::function<std::optional<Task>()>& next_task,
                 const std::function<void(DraftedTask)>& on_drafted) override;

 private:
  Model& model_;
  const PriceTable& prices_;
  CallLedger& ledger_;
  std::function<bool()> keep_going_;
  ModelDrafterOptions options_;
  EndpointHealth health_;
};

// The name of a model's drafts in history.
std::string drafter_name(const ModelIdentity& identity);

}  // namespace stubkeeper::llm
