#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// How much a text reads like an instruction to a machine.
enum class Instruction {
  none,
  possible,  // it has words that such instructions have; texts about language models have them too
  plain,     // it asks a machine to forget its instructions, or dictates its answer
};

// By phrases of recorded attacks, searched as quotes are (normalized_text.h), so that characters
// without width between the letters hide nothing.
Instruction detect_instruction(std::string_view text);

// Any of the two.
bool looks_like_instruction(std::string_view text);

// The texts of a task that read like instructions to a machine. Read when first asked. Borrows the
// task.
class PassageInstructions {
 public:
  explicit PassageInstructions(const Task& task) : task_(task) {}

  // The beginning of the text that a reviewer of a change with quotes of these passages should know
  // of: one of them that reads like an instruction; a plain instruction in another passage, or the
  // title, of the same document; where `shared_context`, one anywhere in the task. "" where there
  // is none.
  std::string find(const std::vector<const TaskPassage*>& quoted, bool shared_context);

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
