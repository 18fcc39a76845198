#pragma once

#include <string>

#include "cli/serve/markup.h"
#include "kb/store/store.h"

namespace stubkeeper::cli {

// What has some words beside the changes that wait: changes that wait no more, and entries, by path, title or
// text (ASCII letters in any case). At most fifty of each. Entries' texts are read until so many are found.
Result<Markup> search_outside_queue(kb::Store& store, const std::string& words);

}  // namespace stubkeeper::cli
