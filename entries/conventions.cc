#include "entries/conventions.h"

#include <array>
#include <cstdlib>
#include <vector>

#include "base/text/nearest_name.h"
#include "base/text/strings.h"
#include "entries/site/changelog.h"
#include "schema/embedded_files.h"

namespace stubkeeper::entries {
namespace {

constexpr std::string_view template_folder = "templates/";
constexpr std::array all_files = std::to_array<std::string_view>(
    {"entry_types.toml", "house_style.toml", "publishers.toml", "checks.toml", "templates/entry.md",
     "templates/section.md", "templates/changelog.md", "templates/changelog_line.md"});

Conventions load_built_in_conventions() {
  Conventions conventions;
  for (const std::string_view file : all_files) {
    const std::string_view text = schema::embedded_file(file).value_or(std::string_view{});
    // The files are built in and tests/entries reads them, so a broken one never ships.
    if (!override_conventions(conventions, file, text, "schema/" + std::string{file}).ok()) std::abort();
  }
  return conventions;
}

Status parse_conventions_file(Conventions& conventions, std::string_view file, TomlReader& reader) {
  if (file == "entry_types.toml") return parse_entry_types(reader, conventions.types);
  if (file == "house_style.toml") return parse_house_style(reader, conventions.style);
  if (file == "publishers.toml") return parse_publishers(reader, conventions.publishers);
  return parse_check_rules(reader, conventions.checks);
}

}  // namespace

const Conventions& built_in_conventions() {
  static const Conventions conventions = load_built_in_conventions();
  return conventions;
}

Status override_conventions(Conventions& conventions, std::string_view file, std::string_view text,
                            const std::string& where) {
  if (!contains(all_files, file)) {
    const auto near = nearest_name(file, std::vector<std::string>{all_files.begin(), all_files.end()});
    return Error{ErrorCode::not_found, "is no file of conventions", where,
                 near ? "did you mean " + *near + "?" : "docs/conventions.md lists them"};
  }
  if (file.starts_with(template_folder)) {
    const std::string_view name = file.substr(template_folder.size());
    if (name == "changelog_line.md") {
      const auto rules = parse_changelog_rules(text);
      if (!rules.ok()) return Error{rules.error().code, rules.error().message, where, ""};
    }
    conventions.templates[std::string{name.substr(0, name.find('.'))}] = std::string{text};
    return {};
  }
  Conventions changed = conventions;
  TomlReader reader{text, where, file};
  STUBKEEPER_TRY(parse_conventions_file(changed, file, reader));
  changed.notices.insert(changed.notices.end(), reader.notices().begin(), reader.notices().end());
  conventions = std::move(changed);
  return {};
}

}  // namespace stubkeeper::entries
