#pragma once

#include <memory>

#include "llm/verification/claim.h"

namespace stubkeeper::llm {

// What an entry and the passages of a task state, read once where claims are held against it. Borrows the
// task.
class Contradictions {
 public:
  explicit Contradictions(const Task& task);
  ~Contradictions();
  Contradictions(const Contradictions&) = delete;
  Contradictions& operator=(const Contradictions&) = delete;

  // Flags a claim that something else speaks against, with both: another figure or date for the same in the
  // entry, in a passage of the task, or in a fact line of the same name; a verdict that does not speak of a
  // quote that refutes it.
  void look_for(const Claim& claim, FlagList& flags);

 private:
  struct Known;
  const Task& task_;
  std::unique_ptr<Known> known_;
};

}  // namespace stubkeeper::llm
