#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

// A place that both sides changed in different ways.
struct MergeConflict {
  std::string place;  // for people: "front matter: description", or the part that the block stands in
  std::string base;
  std::string ours;
  std::string theirs;
};

// A page merged of two that come from one. Where there are conflicts, `bytes` is empty.
struct MergeResult {
  std::string bytes;
  std::vector<MergeConflict> conflicts;
  bool clean() const { return conflicts.empty(); }
};

// Which side's text is taken where both changed the same place: neither's, which is a conflict, or one's, as
// a person decided it, or both's between marks, for a person to edit.
enum class MergePreference { neither, ours, theirs, both_with_markers };

// The lines that both_with_markers puts above, between and below the two texts.
inline constexpr std::string_view ours_conflict_marker = "<<<<<<< in the store";
inline constexpr std::string_view conflict_separator = "=======";
inline constexpr std::string_view theirs_conflict_marker = ">>>>>>> on disk";

// Merges two changes of a page, block by block: diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of
// Diff3", 2007) over the blocks of the body with the blank lines behind each, and over the fields of the
// front matter by name.
//
// What only one side changed is taken from it. What both changed in the same way is taken once. Blocks that
// both inserted at one place are kept, ours before theirs, each once. Of dates that both moved (date fields
// of the front matter) the later one is taken. Everything else that both changed is a conflict: nothing is
// guessed, and nothing is lost. With a preference there are no conflicts:
// that side's text stands there, or both between marks. The bytes of a page that only one side changed are
// that side's, so merge(b, b, t) is t and merge(b, o, b) is o, for any bytes there are.
MergeResult merge_pages(std::string_view base, std::string_view ours, std::string_view theirs,
                  MergePreference preference = MergePreference::neither);

}  // namespace stubkeeper::entries
