#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

enum class Severity { error, warning, note };
const char* severity_name(Severity severity);

// A rule that a page can break, as schema/checks.toml states it.
struct CheckRule {
  std::string id;
  Severity severity = Severity::warning;
  std::string summary;
  std::string fix;  // what --fix writes; "" where it does nothing
};

// What kinds of page there are to the rules.
enum class PageKind {
  entry,      // also one in a folder of its own: an _index.md with source_urls
  section,    // an _index.md that is no entry
  changelog,  // changelog.md or changelog/index.md
};

struct FieldRules {
  std::vector<std::string> required;
  std::vector<std::string> forbidden;
};

// All rules as data; read once, safe to share between threads.
struct CheckRules {
  std::vector<CheckRule> checks;
  FieldRules entry;
  FieldRules section;
  FieldRules changelog;
  std::size_t most_changelog_characters = 200;

  const CheckRule* find(std::string_view id) const;
  const FieldRules& fields_of(PageKind kind) const;
};
const CheckRules& check_rules();

}  // namespace stubkeeper::entries
