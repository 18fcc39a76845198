#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

// A place that both sides changed in different ways.
struct MergeConflict {
  std::string place;  // for people: "front matter: description", or the part of the block
  std::string base;
  std::string ours;
  std::string theirs;
};

// A merged page; without bytes where there are conflicts.
struct MergeResult {
  std::string bytes;
  std::vector<MergeConflict> conflicts;
  bool clean() const { return conflicts.empty(); }
};

// The text for a place that both changed: neither's (a conflict), one's, as a person decided, or both's
// between marks, for a person to edit.
enum class MergePreference { neither, ours, theirs, both_with_markers };

// The lines of both_with_markers above, between and below the two texts.
inline constexpr std::string_view ours_conflict_marker = "<<<<<<< in the store";
inline constexpr std::string_view conflict_separator = "=======";
inline constexpr std::string_view theirs_conflict_marker = ">>>>>>> on disk";

// Merges two changes of a page: diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007) over
// the body's blocks, each with the blank lines after it, and over front matter by field.
//
// A change of one side is taken. A change of both alike is taken once. Blocks inserted at one place are kept,
// ours before theirs, each once. Of two dates of a front-matter field the later is taken. All else is a
// conflict, unless a preference decides. A page that one side alone changed has that side's bytes: merge(b, b,
// t) is t and merge(b, o, b) is o, for any bytes.
MergeResult merge_pages(std::string_view base, std::string_view ours, std::string_view theirs,
                        MergePreference preference = MergePreference::neither);

}  // namespace stubkeeper::entries
