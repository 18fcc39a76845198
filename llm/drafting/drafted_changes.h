#pragma once

#include <string_view>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// The changes of a model's answer, as edits.
struct ReadChanges {
  std::vector<DraftedChange> changes;
  int unusable = 0;  // changes that name a block that cannot be replaced, or an impossible date
};

// Reads an answer that is valid by drafting_answer_schema(). Its texts become Markdown that shows the same
// characters and does nothing; sources are linked from the task, never from the answer. Changes come even
// where the verdict says that there is nothing new: they say more than it.
ReadChanges read_changes(const Task& task, std::string_view answer);

}  // namespace stubkeeper::llm
