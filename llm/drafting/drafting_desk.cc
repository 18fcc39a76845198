#include "llm/drafting/drafting_desk.h"

#include <utility>

#include "llm/drafting/prompt.h"

namespace stubkeeper::llm {

DraftingDesk::DraftingDesk(const ModelIdentity& identity, std::optional<ModelPrice> price, CallBooks& books,
                           EndpointHealth& health, ModelDrafterOptions options,
                           const std::function<std::optional<Task>()>& next_task,
                           const std::function<void(DraftedTask)>& on_drafted)
    : identity_(identity),
      price_(price),
      books_(books),
      health_(health),
      options_(options),
      next_task_(next_task),
      on_drafted_(on_drafted) {}

std::optional<ModelCall> DraftingDesk::next_call() {
  while (std::unique_ptr<Dialog> dialog = next_dialog()) {
    if (Status known = answer_from_what_was_kept(*dialog); !known.ok()) dialog->fail(known.error());
    if (dialog->over()) {
      on_drafted_(dialog->finish());
      continue;
    }
    if (health_.given_up()) {
      give_up(*dialog, *health_.given_up(), DraftEnd::given_up);
      continue;
    }
    const CallBound bound = bound_of(dialog->request(), price_);
    const Result<std::int64_t> booked = reserve(*dialog, bound);
    if (booked.ok()) {
      ModelCall call{next_tag_++, dialog->request()};
      under_way_.emplace(call.tag, Open{std::move(dialog), *booked, bound});
      return call;
    }
    const bool over_budget = booked.error().code == ErrorCode::limit;
    if (over_budget && !under_way_.empty()) {
      waiting_.push_front(std::move(dialog));
      return std::nullopt;
    }
    give_up(*dialog, booked.error(), over_budget ? DraftEnd::out_of_budget : DraftEnd::given_up);
  }
  return std::nullopt;
}

void DraftingDesk::take(const ModelOutcome& outcome) {
  auto node = under_way_.extract(outcome.tag);
  if (node.empty()) return;
  Open open = std::move(node.mapped());
  health_.note(outcome.result);
  std::optional<KeptAnswer> to_keep;
  const auto* failure = std::get_if<ModelFailure>(&outcome.result);
  if (failure == nullptr) to_keep = open.dialog->take(std::get<ModelAnswer>(outcome.result));
  const Settlement settlement = settle(outcome.result, open.bound, price_);
  open.dialog->count_tokens(settlement.tokens);
  const Status settled = books_.settle(open.booked, settlement, outcome, to_keep);
  if (!settled.ok()) return give_up(*open.dialog, settled.error(), DraftEnd::failed);
  if (failure != nullptr) {
    const DraftEnd end = failure->kind == FailureKind::stopped ? DraftEnd::stopped
                         : health_.given_up()                  ? DraftEnd::given_up
                                                               : DraftEnd::failed;
    return give_up(*open.dialog, failure->error, end);
  }
  if (open.dialog->over()) {
    on_drafted_(open.dialog->finish());
  } else {
    waiting_.push_back(std::move(open.dialog));
  }
}

void DraftingDesk::stop() {
  for (auto& dialog : std::exchange(waiting_, {}))
    give_up(*dialog, {ErrorCode::busy, "the run was asked to stop", identity_.base_url, ""},
            DraftEnd::stopped);
}

std::unique_ptr<Dialog> DraftingDesk::next_dialog() {
  if (!waiting_.empty()) {
    std::unique_ptr<Dialog> dialog = std::move(waiting_.front());
    waiting_.pop_front();
    return dialog;
  }
  std::optional<Task> task = next_task_();
  return task ? std::make_unique<Dialog>(identity_, *std::move(task), options_) : nullptr;
}

Status DraftingDesk::answer_from_what_was_kept(Dialog& dialog) {
  while (!dialog.over()) {
    STUBKEEPER_ASSIGN(const auto kept, books_.kept_answer(dialog.key()));
    if (!kept) return {};
    dialog.take_kept(*kept);
  }
  return {};
}

Result<std::int64_t> DraftingDesk::reserve(const Dialog& dialog, const CallBound& bound) {
  BookedCall booked;
  booked.entry_path = dialog.task().entry_path;
  booked.identity = identity_;
  booked.prompt_version = drafting_prompt().version;
  booked.request_sha256 = dialog.key();
  booked.bound = bound;
  return books_.reserve(booked);
}

void DraftingDesk::give_up(Dialog& dialog, Error error, DraftEnd end) {
  dialog.fail(std::move(error));
  on_drafted_(dialog.finish(end));
}

}  // namespace stubkeeper::llm
