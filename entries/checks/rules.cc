#include "entries/checks/rules.h"

#include <algorithm>
#include <cstdlib>

#include "entries/toml_library.h"
#include "schema/embedded_files.h"

namespace stubkeeper::entries {
namespace {

std::vector<std::string> texts_of(const toml::node_view<const toml::node>& node) {
  std::vector<std::string> texts;
  if (const toml::array* list = node.as_array()) {
    for (const toml::node& item : *list) texts.push_back(item.value_or(std::string{}));
  }
  return texts;
}

Severity severity_from_name(std::string_view name) {
  return name == "error" ? Severity::error : name == "note" ? Severity::note : Severity::warning;
}

CheckRules read_rules() {
  const toml::parse_result parsed = toml::parse(schema::embedded_file("checks.toml").value_or(""));
  // The file is built in; tests/entries reads it, so a broken one never ships.
  if (!parsed) std::abort();
  const toml::table& root = parsed.table();
  CheckRules rules;
  const auto fields = [&](const char* kind) {
    return FieldRules{texts_of(root["fields"][kind]["required"]),
                      texts_of(root["fields"][kind]["forbidden"])};
  };
  rules.entry = fields("entry");
  rules.section = fields("section");
  rules.changelog = fields("changelog");
  rules.most_changelog_characters = root["changelog"]["most_characters"].value_or(std::size_t{200});
  for (const toml::node& node : *root["check"].as_array()) {
    const toml::table& check = *node.as_table();
    rules.checks.push_back({check["id"].value_or(std::string{}),
                            severity_from_name(check["severity"].value_or(std::string_view{})),
                            check["summary"].value_or(std::string{}), check["fix"].value_or(std::string{})});
  }
  return rules;
}

}  // namespace

const char* severity_name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "";
}

const CheckRule* CheckRules::find(std::string_view id) const {
  const auto found =
      std::find_if(checks.begin(), checks.end(), [&](const CheckRule& rule) { return rule.id == id; });
  return found == checks.end() ? nullptr : &*found;
}

const FieldRules& CheckRules::fields_of(PageKind kind) const {
  return kind == PageKind::section ? section : kind == PageKind::changelog ? changelog : entry;
}

const CheckRules& check_rules() {
  static const CheckRules rules = read_rules();
  return rules;
}

}  // namespace stubkeeper::entries
