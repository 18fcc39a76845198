#include "entries/merging/merge_units.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "entries/markdown/lines.h"
#include "entries/merging/block_seams.h"

namespace stubkeeper::entries {
namespace {

// A unit without the line ends and blank lines after it, which depend on its neighbours.
std::string_view trim_end(std::string_view unit) {
  const std::size_t last = unit.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? unit.substr(0, 0) : unit.substr(0, last + 1);
}

std::string_view trailing_blanks(std::string_view unit) {
  return unit.substr(trim_end(unit).size());
}

Units slice(const Units& units, const UnitRange& range) {
  return {units.begin() + static_cast<std::ptrdiff_t>(range.begin),
          units.begin() + static_cast<std::ptrdiff_t>(range.end)};
}

bool equal_content(const Units& a, const Units& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](std::string_view x, std::string_view y) { return trim_end(x) == trim_end(y); });
}

std::string join(const Units& units) {
  std::string text;
  for (const std::string_view unit : units) text += unit;
  return text;
}

bool contains_unit(const Units& units, std::string_view unit) {
  return std::any_of(units.begin(), units.end(),
                     [&](std::string_view each) { return trim_end(each) == trim_end(unit); });
}

// Units without those that another side says already.
Units remove_units(Units units, const Units& present_units) {
  std::erase_if(units, [&](std::string_view unit) { return contains_unit(present_units, unit); });
  return units;
}

// Where `side` only put something before or after what the base has here, the place of the base's
// own units in it.
std::optional<std::size_t> find_base_position(const Units& base, const Units& side) {
  if (base.empty() || side.size() <= base.size()) return std::nullopt;
  for (const std::size_t begin : {std::size_t{0}, side.size() - base.size()}) {
    if (equal_content(base, slice(side, {begin, begin + base.size()}))) return begin;
  }
  return std::nullopt;
}

// The unit that both sides have, with the blank lines of the side that changed them.
std::string_view choose_unchanged(std::string_view base, std::string_view ours, std::string_view theirs) {
  return ours == base ? theirs : ours;
}

Units strip_trailing_blanks(const Units& units) {
  Units texts;
  for (const std::string_view unit : units) texts.push_back(trim_end(unit));
  return texts;
}

class UnitMerger {
 public:
  UnitMerger(const Units& base, const Units& ours, const Units& theirs, std::string place,
             const ConflictResolver& resolver)
      : base_(base), ours_(ours), theirs_(theirs), place_(std::move(place)), resolver_(resolver) {}

  // The merged units.
  struct Piece {
    std::string text;
    bool is_conflict = false;  // both texts between marks
  };
  std::vector<Piece> run() {
    for (const Chunk& chunk :
         diff3(strip_trailing_blanks(base_), strip_trailing_blanks(ours_), strip_trailing_blanks(theirs_))) {
      const Units b = slice(base_, chunk.base);
      const Units o = slice(ours_, chunk.ours);
      const Units t = slice(theirs_, chunk.theirs);
      next_ = chunk.base.end < base_.size() ? base_[chunk.base.end] : std::string_view{};
      if (chunk.stable) {
        append(choose_unchanged(b.front(), o.front(), t.front()));
      } else {
        merge_unstable_chunk(b, o, t);
      }
    }
    return std::move(pieces_);
  }

 private:
  void append(std::string_view unit) { pieces_.push_back({std::string{unit}}); }
  void append(const Units& units) {
    for (const std::string_view unit : units) append(unit);
  }

  void resolve(const Units& base, const Units& ours, const Units& theirs) {
    if (resolver_.preference == MergePreference::ours) return append(ours);
    if (resolver_.preference == MergePreference::theirs) return append(theirs);
    pieces_.push_back({resolver_.resolve({place_, join(base), join(ours), join(theirs)}), true});
  }

  // Both sides inserted here and nobody took anything away: what one has of the other's already is
  // not said twice. Ours come first, but for new items of a list that something else would part
  // from the list, or that would take it in.
  void merge_insertions(const Units& ours, const Units& theirs) {
    const Units others = remove_units(theirs, ours);
    const bool parts_list = !others.empty() && is_list_item(ours.back()) && !is_list_item(others.back()) &&
                            (is_list_item(next_) || !stay_apart(ours.back(), others.front()));
    append(parts_list ? others : ours);
    append(parts_list ? ours : others);
  }

  // The units that one side put around the base's, around those that the other side made of these.
  // Units that both put there come once.
  void merge_surrounding_insertions(const Units& inserting, std::size_t begin, std::size_t base_size,
                                    const Units& other) {
    append(remove_units(slice(inserting, {0, begin}), other));
    const Units after = remove_units(slice(inserting, {begin + base_size, inserting.size()}), other);
    for (std::size_t i = 0; i < other.size(); ++i) {
      // Blank lines after the last one are those that the insertion was made with.
      if (i + 1 < other.size() || after.empty()) {
        append(other[i]);
      } else {
        append(std::string{trim_end(other[i])} +
               std::string{trailing_blanks(inserting[begin + base_size - 1])});
      }
    }
    append(after);
  }

