#include "entries/merging/fields.h"

#include <algorithm>
#include <set>

#include "base/text/dates.h"
#include "entries/front_matter_formats/format.h"
#include "entries/front_matter_formats/yaml_root.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

using Fields = std::vector<FieldText>;

// The name of the lines from TOML's first table on; no key has a line end.
constexpr std::string_view tables_name = "\ntables";

const FieldText* find(const Fields& fields, std::string_view name) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const FieldText& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

bool is_yaml_continuation(std::string_view line) {
  return is_blank(strip_line_ending(line)) ||
         std::string_view{" \t-#]}"}.find(line.front()) != std::string_view::npos;
}

// Adds a line to the last field.
void extend(Fields& fields, std::string_view line) {
  if (fields.empty()) fields.push_back({"", line.substr(0, 0)});
  std::string_view& text = fields.back().text;
  text = {text.data(), text.size() + line.size()};
}

std::optional<Fields> split_yaml(std::string_view inner) {
  const YamlRoot root = parse_yaml_root(inner);
  if (root.is_flow) return std::nullopt;
  Fields fields;
  for (const std::string_view line : split_line_texts(inner)) {
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string name{indent == root.indent ? parse_yaml_field_name(line.substr(indent)).name
                                                 : std::string_view{}};
    if (name.empty() && !is_yaml_continuation(line)) return std::nullopt;
    if (name.empty()) {
      extend(fields, line);
    } else {
      fields.push_back({name, line});
    }
  }
  return fields;
}

std::optional<Fields> split_toml(std::string_view inner) {
  Fields fields;
  std::size_t value_end = 0;
  for (const Line& line : split_lines(inner)) {
    const std::string_view text = inner.substr(line.begin, line.end - line.begin);
    const std::string_view words = trim(text);
    const bool in_tables = !fields.empty() && fields.back().name == tables_name;
    if (line.begin < value_end || words.empty() || words.starts_with('#') || in_tables) {
      extend(fields, text);
      continue;
    }
    if (words.starts_with('[')) {
      fields.push_back({std::string{tables_name}, text});
      continue;
    }
    const TomlField field = parse_toml_field(inner, line.begin);
    if (field.name.empty()) return std::nullopt;
    value_end = field.value_end;
    fields.push_back({std::string{field.name}, text});
  }
  return fields;
}

std::optional<Fields> split_json(std::string_view object) {
  Fields fields;
  for (const JsonMember& member : json_members(object)) fields.push_back({member.name, member.text});
  return fields;
}

// A field that is one value on one line, in pieces.
struct SplitField {
  std::string_view name;     // with what is between it and the value
  std::string_view value;    // with its quotation marks
  std::string_view comment;  // with the line end, and the comment lines after it
};

std::optional<SplitField> split_field(FrontMatterKind kind, std::string_view text) {
  const std::string_view value = find_inline_value(kind, text);
  if (value.empty()) return std::nullopt;
  const auto begin = static_cast<std::size_t>(value.data() - text.data());
  const std::string_view comment = text.substr(begin + value.size());
  for (const std::string_view line : split_line_texts(comment)) {
    if (!trim(line).empty() && !trim(line).starts_with('#')) return std::nullopt;
  }
  return SplitField{text.substr(0, begin), value, comment};
}

// A date in a value, and what is around it.
struct DateValue {
  std::string_view quote;
  std::string_view day;   // "" where it is no date
  std::string_view time;  // "T09:30:00+02:00"
};

DateValue parse_date(std::string_view value) {
  DateValue date;
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front()) {
    date.quote = value.substr(0, 1);
    value = value.substr(1, value.size() - 2);
  }
  const std::string_view day = iso_date_prefix(value);
  if (day.size() != 10) return date;
  date.day = day;
  date.time = value.substr(day.size());
  return date;
}

// The later of two dates, ours where they are of one day and theirs has no time; nothing where one is none.
std::optional<std::string> later_date(std::string_view ours, std::string_view theirs) {
  const DateValue o = parse_date(ours);
  const DateValue t = parse_date(theirs);
  if (o.day.empty() || t.day.empty()) return std::nullopt;
  if (o.day < t.day || (o.day == t.day && !t.time.empty())) return std::string{theirs};
  if (!o.time.empty() || t.time.empty()) return std::string{o.day == t.day && o.time.empty() ? theirs : ours};
  // The page's dates are written with a time of day: the day moves, and the rest stays.
  std::string moved{t.quote};
  return moved.append(o.day).append(t.time).append(t.quote);
}

// A text that one side alone changed, or both alike; nothing where each changed it in its own way.
std::optional<std::string_view> merge_unless_both_changed(std::string_view base, std::string_view ours,
                                                          std::string_view theirs) {
  if (equal_lines(ours, theirs) || equal_lines(base, ours)) return theirs;
  if (equal_lines(base, theirs)) return ours;
  return std::nullopt;
}

class FieldMerger {
 public:
  FieldMerger(FrontMatterKind kind, const Fields& base, const Fields& ours, const Fields& theirs,
              const ConflictResolver& resolver)
      : kind_(kind), base_(base), ours_(ours), theirs_(theirs), resolver_(resolver) {}

  // The merged fields, in the order of theirs; one that only we have comes after its neighbour with us.
  std::vector<std::string> run() {
    for (const FieldText& field : theirs_) {
      merge_field(field.name);
      const FieldText* own = find(ours_, field.name);
      if (own == nullptr) continue;
      for (std::size_t i = static_cast<std::size_t>(own - ours_.data()) + 1;
           i < ours_.size() && find(theirs_, ours_[i].name) == nullptr; ++i) {
        merge_field(ours_[i].name);
      }
    }
    for (const FieldText& field : ours_) merge_field(field.name);
    return std::move(merged_);
  }

