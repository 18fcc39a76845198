#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stubkeeper::entries {

enum class FrontMatterKind { none, yaml, toml, json };

// The metadata at the top of a page: YAML between `---`, TOML between `+++`, or a JSON object.
// It is read by a library of its format, and changed in place in the original bytes, so that the fields which
// are not named keep theirs. Immutable.
class FrontMatter {
 public:
  FrontMatter() = default;

  // Reads the front matter at the start of a page (after a BOM, if there is one). `page` without any gives
  // kind none.
  static FrontMatter parse(std::string_view page);

  FrontMatterKind kind() const { return kind_; }
  // Where it stands in the page, delimiters and the last line end included; 0 for none.
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }
  // What is wrong with it ("line 3: ..."), or empty. A broken one has no fields, is never changed, and is
  // part of the page's bytes like any other. An opening delimiter without a closing one is broken.
  const std::string& parse_error() const { return parse_error_; }

  // Names of the top-level fields in the order of the file.
  std::vector<std::string> names() const;
  bool has(std::string_view name) const;
  // A scalar as text without quotes (dates and numbers as they are written), or nothing.
  std::optional<std::string> scalar(std::string_view name) const;
  // A list's scalars; a single scalar is a list of one; nothing there: empty.
  std::vector<std::string> list(std::string_view name) const;
  // The 1-based line in the page on which a field begins, or 0.
  std::size_t line_of(std::string_view name) const;

 private:
  struct Field {
    std::string name;
    std::optional<std::string> scalar;
    std::vector<std::string> list;
    std::size_t line = 0;
  };
  FrontMatterKind kind_ = FrontMatterKind::none;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::string parse_error_;
  std::vector<Field> fields_;
};

// A change of one top-level field: a scalar that is set, or one more item at the end of a list.
// Strings are written quoted; dates bare, as YYYY-MM-DD.
enum class ScalarStyle { quoted_string, bare_date, bare_number, bare_boolean };
struct FieldChange {
  enum class Kind { set, append };
  Kind kind = Kind::set;
  std::string name;
  std::string value;
  ScalarStyle style = ScalarStyle::quoted_string;  // of a scalar that is set; items are strings
};

// The page with all these changes made in its front matter, or none of them. A value is replaced in place, or
// a line added at the end of the front matter (which is made, as YAML, where there is none); an item is added
// in the style and indentation of its neighbours. An item that its list already holds changes nothing.
// `front_matter` is what parse() reads of the page. refused for a name on the forbidden list
// (see is_forbidden_field), for a broken front matter, and for one of a form in which the values or the other
// fields could not be read back.
Result<std::string> change_fields(std::string_view page, const FrontMatter& front_matter,
                                  std::vector<FieldChange> changes);
// The same, with what parse() reads of the page that it gives.
struct ChangedPage {
  std::string page;
  FrontMatter front_matter;
};
Result<ChangedPage> apply_field_changes(std::string_view page, const FrontMatter& front_matter,
                                   std::vector<FieldChange> changes);

// The same for one change.
Result<std::string> set_scalar(std::string_view page, std::string_view name, std::string_view value,
                               ScalarStyle style);
Result<std::string> append_to_list(std::string_view page, std::string_view name, std::string_view value);

// Names that steer the site rather than describe the entry (url, aliases, layout, type, outputs, cascade,
// ...): a change from outside never sets them (DESIGN.md, invariant 6).
bool is_forbidden_field(std::string_view name);

}  // namespace stubkeeper::entries
