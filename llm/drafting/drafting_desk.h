#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "llm/drafting/call_books.h"
#include "llm/drafting/dialog.h"
#include "llm/drafting/endpoint_health.h"
#include "llm/prices/price_table.h"

namespace stubkeeper::llm {

// Where many tasks' dialogs with one model are led at once: it gives the model its next call, and each dialog
// its answer. Every call is reserved in the books right before it is given out and settled when it came back.
// A call that the budget does not reach while others are under way waits for what they leave of their
// reservations.
class DraftingDesk {
 public:
  DraftingDesk(const ModelIdentity& identity, std::optional<ModelPrice> price, CallBooks& books,
               EndpointHealth& health, ModelDrafterOptions options,
               const std::function<std::optional<Task>()>& next_task,
               const std::function<void(DraftedTask)>& on_drafted);

  // For Model::complete().
  std::optional<ModelCall> next_call();
  void take(const ModelOutcome& outcome);
  // What was begun and cannot go on, because the run was asked to stop.
  void stop();

 private:
  struct Open {
    std::unique_ptr<Dialog> dialog;
    std::int64_t booked = 0;  // the call's number in the books
    CallBound bound;
  };

  std::unique_ptr<Dialog> next_dialog();
  Status answer_from_what_was_kept(Dialog& dialog);
  Result<std::int64_t> reserve(const Dialog& dialog, const CallBound& bound);
  void go_on(std::unique_ptr<Dialog> dialog);
  void give_up(Dialog& dialog, Error error, DraftEnd end);

  const ModelIdentity& identity_;
  const std::optional<ModelPrice> price_;
  CallBooks& books_;
  EndpointHealth& health_;
  const ModelDrafterOptions options_;
  const std::function<std::optional<Task>()>& next_task_;
  const std::function<void(DraftedTask)>& on_drafted_;
  std::deque<std::unique_ptr<Dialog>> waiting_;  // begun, with nothing under way
  std::map<std::int64_t, Open> under_way_;       // by the call's tag
  std::int64_t next_tag_ = 1;
};

}  // namespace stubkeeper::llm