 private:
  void merge_field(const std::string& name) {
    if (!merged_names_.insert(name).second) return;
    const FieldText* b = find(base_, name);
    const FieldText* o = find(ours_, name);
    const FieldText* t = find(theirs_, name);
    const auto text = [](const FieldText* field) {
      return field == nullptr ? std::string_view{} : field->text;
    };
    if (const auto merged = merge_unless_both_changed(text(b), text(o), text(t))) {
      if (!merged->empty()) merged_.emplace_back(*merged);
      return;
    }
    MergeConflict conflict{place_of(name), std::string{text(b)}, std::string{text(o)}, std::string{text(t)}};
    if (o != nullptr && t != nullptr) {
      if (auto whole = merge_one_line(text(b), text(o), text(t))) {
        merged_.push_back(*std::move(whole));
        return;
      }
      std::vector<MergeConflict> within;
      std::string lines =
          merge_lines(split_line_texts(text(b)), split_line_texts(text(o)), split_line_texts(text(t)),
                      conflict.place, {MergePreference::neither, within});
      if (within.empty() && b != nullptr) {
        merged_.push_back(std::move(lines));
        return;
      }
    }
    std::string resolved = resolver_.resolve(std::move(conflict));
    if (!resolved.empty()) merged_.push_back(std::move(resolved));
  }

  static std::string place_of(const std::string& name) {
    if (name.empty()) return "front matter";
    return "front matter: " + (name == tables_name ? "tables" : name);
  }

  // The merge of a field that is one line on all sides, where its pieces can be merged.
  std::optional<std::string> merge_one_line(std::string_view base, std::string_view ours,
                                            std::string_view theirs) {
    const auto b = base.empty() ? SplitField{} : split_field(kind_, base).value_or(SplitField{});
    const auto o = split_field(kind_, ours);
    const auto t = split_field(kind_, theirs);
    if (!o || !t) return std::nullopt;
    const auto preferred = [&](std::string_view our_piece, std::string_view their_piece) {
      if (resolver_.preference == MergePreference::ours) return std::optional{std::string{our_piece}};
      if (resolver_.preference == MergePreference::theirs) return std::optional{std::string{their_piece}};
      return std::optional<std::string>{};
    };
    std::optional<std::string> value;
    if (const auto merged = merge_unless_both_changed(b.value, o->value, t->value)) value = *merged;
    if (!value) value = later_date(o->value, t->value);
    if (!value) value = preferred(o->value, t->value);
    // Without a base, a comment of one side is one that it added.
    std::optional<std::string> comment;
    const std::string_view base_comment = base.empty() ? line_ending_of(t->comment) : b.comment;
    if (const auto merged = merge_unless_both_changed(base_comment, o->comment, t->comment))
      comment = *merged;
    if (!comment) comment = preferred(o->comment, t->comment);
    if (!value || !comment) return std::nullopt;
    const std::string_view name = merge_unless_both_changed(b.name, o->name, t->name).value_or(t->name);
    return std::string{name} + *value + *comment;
  }

  static std::string_view line_ending_of(std::string_view comment) {
    const std::string_view first = comment.substr(0, find_line_end(comment, 0));
    return first.substr(strip_line_ending(first).size());
  }

  const FrontMatterKind kind_;
  const Fields& base_;
  const Fields& ours_;
  const Fields& theirs_;
  const ConflictResolver& resolver_;
  std::set<std::string> merged_names_;
  std::vector<std::string> merged_;
};

std::string join_lines(const std::vector<std::string>& fields, std::string_view ending) {
  std::string text;
  for (const std::string& field : fields) {
    if (!text.empty() && !ends_with_line_ending(text)) text += ending;
    text += field;
  }
  return text;
}

// The members of an object between the braces of theirs.
std::string join_members(const std::vector<std::string>& members, std::string_view theirs) {
  std::string text{theirs.substr(0, theirs.find('{') + 1)};
  for (std::size_t i = 0; i < members.size(); ++i) text += (i == 0 ? "" : ",") + members[i];
  const std::size_t end = theirs.find_last_of('}');
  const std::size_t last = theirs.find_last_not_of(" \t\r\n", end == 0 ? 0 : end - 1);
  return text.append(theirs.substr(last + 1));
}

}  // namespace

std::optional<std::vector<FieldText>> split_fields(FrontMatterKind kind, std::string_view text) {
  auto fields = kind == FrontMatterKind::toml   ? split_toml(text)
                : kind == FrontMatterKind::json ? split_json(text)
                                                : split_yaml(text);
  std::set<std::string_view> names;
  for (const FieldText& field : fields.value_or(Fields{})) {
    if (!names.insert(field.name).second) return std::nullopt;
  }
  return fields;
}

std::string merge_fields(FrontMatterKind kind, std::string_view base, std::string_view ours,
                         std::string_view theirs, const ConflictResolver& resolver) {
  const auto b = split_fields(kind, base);
  const auto o = split_fields(kind, ours);
  const auto t = split_fields(kind, theirs);
  if (!b || !o || !t) {
    return merge_lines(split_line_texts(base), split_line_texts(ours), split_line_texts(theirs),
                       "front matter", resolver);
  }
  const std::vector<std::string> merged = FieldMerger{kind, *b, *o, *t, resolver}.run();
  return kind == FrontMatterKind::json ? join_members(merged, theirs)
                                       : join_lines(merged, detect_line_ending(theirs));
}

}  // namespace stubkeeper::entries
