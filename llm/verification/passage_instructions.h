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
  // document; where `shared_context`, one anywhere in the task. "" where there is none.
  std::string find_for_quotes(const std::vector<CitedQuote>& quotes, bool shared_context);

 private:
  struct Found {
    const TaskPassage* passage = nullptr;
    Instruction instruction = Instruction::none;
    std::string text;
  };
  const std::vector<Found>& found();

  const Task& task_;
  std::vector<Found> found_;
  bool scanned_ = false;
};

}  // namespace stubkeeper::llm
