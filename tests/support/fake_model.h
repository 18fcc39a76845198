#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "llm/model.h"

namespace stubkeeper::testing {

// One call, to its end.
inline llm::ModelOutcome complete_one(llm::Model& model, const llm::ModelRequest& request) {
  std::optional<llm::ModelCall> call{llm::ModelCall{0, request}};
  llm::ModelOutcome outcome;
  model.complete([&] { return std::exchange(call, std::nullopt); },
                 [&](llm::ModelOutcome given) { outcome = std::move(given); }, [] { return true; });
  return outcome;
}

// A model that says what it is told to, one call after the other, and remembers what it was asked.
class FakeModel final : public llm::Model {
 public:
  using Reply = std::function<llm::AnswerOrFailure(const llm::ModelRequest&)>;
  explicit FakeModel(Reply reply) : reply_(std::move(reply)) {}

  // Gives these texts as complete answers, each used 100 tokens of prompt and 10 of answer; after the last
  // one it answers with an empty text.
  static FakeModel saying(std::deque<std::string> texts) {
    return FakeModel{[texts = std::move(texts)](const llm::ModelRequest&) mutable {
      llm::ModelAnswer answer;
      answer.usage = llm::TokenUsage{100, 0, 0, 10, 0};
      if (!texts.empty()) {
        answer.text = texts.front();
        texts.pop_front();
      }
      return answer;
    }};
  }

  const llm::ModelIdentity& identity() const override { return identity_; }

  void complete(const std::function<std::optional<llm::ModelCall>()>& next_call,
                const std::function<void(llm::ModelOutcome)>& on_outcome,
                const std::function<bool()>& keep_going) override {
    while (keep_going()) {
      const auto call = next_call();
      if (!call) return;
      requests_.push_back(call->request);
      on_outcome({call->tag, 1, reply_(call->request)});
    }
  }

  const std::vector<llm::ModelRequest>& requests() const { return requests_; }

 private:
  llm::ModelIdentity identity_{"chat_completions", "http://model.example/v1", "fake"};
  Reply reply_;
  std::vector<llm::ModelRequest> requests_;
};

}  // namespace stubkeeper::testing
