#pragma once

#include <string_view>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// What a model's answer proposes, as edits.
struct ParsedChanges {
  std::vector<DraftedChange> changes;
  std::vector<DraftedEntry> entries;
  int unusable = 0;  // changes that name a block that cannot be replaced, an impossible date, an unknown id
};

// Reads an answer that is valid by drafting_answer_schema(). Its texts become Markdown that shows the same
// characters and does nothing; sources are linked from the task, other pages by the task's references, and a
// new entry's path is made of its title: none of these is ever taken from the answer. Changes come even where
// the verdict says that there is nothing new: they say more than it.
ParsedChanges parse_changes(const Task& task, std::string_view answer);

}  // namespace stubkeeper::llm
