#pragma once

#include <string_view>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// The changes and entries of an answer that is valid by drafting_answer_schema(), as edits. Its
// texts become Markdown that shows the same characters and does nothing; sources are linked from
// the task, other pages by the task's references, and a new entry's path is made of its title: none
// of these is taken from the answer. `unusable` are changes that name a block that cannot be
// replaced, an impossible date or an unknown id. Changes count even where the verdict says that
// there is nothing new.
Draft parse_changes(const Task& task, std::string_view answer);

// Adds the changes and entries of one draft to another.
void append(Draft& draft, Draft other);

}  // namespace stubkeeper::llm
