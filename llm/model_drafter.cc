#include "llm/model_drafter.h"

#include <fmt/format.h>

#include <utility>

#include "llm/drafting/drafting_session.h"
#include "llm/drafting/prompt.h"

namespace stubkeeper::llm {

ModelDrafter::ModelDrafter(Model& model, const PriceTable& prices, CallLedger& ledger,
                           std::function<bool()> keep_going, ModelDrafterOptions options)
    : model_(model), prices_(prices), ledger_(ledger), keep_going_(std::move(keep_going)), options_(options) {}

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
              result = drafted.end == DraftOutcome::drafted ? Result<Draft>{std::move(drafted.draft)}
                                                        : Result<Draft>{std::move(drafted.error)};
            });
  return result;
}

void ModelDrafter::draft_all(const std::function<std::optional<Task>()>& next_task,
                             const std::function<void(DraftedTask)>& on_drafted) {
  DraftingSession session{
      model_.identity(), prices_.price_of(model_.identity()), ledger_, health_, options_, next_task,
      on_drafted};
  model_.complete([&] { return session.next_call(); }, [&](const ModelOutcome& outcome) { session.process(outcome); },
                  keep_going_);
  session.stop();
}

}  // namespace stubkeeper::llm
