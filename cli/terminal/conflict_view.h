#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entries/merge.h"
#include "kb/export/conflicts.h"

namespace stubkeeper::cli {

// The number of a conflict's id ("c12"), or nothing for another word.
std::optional<kb::Id> parse_conflict_id(std::string_view word);

// One aligned line, as format_change_line gives for a change.
Result<std::string> format_conflict_line(kb::Store& store, const kb::Conflict& conflict, std::size_t path_width);

// What a reviewer sees: what happened to the file, and each place with its three texts, who changed the
// store's, and what of the file's was quoted otherwise. Safe to print.
Result<std::string> conflict_view(kb::Store& store, const kb::Conflict& conflict);
Result<nlohmann::ordered_json> conflict_json(kb::Store& store, const kb::Conflict& conflict);

// All three texts of each place, moved to the right.
std::string format_hunks(const std::vector<entries::MergeConflict>& places);

// The text that a person edits to settle a conflict: both texts between marks where the two differ.
Result<std::string> text_with_conflict_markers(kb::Store& store, const kb::Conflict& conflict);
// The page that came back of an editor, which gives texts without their last line end.
std::string ensure_final_newline(std::string text);
// The line, from 1, of the first such mark in a text; 0 where it has none.
std::size_t first_conflict_marker_line(std::string_view text);
// Whether a text still has such marks.
bool has_conflict_markers(std::string_view text);

}  // namespace stubkeeper::cli
