#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entries/conventions/toml_reader.h"

namespace stubkeeper::entries {

enum class Severity { error, warning, note };
const char* severity_name(Severity severity);
std::optional<Severity> severity_from_name(std::string_view name);

// A rule of schema/checks.toml.
struct CheckRule {
  std::string id;
  std::string group;  // heading of docs/checks.md
  Severity severity = Severity::warning;
  std::string summary;
  std::string fix;            // the effect of --fix; "" where it has none
  std::string documentation;  // Markdown
};

struct CheckRules {
  std::vector<CheckRule> rules;
  const CheckRule* find(std::string_view id) const;
  std::vector<std::string> ids() const;

  // invalid_argument with the nearest known name.
  Status set_severity(std::string_view id, std::string_view severity);
};

// The program's own rules (`[[check]]`), or a knowledge base's severities for them.
Status parse_check_rules(TomlReader& reader, CheckRules& rules);

}  // namespace stubkeeper::entries
