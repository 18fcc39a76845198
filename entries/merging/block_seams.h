#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::entries {

// Two blocks of Markdown, as texts without the blank lines after them, one after the other.

// Whether they need no empty line between them: items of a list, or rows of a table.
bool go_together(std::string_view before, std::string_view after);

// Whether, with an empty line between them, each is still read as what it is by itself. An indented code block
// below a list item is not: it becomes text of the item (CommonMark 5.2).
bool stay_apart(std::string_view before, std::string_view after);

// Whether a block is an item of a list, at any depth.
bool is_list_item(std::string_view block);

// A block, with its blank lines, that `after` is going to follow: its line is ended, and an empty line is there
// where they do not go together.
std::string separate_blocks(std::string_view before, std::string_view after);

}  // namespace stubkeeper::entries
