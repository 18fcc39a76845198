#pragma once

#include <string>
#include <vector>

#include "llm/verification/claim.h"
#include "llm/verification/instructions.h"

namespace stubkeeper::llm {

// The texts of a task that read like instructions to a machine. Looked through once, when it is first asked.
// Borrows the task.
class PassageInstructions {
 public:
  explicit PassageInstructions(const Task& task) : task_(task) {}

  // The beginning of the text that a reviewer of a change with these quotes should know of: a quoted passage
  // that reads like an instruction; a plain instruction in another passage, or the title, of the same
  // document; where `read_together`, one anywhere in the task. "" where there is none.
  std::string beside(const std::vector<CitedQuote>& quotes, bool read_together);

 private:
  struct Found {
    const TaskPassage* passage = nullptr;
    Instruction instruction = Instruction::none;
    std::string text;
  };
  const std::vector<Found>& found();

  const Task& task_;
  std::vector<Found> found_;
  bool looked_ = false;
};

}  // namespace stubkeeper::llm
