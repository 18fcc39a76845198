#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stubkeeper::entries {

enum class FrontMatterKind { none, yaml, toml, json };

// A top-level field of front matter.
struct FrontMatterField {
  std::string name;
  std::optional<std::string> scalar;  // without quotes; dates and numbers as they are written
  std::vector<std::string> list;      // a list's scalars
  std::size_t line = 0;               // 1-based, in the page
};

// The metadata at the top of a page: YAML between `---`, TOML between `+++`, or a JSON object. Read by its
// format's library, changed in place, so that other fields keep their bytes. Immutable.
class FrontMatter {
 public:
  FrontMatter() = default;

  // The front matter at the start of a page, after a BOM if there is one; of kind none where there is none.
  static FrontMatter parse(std::string_view page);

  FrontMatterKind kind() const { return kind_; }
  // Its bytes in the page, with delimiters and the last line end; 0 for none.
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }
  // The parser's error ("line 3: ..."), or "". Broken front matter (also without a closing delimiter) has no
  // fields and is never changed.
  const std::string& parse_error() const { return parse_error_; }
  // Whether its fields can be changed: it is there and not broken.
  bool is_editable() const { return kind_ != FrontMatterKind::none && parse_error_.empty(); }

  // Names of the top-level fields in the order of the file.
  std::vector<std::string> names() const;
  bool has(std::string_view name) const { return find(name) != nullptr; }
  std::optional<std::string> scalar(std::string_view name) const;
  // A list's scalars; a scalar is a list of one; without the field, empty.
  std::vector<std::string> list(std::string_view name) const;
  // The 1-based line in the page on which a field begins, or 0.
  std::size_t line_of(std::string_view name) const;

 private:
  const FrontMatterField* find(std::string_view name) const;

  FrontMatterKind kind_ = FrontMatterKind::none;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::string parse_error_;
  std::vector<FrontMatterField> fields_;
};

// A change of one top-level field: a scalar to set, or an item to append to a list. Strings are written
// quoted; dates bare, as YYYY-MM-DD.
enum class ScalarStyle { quoted_string, bare_date, bare_number, bare_boolean };
struct FieldChange {
  enum class Kind { set, append };
  Kind kind = Kind::set;
  std::string name;
  std::string value;
  ScalarStyle style = ScalarStyle::quoted_string;  // of a scalar; items are strings
};

// A page with its front matter, as parse() reads it.
struct ChangedPage {
  std::string page;
  FrontMatter front_matter;
};

// The page with all these changes, or none of them. A value is replaced in place, or a line added at the
// front matter's end (YAML is made where there is none); an item is added in its neighbours' style, unless the
// list has it. `front_matter` is parse()'s of the page. refused for a forbidden field, broken front matter,
// and a form in which the values or the other fields could not be read back.
Result<ChangedPage> change_fields(std::string_view page, const FrontMatter& front_matter,
                                  std::vector<FieldChange> changes);

// The same for one change; gives the page.
Result<std::string> set_scalar(std::string_view page, std::string_view name, std::string_view value,
                               ScalarStyle style);
Result<std::string> append_to_list(std::string_view page, std::string_view name, std::string_view value);

// Whether a field steers the site (url, aliases, layout, type, outputs, cascade, ...), so that no change may
// set it: invariant 6 (docs/architecture.md).
bool is_forbidden_field(std::string_view name);

}  // namespace stubkeeper::entries
