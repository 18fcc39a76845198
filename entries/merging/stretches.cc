#include "entries/merging/stretches.h"

#include <algorithm>
#include <optional>

namespace stubkeeper::entries {
namespace {

constexpr std::string_view line_ends = "\r\n";

// What a unit says, without the line ends and blank lines behind it: they depend on its neighbours.
std::string_view said(std::string_view unit) {
  const std::size_t last = unit.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? unit.substr(0, 0) : unit.substr(0, last + 1);
}

std::string_view behind(std::string_view unit) {
  return unit.substr(said(unit).size());
}

Units taken(const Units& units, const UnitRange& range) {
  return {units.begin() + static_cast<std::ptrdiff_t>(range.begin),
          units.begin() + static_cast<std::ptrdiff_t>(range.end)};
}

bool same(const Units& a, const Units& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](std::string_view x, std::string_view y) { return said(x) == said(y); });
}

std::string joined(const Units& units) {
  std::string text;
  for (const std::string_view unit : units) text += unit;
  return text;
}

bool says(const Units& units, std::string_view unit) {
  return std::any_of(units.begin(), units.end(),
                     [&](std::string_view each) { return said(each) == said(unit); });
}

// A text that something else is going to follow: with a line end, and with an empty line where the two would
// run together.
std::string followed(std::string text, std::string_view next) {
  if (text.empty() || next.empty()) return text;
  if (text.find_last_of(line_ends) != text.size() - 1) text += '\n';
  const bool item = next.starts_with("- ") || next.starts_with("* ") || next.starts_with("+ ") ||
                    next.starts_with("|") || next.starts_with(" ");
  if (!item && !text.ends_with("\n\n") && !text.ends_with("\n\r\n")) text += '\n';
  return text;
}

// Units without those that another side says already.
Units without(Units units, const Units& said_already) {
  std::erase_if(units, [&](std::string_view unit) { return says(said_already, unit); });
  return units;
}

// Both sides inserted here and nobody took anything away: what one has of the other's already is not said
// twice.
std::string both_insertions(const Units& ours, const Units& theirs) {
  const Units left = without(theirs, ours);
  if (left.empty()) return joined(ours);
  return followed(joined(ours), left.front()) + joined(left);
}

// Where `side` only put something before or behind what the base has here, the place of the base's own units
// in it.
std::optional<std::size_t> place_of_base(const Units& base, const Units& side) {
  if (base.empty() || side.size() <= base.size()) return std::nullopt;
  for (const std::size_t begin : {std::size_t{0}, side.size() - base.size()}) {
    if (same(base, taken(side, {begin, begin + base.size()}))) return begin;
  }
  return std::nullopt;
}

// What one side put around the base's units, put around what the other side made of them. What both put there
// is not said twice.
std::string around(const Units& inserting, std::size_t begin, std::size_t base_size, const Units& other) {
  std::string text = joined(without(taken(inserting, {0, begin}), other));
  const Units after = without(taken(inserting, {begin + base_size, inserting.size()}), other);
  for (std::size_t i = 0; i < other.size(); ++i) {
    const bool last = i + 1 == other.size();
    // Blank lines behind the last one are those that the insertion was made with.
    text += last && !after.empty()
                ? std::string{said(other[i])} + std::string{behind(inserting[begin + base_size - 1])}
                : std::string{other[i]};
  }
  return text + joined(after);
}

// The unit that both sides have, with the blank lines of the side that changed them.
std::string_view unchanged(std::string_view base, std::string_view ours, std::string_view theirs) {
  return ours == base ? theirs : ours;
}

// Units changed one by one: neighbours that the one and the other changed. Only those that both changed are
// conflicts.
std::string one_by_one(const Units& base, const Units& ours, const Units& theirs, const std::string& place,
                       const ConflictHandling& handling) {
  std::string text;
  for (std::size_t i = 0; i < base.size(); ++i) {
    const bool ours_changed = said(base[i]) != said(ours[i]);
    const bool theirs_changed = said(base[i]) != said(theirs[i]);
    if (ours_changed && theirs_changed && said(ours[i]) != said(theirs[i])) {
      text += handling.settle({place, std::string{base[i]}, std::string{ours[i]}, std::string{theirs[i]}});
    } else {
      text += ours_changed ? ours[i] : theirs_changed ? theirs[i] : unchanged(base[i], ours[i], theirs[i]);
    }
  }
  return text;
}

std::string merge_stretch(const Units& base, const Units& ours, const Units& theirs, const std::string& place,
                          const ConflictHandling& handling) {
  if (same(ours, theirs) || same(base, theirs)) return joined(ours);
  if (same(base, ours)) return joined(theirs);
  if (base.empty()) return both_insertions(ours, theirs);
  if (base.size() == ours.size() && base.size() == theirs.size())
    return one_by_one(base, ours, theirs, place, handling);
  if (const auto begin = place_of_base(base, ours)) return around(ours, *begin, base.size(), theirs);
  if (const auto begin = place_of_base(base, theirs)) return around(theirs, *begin, base.size(), ours);
  return handling.settle({place, joined(base), joined(ours), joined(theirs)});
}

Units what_they_say(const Units& units) {
  Units texts;
  for (const std::string_view unit : units) texts.push_back(said(unit));
  return texts;
}

}  // namespace

std::string ConflictHandling::settle(MergeConflict conflict) const {
  if (prefer == Prefer::ours) return std::move(conflict.ours);
  if (prefer == Prefer::theirs) return std::move(conflict.theirs);
  if (prefer == Prefer::both_marked) {
    const auto line = [](std::string text) {
      if (!text.empty() && text.back() != '\n') text += '\n';
      return text;
    };
    return line(std::string{our_mark}) + line(std::move(conflict.ours)) + line(std::string{middle_mark}) +
           line(std::move(conflict.theirs)) + line(std::string{their_mark});
  }
  conflicts.push_back(std::move(conflict));
  return "";
}

std::string merge_units(const Units& base, const Units& ours, const Units& theirs, const std::string& place,
                        const ConflictHandling& handling) {
  std::string merged;
  const auto append = [&](const std::string& text) {
    // Only what was at a page's end can lack its line end.
    if (!merged.empty() && !text.empty() && merged.find_last_of(line_ends) != merged.size() - 1)
      merged = followed(merged, text);
    merged += text;
  };
  for (const Stretch& stretch : diff3(what_they_say(base), what_they_say(ours), what_they_say(theirs))) {
    const Units b = taken(base, stretch.base);
    const Units o = taken(ours, stretch.ours);
    const Units t = taken(theirs, stretch.theirs);
    if (stretch.stable) {
      append(std::string{unchanged(b.front(), o.front(), t.front())});
    } else {
      append(merge_stretch(b, o, t, place, handling));
    }
  }
  return merged;
}

}  // namespace stubkeeper::entries
