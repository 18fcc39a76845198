#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/terminal/keyboard.h"
#include "review/item.h"

namespace stubkeeper::cli {

// What the keys of the review do, one a line.
extern const char* const key_help;

// What is said to a key that does nothing to the change on screen: to one that is none, and the help; "" for
// a key that does something.
std::string key_message(const Key& key);

// Whether a key decides about the change on screen, and so does nothing to one that is decided.
bool is_decision_key(const Key& key);

// Keys that " · " stands between, in lines of at most `columns` columns; a longer one has a line to itself.
std::vector<std::string> wrap_keys(const std::string& keys, int columns);
// The keys as they stand below a change, in lines of at most `columns` columns: with the number of unflagged
// changes of its entry that wait where there is more than one, and without what cannot be done with it.
std::vector<std::string> format_keys(const review::ReviewItem& item, std::size_t unflagged, int columns);
// The same below a change that waits no more: the ways on from it.
std::vector<std::string> format_keys_of_decided(int columns);

}  // namespace stubkeeper::cli
