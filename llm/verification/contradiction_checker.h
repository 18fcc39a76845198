#pragma once

#include <memory>

#include "llm/verification/claim.h"

namespace stubkeeper::llm {

// What an entry and the passages of a task state, read once where claims are held against it. Borrows the
// task.
class ContradictionChecker {
 public:
  explicit ContradictionChecker(const Task& task);
  ~ContradictionChecker();
  ContradictionChecker(const ContradictionChecker&) = delete;
  ContradictionChecker& operator=(const ContradictionChecker&) = delete;

  // Flags a claim that something else speaks against, with both: another figure or date for the same in the
  // entry, in a passage of the task, or in a fact line of the same name; a verdict that does not speak of a
  // quote that refutes it.
  void check(const Claim& claim, FlagList& flags);

 private:
  struct Known;
  const Task& task_;
  std::unique_ptr<Known> known_;
};

}  // namespace stubkeeper::llm
