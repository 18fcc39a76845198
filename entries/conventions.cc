#include "entries/conventions.h"

#include <array>
#include <cstdlib>
#include <vector>

#include "base/text/nearest_name.h"
#include "schema/embedded_files.h"

namespace stubkeeper::entries {
namespace {

constexpr std::array<std::string_view, 4> data_files{"entry_types.toml", "house_style.toml",
                                                     "publishers.toml", "checks.toml"};
constexpr std::array<std::string_view, 3> template_names{"entry", "section", "changelog"};

std::vector<std::string> all_files() {
  std::vector<std::string> files{data_files.begin(), data_files.end()};
  for (const std::string_view name : template_names)
    files.push_back("templates/" + std::string{name} + ".md");
  return files;
}

Conventions load_built_in_conventions() {
  Conventions conventions;
  for (const std::string& file : all_files()) {
    const std::string_view text = schema::embedded_file(file).value_or(std::string_view{});
    // The files are built in and tests/entries reads them, so a broken one never ships.
    if (!override_conventions(conventions, file, text, "schema/" + file).ok()) std::abort();
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
  for (const std::string_view name : template_names) {
    if (file != "templates/" + std::string{name} + ".md") continue;
    conventions.templates[std::string{name}] = std::string{text};
    return {};
  }
  for (const std::string_view name : data_files) {
    if (file != name) continue;
    Conventions changed = conventions;
    TomlReader reader{text, where};
    STUBKEEPER_TRY(parse_conventions_file(changed, file, reader));
    conventions = std::move(changed);
    return {};
  }
  const auto near = nearest_name(file, all_files());
  return Error{ErrorCode::not_found, "is no file of conventions", where,
               near ? "did you mean " + *near + "?" : "docs/conventions.md lists them"};
}

}  // namespace stubkeeper::entries
