#include "entries/merging/fields.h"

#include <algorithm>
#include <set>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "entries/front_matter_formats/format.h"
#include "entries/markdown/lines.h"
#include "entries/merging/merge_units.h"

namespace stubkeeper::entries {
namespace {

bool is_continuation_line(std::string_view line) {
  return line.empty() || line.front() == ' ' || line.front() == '\t' || line.front() == '-' ||
         line.front() == '#' || line.front() == '\n' || line.front() == '\r';
}

const FieldLines* find(const std::vector<FieldLines>& fields, std::string_view name) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const FieldLines& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

// The day in a line of a date field ("lastmod: 2026-05-07"), or "".
std::string_view parse_date_value(std::string_view lines) {
  const std::size_t colon = lines.find(':');
  std::string_view value = trim(lines.substr(colon == std::string_view::npos ? lines.size() : colon + 1));
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) value.remove_prefix(1);
  const std::string_view day = iso_date_prefix(value);
  return day.size() == 10 ? day : std::string_view{};
}

class FieldMerger {
 public:
  FieldMerger(const std::vector<FieldLines>& base, const std::vector<FieldLines>& ours,
              const std::vector<FieldLines>& theirs, const ConflictResolver& resolver)
      : base_(base), ours_(ours), theirs_(theirs), resolver_(resolver) {}

  // In the order of their fields; a field that only we have comes after its neighbour with us.
  std::string run() {
    for (const FieldLines& field : theirs_) {
      merge_field(field.name);
      const FieldLines* own = find(ours_, field.name);
      if (own == nullptr) continue;
      for (std::size_t i = static_cast<std::size_t>(own - ours_.data()) + 1;
           i < ours_.size() && find(theirs_, ours_[i].name) == nullptr; ++i) {
        merge_field(ours_[i].name);
      }
    }
    for (const FieldLines& field : ours_) merge_field(field.name);
    return merged_;
  }

 private:
  void merge_field(const std::string& name) {
    if (!merged_names_.insert(name).second) return;
    const FieldLines* b = find(base_, name);
    const FieldLines* o = find(ours_, name);
    const FieldLines* t = find(theirs_, name);
    const auto lines = [](const FieldLines* field) {
      return field == nullptr ? std::string_view{} : field->lines;
    };
    const bool ours_unchanged = (b == nullptr) == (o == nullptr) && lines(b) == lines(o);
    const bool theirs_unchanged = (b == nullptr) == (t == nullptr) && lines(b) == lines(t);
    if (theirs_unchanged || lines(o) == lines(t)) {
      append(lines(o));
    } else if (ours_unchanged) {
      append(lines(t));
    } else if (!parse_date_value(lines(o)).empty() && !parse_date_value(lines(t)).empty()) {
      append(parse_date_value(lines(o)) > parse_date_value(lines(t)) ? lines(o) : lines(t));
    } else {
      std::vector<MergeConflict> within;
      const std::string both =
          merge_units(split_line_texts(lines(b)), split_line_texts(lines(o)), split_line_texts(lines(t)),
                      "front matter: " + name, {MergePreference::neither, within});
      if (within.empty() && b != nullptr && o != nullptr && t != nullptr) {
        append(both);
      } else {
        append(resolver_.resolve(
            {"front matter: " + name, std::string{lines(b)}, std::string{lines(o)}, std::string{lines(t)}}));
      }
    }
  }

  void append(std::string_view lines) {
    if (!merged_.empty() && !ends_with_line_ending(merged_) && !lines.empty()) merged_ += '\n';
    merged_ += lines;
  }

  const std::vector<FieldLines>& base_;
  const std::vector<FieldLines>& ours_;
  const std::vector<FieldLines>& theirs_;
  const ConflictResolver& resolver_;
  std::set<std::string> merged_names_;
  std::string merged_;
};

}  // namespace

std::optional<std::vector<FieldLines>> split_fields(std::string_view inner) {
  std::vector<FieldLines> fields;
  std::set<std::string> names;
  for (const std::string_view text : split_line_texts(inner)) {
    std::string name{parse_yaml_field_name(text).name};
    if (name.empty() && !is_continuation_line(text)) return std::nullopt;
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
                         const ConflictResolver& resolver) {
  const auto b = split_fields(base);
  const auto o = split_fields(ours);
  const auto t = split_fields(theirs);
  if (b && o && t) return FieldMerger{*b, *o, *t, resolver}.run();
  return merge_units(split_line_texts(base), split_line_texts(ours), split_line_texts(theirs), "front matter",
                     resolver);
}

}  // namespace stubkeeper::entries
