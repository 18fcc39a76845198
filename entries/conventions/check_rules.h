#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entries/conventions/toml_reader.h"

namespace stubkeeper::entries {

enum class Severity { error, warning, note };
const char* severity_name(Severity severity);
std::optional<Severity> severity_from_name(std::string_view name);

// A rule that a page can break, as schema/checks.toml states it.
struct CheckRule {
  std::string id;
  std::string group;  // heading of docs/checks.md
  Severity severity = Severity::warning;
  std::string summary;
  std::string fix;            // what --fix writes; "" where it does nothing
  std::string documentation;  // Markdown
};

struct CheckRules {
  std::vector<CheckRule> rules;
  const CheckRule* find(std::string_view id) const;
  std::vector<std::string> ids() const;

  // Gives a rule another severity. invalid_argument with the nearest known name.
  Status set_severity(std::string_view id, std::string_view severity);
};

// The rules of the program itself (`[[check]]`), or the severities that a knowledge base gives them.
Status parse_check_rules(TomlReader& reader, CheckRules& rules);

}  // namespace stubkeeper::entries
