#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "kb/records.h"
#include "kb/store.h"

namespace stubkeeper::cli {

// A change as a reviewer sees it: place, difference in words, why, each quote with its source and dates,
// flags with what to check. Text from outside is made safe to print. With `colour`, removed words are red and
// struck, added ones green; without, they stand in [-...-] and {+...+}.
Result<std::string> change_view(kb::Store& store, const kb::Change& change, bool colour);

// The same for scripts, with the hash that `review approve --seen` takes.
Result<nlohmann::ordered_json> change_json(kb::Store& store, const kb::Change& change);

// One aligned line: id, flag mark, entry, kind, and the beginning of the new text, cut to `columns`. The
// entry's path is padded to `path_width`.
Result<std::string> change_line(kb::Store& store, const kb::Change& change, int columns,
                                std::size_t path_width);

// What a flag asks the reviewer to check, in plain words.
std::string flag_meaning(const std::string& name);

}  // namespace stubkeeper::cli