  // Units changed one by one: neighbours that the one and the other changed. Only those that both
  // changed are conflicts.
  void merge_unit_by_unit(const Units& base, const Units& ours, const Units& theirs) {
    for (std::size_t i = 0; i < base.size(); ++i) {
      const bool ours_changed = trim_end(base[i]) != trim_end(ours[i]);
      const bool theirs_changed = trim_end(base[i]) != trim_end(theirs[i]);
      if (ours_changed && theirs_changed && trim_end(ours[i]) != trim_end(theirs[i])) {
        resolve({base[i]}, {ours[i]}, {theirs[i]});
      } else {
        append(ours_changed     ? ours[i]
               : theirs_changed ? theirs[i]
                                : choose_unchanged(base[i], ours[i], theirs[i]));
      }
    }
  }

  void merge_unstable_chunk(const Units& base, const Units& ours, const Units& theirs) {
    if (equal_content(ours, theirs) || equal_content(base, theirs)) return append(ours);
    if (equal_content(base, ours)) return append(theirs);
    if (base.empty()) return merge_insertions(ours, theirs);
    if (base.size() == ours.size() && base.size() == theirs.size())
      return merge_unit_by_unit(base, ours, theirs);
    if (const auto begin = find_base_position(base, ours))
      return merge_surrounding_insertions(ours, *begin, base.size(), theirs);
    if (const auto begin = find_base_position(base, theirs))
      return merge_surrounding_insertions(theirs, *begin, base.size(), ours);
    resolve(base, ours, theirs);
  }

  const Units& base_;
  const Units& ours_;
  const Units& theirs_;
  const std::string place_;
  const ConflictResolver& resolver_;
  std::string_view next_;  // of the base, after the chunk
  std::vector<Piece> pieces_;
};

// The pairs of blocks that a side has one after the other, with the blank lines between them.
using Neighbours = std::map<std::pair<std::string_view, std::string_view>, std::string_view>;

Neighbours neighbours_of(const Units& units) {
  Neighbours neighbours;
  for (std::size_t i = 0; i + 1 < units.size(); ++i)
    neighbours[{trim_end(units[i]), trim_end(units[i + 1])}] = trailing_blanks(units[i]);
  return neighbours;
}

}  // namespace

std::string ConflictResolver::resolve(MergeConflict conflict) const {
  if (preference == MergePreference::ours) return std::move(conflict.ours);
  if (preference == MergePreference::theirs) return std::move(conflict.theirs);
  if (preference == MergePreference::both_with_markers) {
    const auto line = [](std::string text) {
      if (!text.empty() && text.back() != '\n') text += '\n';
      return text;
    };
    return line(std::string{ours_conflict_marker}) + line(std::move(conflict.ours)) +
           line(std::string{conflict_separator}) + line(std::move(conflict.theirs)) +
           line(std::string{theirs_conflict_marker});
  }
  conflicts.push_back(std::move(conflict));
  return "";
}

bool equal_lines(std::string_view a, std::string_view b) {
  const auto of_a = split_line_texts(a);
  const auto of_b = split_line_texts(b);
  return std::equal(
      of_a.begin(), of_a.end(), of_b.begin(), of_b.end(),
      [](std::string_view x, std::string_view y) { return strip_line_ending(x) == strip_line_ending(y); });
}

std::string merge_lines(const Units& base, const Units& ours, const Units& theirs, const std::string& place,
                        const ConflictResolver& resolver) {
  std::string merged;
  for (const auto& piece : UnitMerger{base, ours, theirs, place, resolver}.run()) {
    // Only what was at the end can lack its line end.
    if (!merged.empty() && !piece.text.empty() && !ends_with_line_ending(merged))
      merged += detect_line_ending(merged);
    merged += piece.text;
  }
  return merged;
}

std::string merge_blocks(const Units& base, const Units& ours, const Units& theirs,
                         const ConflictResolver& resolver) {
  const Neighbours our_neighbours = neighbours_of(ours);
  const Neighbours their_neighbours = neighbours_of(theirs);
  const auto pieces = UnitMerger{base, ours, theirs, "", resolver}.run();
  std::string merged;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::string& text = pieces[i].text;
    if (i + 1 == pieces.size() || pieces[i].is_conflict || pieces[i + 1].is_conflict) {
      merged += text;
      continue;
    }
    const std::string_view unit = trim_end(text);
    const std::string_view next = trim_end(pieces[i + 1].text);
    const auto in_ours = our_neighbours.find({unit, next});
    const auto in_theirs = their_neighbours.find({unit, next});
    const bool is_ours = in_ours != our_neighbours.end();
    const bool is_theirs = in_theirs != their_neighbours.end();
    if (is_ours && is_theirs) {
      merged += text;
    } else if (is_ours || is_theirs) {
      merged.append(unit).append(is_ours ? in_ours->second : in_theirs->second);
    } else {
      merged += separate_blocks(text, next);
      const bool join = !unit.empty() && !next.empty() && !go_together(unit, next) && !stay_apart(unit, next);
      if (join && resolver.preference == MergePreference::neither) {
        const bool first_is_ours = contains_unit(ours, unit);
        resolver.resolve(
            {"", "", std::string{first_is_ours ? unit : next}, std::string{first_is_ours ? next : unit}});
      }
    }
  }
  return merged;
}

}  // namespace stubkeeper::entries
