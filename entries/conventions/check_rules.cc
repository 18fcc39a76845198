#include "entries/conventions/check_rules.h"

#include <algorithm>
#include <array>

#include "base/text/nearest_name.h"

namespace stubkeeper::entries {

const char* severity_name(Severity severity) {
  static constexpr std::array names{"error", "warning", "note"};  // in the order of Severity
  return names[static_cast<std::size_t>(severity)];
}

std::optional<Severity> severity_from_name(std::string_view name) {
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    if (name == severity_name(severity)) return severity;
  }
  return std::nullopt;
}

const CheckRule* CheckRules::find(std::string_view id) const {
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const CheckRule& rule) { return rule.id == id; });
  return found == rules.end() ? nullptr : &*found;
}

std::vector<std::string> CheckRules::ids() const {
  std::vector<std::string> ids;
  for (const CheckRule& rule : rules) ids.push_back(rule.id);
  return ids;
}

Status CheckRules::set_severity(std::string_view id, std::string_view severity) {
  const auto rule =
      std::find_if(rules.begin(), rules.end(), [&](const CheckRule& each) { return each.id == id; });
  if (rule == rules.end()) {
    const auto near = nearest_name(id, ids());
    return Error{ErrorCode::invalid_argument, "there is no check \"" + std::string{id} + "\"", "",
                 near ? "did you mean \"" + *near + "\"?" : "`stubkeeper check --list-rules` lists them"};
  }
  const auto parsed = severity_from_name(severity);
  if (!parsed) {
    return Error{ErrorCode::invalid_argument,
                 "the severity of " + std::string{id} + " cannot be \"" + std::string{severity} + "\"", "",
                 "known: error, warning, note; [check] disable turns a check off"};
  }
  rule->severity = *parsed;
  return {};
}

Status parse_check_rules(TomlReader& reader, CheckRules& rules) {
  const std::size_t count = reader.count("check");
  if (count > 0 && !rules.rules.empty())
    reader.fail("check.0", "no check is made by naming it", "give one another severity under [severity]");
  for (std::size_t i = 0; i < count; ++i) {
    const std::string prefix = "check." + std::to_string(i) + ".";
    CheckRule rule;
    std::string severity;
    reader.text(prefix + "id", rule.id);
    reader.text(prefix + "group", rule.group);
    reader.text(prefix + "severity", severity);
    reader.text(prefix + "summary", rule.summary);
    reader.text(prefix + "fix", rule.fix);
    reader.text(prefix + "doc", rule.documentation);
    const auto parsed = severity_from_name(severity);
    if (rule.id.empty() || rule.group.empty() || rule.summary.empty() || !parsed)
      reader.fail(prefix + "id", "a check has an id, a group, a severity and a summary");
    rule.severity = parsed.value_or(Severity::warning);
    rules.rules.push_back(std::move(rule));
  }
  for (const std::string& id : reader.names("severity")) {
    std::string severity;
    reader.text("severity." + id, severity);
    if (const Status set = rules.set_severity(id, severity); !set.ok())
      reader.fail("severity." + id, set.error().message, set.error().advice);
  }
  return reader.finish();
}

}  // namespace stubkeeper::entries
