#pragma once

#include <functional>

#include "llm/drafter.h"
#include "llm/drafting/call_ledger.h"
#include "llm/drafting/conversation.h"
#include "llm/drafting/endpoint_health.h"
#include "llm/model.h"
#include "llm/prices/price_table.h"

namespace stubkeeper::llm {

// Drafts by a model (llm/prompts/draft.md): how one task is asked says dialog.h. What it gives back is not
// trusted: see verifier.h. Of several tasks the calls are under way together, as many as the model makes at
// once; every call is reserved before it is sent and settled after it, and what was kept of the same request
// is taken in its place, at no cost. Once the endpoint is given up (endpoint_health.h), nothing more is
// sent; a task that the budget does not reach is given up, and the next one is tried. `model`, `prices` and
// `books` must outlive it; `keep_going` is asked often.
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
