#include "entries/merging/merge_units.h"

#include <algorithm>
#include <optional>

namespace stubkeeper::entries {
namespace {

constexpr std::string_view line_ends = "\r\n";

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

// A text that something else is going to follow: with a line end, and with an empty line where the
// two would run together.
std::string end_with_separator(std::string text, std::string_view next) {
  if (text.empty() || next.empty()) return text;
  if (text.find_last_of(line_ends) != text.size() - 1) text += '\n';
  const bool item = next.starts_with("- ") || next.starts_with("* ") || next.starts_with("+ ") ||
                    next.starts_with("|") || next.starts_with(" ");
  if (!item && !text.ends_with("\n\n") && !text.ends_with("\n\r\n")) text += '\n';
  return text;
}

// Units without those that another side says already.
Units remove_units(Units units, const Units& present_units) {
  std::erase_if(units, [&](std::string_view unit) { return contains_unit(present_units, unit); });
  return units;
}

// Both sides inserted here and nobody took anything away: what one has of the other's already is
// not said twice.
std::string merge_insertions(const Units& ours, const Units& theirs) {
  const Units left = remove_units(theirs, ours);
  if (left.empty()) return join(ours);
  return end_with_separator(join(ours), left.front()) + join(left);
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

// The units that one side put around the base's, around those that the other side made of these.
// Units that both put there come once.
std::string merge_surrounding_insertions(const Units& inserting, std::size_t begin, std::size_t base_size,
                                         const Units& other) {
  std::string text = join(remove_units(slice(inserting, {0, begin}), other));
  const Units after = remove_units(slice(inserting, {begin + base_size, inserting.size()}), other);
  for (std::size_t i = 0; i < other.size(); ++i) {
    const bool last = i + 1 == other.size();
    // Blank lines after the last one are those that the insertion was made with.
    text += last && !after.empty() ? std::string{trim_end(other[i])} +
                                         std::string{trailing_blanks(inserting[begin + base_size - 1])}
                                   : std::string{other[i]};
  }
  return text + join(after);
}

// The unit that both sides have, with the blank lines of the side that changed them.
std::string_view choose_unchanged(std::string_view base, std::string_view ours, std::string_view theirs) {
  return ours == base ? theirs : ours;
}

// Units changed one by one: neighbours that the one and the other changed. Only those that both
// changed are conflicts.
std::string merge_unit_by_unit(const Units& base, const Units& ours, const Units& theirs,
                               const std::string& place, const ConflictResolver& resolver) {
  std::string text;
  for (std::size_t i = 0; i < base.size(); ++i) {
    const bool ours_changed = trim_end(base[i]) != trim_end(ours[i]);
    const bool theirs_changed = trim_end(base[i]) != trim_end(theirs[i]);
    if (ours_changed && theirs_changed && trim_end(ours[i]) != trim_end(theirs[i])) {
      text += resolver.resolve({place, std::string{base[i]}, std::string{ours[i]}, std::string{theirs[i]}});
    } else {
      text += ours_changed     ? ours[i]
              : theirs_changed ? theirs[i]
                               : choose_unchanged(base[i], ours[i], theirs[i]);
    }
  }
  return text;
}

std::string merge_unstable_chunk(const Units& base, const Units& ours, const Units& theirs,
                                 const std::string& place, const ConflictResolver& resolver) {
  if (equal_content(ours, theirs) || equal_content(base, theirs)) return join(ours);
  if (equal_content(base, ours)) return join(theirs);
  if (base.empty()) return merge_insertions(ours, theirs);
  if (base.size() == ours.size() && base.size() == theirs.size())
    return merge_unit_by_unit(base, ours, theirs, place, resolver);
  if (const auto begin = find_base_position(base, ours))
    return merge_surrounding_insertions(ours, *begin, base.size(), theirs);
  if (const auto begin = find_base_position(base, theirs))
    return merge_surrounding_insertions(theirs, *begin, base.size(), ours);
  return resolver.resolve({place, join(base), join(ours), join(theirs)});
}

Units strip_trailing_blanks(const Units& units) {
  Units texts;
  for (const std::string_view unit : units) texts.push_back(trim_end(unit));
  return texts;
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

std::string merge_units(const Units& base, const Units& ours, const Units& theirs, const std::string& place,
                        const ConflictResolver& resolver) {
  std::string merged;
  const auto append = [&](const std::string& text) {
    // Only what was at a page's end can lack its line end.
    if (!merged.empty() && !text.empty() && merged.find_last_of(line_ends) != merged.size() - 1)
      merged = end_with_separator(merged, text);
    merged += text;
  };
  for (const Chunk& chunk :
       diff3(strip_trailing_blanks(base), strip_trailing_blanks(ours), strip_trailing_blanks(theirs))) {
    const Units b = slice(base, chunk.base);
    const Units o = slice(ours, chunk.ours);
    const Units t = slice(theirs, chunk.theirs);
    if (chunk.stable) {
      append(std::string{choose_unchanged(b.front(), o.front(), t.front())});
    } else {
      append(merge_unstable_chunk(b, o, t, place, resolver));
    }
  }
  return merged;
}

}  // namespace stubkeeper::entries
