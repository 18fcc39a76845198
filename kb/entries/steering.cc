#include "kb/entries/steering.h"

#include "entries/markdown/lines.h"
#include "kb/store/bodies.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

// The part of the tree that a heading names in code marks: "`research/energy/nuclear/`" is
// "energy/nuclear". Nothing for a heading without.
std::optional<std::string> path_in_heading(std::string_view heading) {
  const std::size_t open = heading.find("(`");
  const std::size_t close = open == std::string_view::npos ? open : heading.find("`)", open);
  if (close == std::string_view::npos) return std::nullopt;
  std::string_view path = heading.substr(open + 2, close - open - 2);
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return std::string{path.substr(slash + 1)};
}

bool is_fence(std::string_view line) {
  line = entries::trim(line);
  return line.starts_with("```") || line.starts_with("~~~");
}

}  // namespace

Status Steering::replace_all(const std::vector<SteeringRule>& rules) {
  return store_.run_in_transaction([&]() -> Status {
    Database& database = store_.database();
    Bodies bodies{store_};
    STUBKEEPER_TRY(database.run("DELETE FROM steering", {}));
    std::int64_t position = 0;
    for (const SteeringRule& rule : rules) {
      STUBKEEPER_ASSIGN(const std::string hash, bodies.put(rule.text));
      STUBKEEPER_TRY(
          database.run("INSERT INTO steering (path, heading, body_sha256, position) VALUES (?, ?, ?, ?)",
                       {rule.path, rule.heading, hash, ++position}));
    }
    return {};
  });
}

Result<std::vector<SteeringRule>> Steering::for_entry(const std::string& entry_path) {
  STUBKEEPER_ASSIGN(
      auto found,
      store_.database().query("SELECT path, heading, body_sha256 FROM steering "
                              "WHERE path = '' OR ?1 = path OR substr(?1, 1, length(path) + 1) = path || '/' "
                              "ORDER BY length(path), position",
                              {entry_path}, [](const Row& row) {
                                return std::pair{SteeringRule{row.text(0), row.text(1), ""}, row.text(2)};
                              }));
  std::vector<SteeringRule> rules;
  for (auto& [rule, hash] : found) {
    STUBKEEPER_ASSIGN(rule.text, Bodies{store_}.get(hash));
    rules.push_back(std::move(rule));
  }
  return rules;
}

std::vector<SteeringRule> split_steering(const std::string& markdown, const std::string& default_path) {
  std::vector<SteeringRule> rules;
  bool in_fence = false;
  const std::string_view text{markdown};
  for (const entries::Line& at : entries::split_lines(text)) {
    const std::string_view line = text.substr(at.begin, at.end - at.begin);
    if (is_fence(line)) in_fence = !in_fence;
    const bool heading = !in_fence && (line.starts_with("### ") || line.starts_with("## "));
    if (heading) {
      const std::string_view words = entries::trim(line.substr(line.find(' ')));
      rules.push_back({path_in_heading(words).value_or(default_path), std::string{words}, ""});
    } else if (!rules.empty()) {
      rules.back().text += line;
    } else if (!entries::is_blank(line)) {
      rules.push_back({default_path, "", std::string{line}});
    }
  }
  for (SteeringRule& rule : rules) rule.text = std::string{entries::trim(rule.text)};
  std::erase_if(rules, [](const SteeringRule& rule) { return rule.text.empty(); });
  return rules;
}

}  // namespace stubkeeper::kb
