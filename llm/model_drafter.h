#pragma once

#include <functional>
#include <vector>

#include "llm/answer_schema.h"
#include "llm/drafter.h"
#include "llm/drafting/call_books.h"
#include "llm/model.h"
#include "llm/prices/price_table.h"

namespace stubkeeper::llm {

struct ModelDrafterOptions {
  std::int64_t most_output_tokens = 4'000;  // doubled once where an answer is cut off
  std::size_t most_passage_bytes = 40'000;  // of one request; more passages make more requests
};

// Drafts by a model (llm/prompts/draft.md). What it gives back is not trusted: see verifier.h. A task is
// asked in parts where its passages are long, split between passages. For each part:
//   - an answer that was kept for the same request is taken, and costs nothing;
//   - an answer that is not valid is asked for once more with what was wrong, a cut-off one once more with
//   twice the
//     room; a second cut-off splits the part's passages in half;
//   - a refusal is taken as no change and counted, not asked again;
//   - a failure, or a second invalid answer, ends the task with its error.
// Every call is reserved before it is sent and settled after it. `model`, `prices` and `books` must outlive
// it.
class ModelDrafter final : public Drafter {
 public:
  ModelDrafter(Model& model, const PriceTable& prices, CallBooks& books, std::function<bool()> keep_going,
               ModelDrafterOptions options = {});

  // "gpt-4.1-mini (chat_completions, prompt 1)"
  std::string name() const override;
  Result<Draft> draft(const Task& task) override;

 private:
  using Passages = std::vector<std::size_t>;  // by their place in the task

  struct Asked {
    Finish finish = Finish::complete;
    CheckedAnswer answer;  // of a complete one
  };

  Status draft_part(const Task& task, const Passages& passages, std::int64_t room, Draft& draft);
  Status split(const Task& task, const Passages& passages, std::int64_t room, Draft& draft);
  // `key` is the hash of the part's first request: a second try at it answers the same.
  Result<Asked> ask(const Task& task, const ModelRequest& request, const std::string& key, Draft& draft);
  std::vector<Passages> parts_of(const Task& task) const;

  Model& model_;
  const PriceTable& prices_;
  CallBooks& books_;
  std::function<bool()> keep_going_;
  ModelDrafterOptions options_;
};

}  // namespace stubkeeper::llm
