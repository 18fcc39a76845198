#include "entries/merging/fields.h"

#include <algorithm>
#include <set>

#include "entries/markdown/lines.h"
#include "entries/merging/stretches.h"

namespace stubkeeper::entries {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// The name of the field that a line begins, "" where it begins none.
std::string field_begun_by(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && is_name_character(line[end])) ++end;
  if (end == 0 || end == line.size() || line[end] != ':' || line.front() == '-') return "";
  const bool parted = end + 1 == line.size() || line[end + 1] == ' ' || line[end + 1] == '\t' ||
                      line[end + 1] == '\r' || line[end + 1] == '\n';
  return parted ? std::string{line.substr(0, end)} : "";
}

bool belongs_to_field_above(std::string_view line) {
  return line.empty() || line.front() == ' ' || line.front() == '\t' || line.front() == '-' ||
         line.front() == '#' || line.front() == '\n' || line.front() == '\r';
}

Units lines_of(std::string_view text) {
  Units units;
  for (const Line& line : split_lines(text)) units.push_back(text.substr(line.begin, line.end - line.begin));
  return units;
}

const FieldLines* find(const std::vector<FieldLines>& fields, std::string_view name) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const FieldLines& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

// The day in a line of a date field ("lastmod: 2026-05-07"), or "".
std::string_view day_in(std::string_view lines) {
  const std::size_t colon = lines.find(':');
  std::string_view value = trimmed(lines.substr(colon == std::string_view::npos ? lines.size() : colon + 1));
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) value.remove_prefix(1);
  value = value.substr(0, 10);
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (i == 4 || i == 7 ? value[i] != '-' : value[i] < '0' || value[i] > '9') return {};
  }
  return value.size() == 10 ? value : std::string_view{};
}

class FieldMerge {
 public:
  FieldMerge(const std::vector<FieldLines>& base, const std::vector<FieldLines>& ours,
             const std::vector<FieldLines>& theirs, const ConflictHandling& handling)
      : base_(base), ours_(ours), theirs_(theirs), handling_(handling) {}

  // In the order of their fields; a field that only we have stands behind the one that it stands behind with
  // us.
  std::string run() {
    for (const FieldLines& field : theirs_) {
      take(field.name);
      const FieldLines* own = find(ours_, field.name);
      if (own == nullptr) continue;
      for (std::size_t i = static_cast<std::size_t>(own - ours_.data()) + 1;
           i < ours_.size() && find(theirs_, ours_[i].name) == nullptr; ++i) {
        take(ours_[i].name);
      }
    }
    for (const FieldLines& field : ours_) take(field.name);
    return merged_;
  }

 private:
  void take(const std::string& name) {
    if (!done_.insert(name).second) return;
    const FieldLines* b = find(base_, name);
    const FieldLines* o = find(ours_, name);
    const FieldLines* t = find(theirs_, name);
    const auto lines = [](const FieldLines* field) {
      return field == nullptr ? std::string_view{} : field->lines;
    };
    const bool ours_unchanged = (b == nullptr) == (o == nullptr) && lines(b) == lines(o);
    const bool theirs_unchanged = (b == nullptr) == (t == nullptr) && lines(b) == lines(t);
    if (theirs_unchanged || lines(o) == lines(t)) {
      put(lines(o));
    } else if (ours_unchanged) {
      put(lines(t));
    } else if (!day_in(lines(o)).empty() && !day_in(lines(t)).empty()) {
      put(day_in(lines(o)) > day_in(lines(t)) ? lines(o) : lines(t));
    } else {
      std::vector<MergeConflict> within;
      const std::string both = merge_units(lines_of(lines(b)), lines_of(lines(o)), lines_of(lines(t)),
                                           "front matter: " + name, {Prefer::neither, within});
      if (within.empty() && b != nullptr && o != nullptr && t != nullptr) {
        put(both);
      } else {
        put(handling_.settle(
            {"front matter: " + name, std::string{lines(b)}, std::string{lines(o)}, std::string{lines(t)}}));
      }
    }
  }

  void put(std::string_view lines) {
    if (!merged_.empty() && merged_.back() != '\n' && merged_.back() != '\r' && !lines.empty())
      merged_ += '\n';
    merged_ += lines;
  }

  const std::vector<FieldLines>& base_;
  const std::vector<FieldLines>& ours_;
  const std::vector<FieldLines>& theirs_;
  const ConflictHandling& handling_;
  std::set<std::string> done_;
  std::string merged_;
};

}  // namespace

std::optional<std::vector<FieldLines>> field_lines(std::string_view inner) {
  std::vector<FieldLines> fields;
  std::set<std::string> names;
  for (const Line& line : split_lines(inner)) {
    const std::string_view text = inner.substr(line.begin, line.end - line.begin);
    std::string name = field_begun_by(text);
    if (name.empty() && !belongs_to_field_above(text)) return std::nullopt;
    if (!name.empty() || fields.empty()) {
      if (!names.insert(name).second) return std::nullopt;
      fields.push_back({std::move(name), text});
    } else {
      std::string_view& lines = fields.back().lines;
      lines = {lines.data(), lines.size() + text.size()};
    }
  }
  return fields;
}

std::string merge_fields(std::string_view base, std::string_view ours, std::string_view theirs,
                         const ConflictHandling& handling) {
  const auto b = field_lines(base);
  const auto o = field_lines(ours);
  const auto t = field_lines(theirs);
  if (b && o && t) return FieldMerge{*b, *o, *t, handling}.run();
  return merge_units(lines_of(base), lines_of(ours), lines_of(theirs), "front matter", handling);
}

}  // namespace stubkeeper::entries
