#include "config/review_policies.h"

#include <algorithm>

#include "base/text/nearest_name.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "config/configuration_reader.h"

namespace stubkeeper::config {
namespace {

const std::vector<std::string> known_keys{"name", "kinds", "sections", "sources"};

Error error_at(const toml::node& node, const std::string& file, std::string message, std::string advice) {
  return {ErrorCode::invalid_argument, std::move(message), file_and_line(file, node.source()),
          std::move(advice)};
}

Result<std::vector<std::string>> parse_text_list(const toml::node& node, const std::string& file,
                                                 const std::string& key) {
  const std::string what = "review.policy." + key + " must be a list of texts";
  const auto* list = node.as_array();
  if (list == nullptr) return error_at(node, file, what, "write it as [\"one\", \"two\"]");
  std::vector<std::string> texts;
  for (const toml::node& item : *list) {
    const auto* text = item.as_string();
    if (text == nullptr || text->get().empty()) return error_at(item, file, what, "");
    texts.push_back(text->get());
  }
  return texts;
}

Result<kb::Policy> parse_policy(const toml::node& node, const std::string& file) {
  const auto* table = node.as_table();
  if (table == nullptr)
    return error_at(node, file, "review.policy must be a list of tables",
                    "write [[review.policy]] above each");
  kb::Policy policy;
  for (const auto& [name_key, value] : *table) {
    const std::string key{name_key.str()};
    if (!contains(known_keys, key)) {
      const auto near = nearest_name(key, known_keys);
      return error_at(value, file, "unknown key review.policy." + sanitize_for_terminal(key),
                      near ? "did you mean " + *near + "?" : "docs/configuration.md lists all keys");
    }
    if (key == "name") {
      const auto* text = value.as_string();
      if (text == nullptr || text->get().empty() || sanitize_for_terminal(text->get()) != text->get() ||
          text->get().find('\n') != std::string::npos)
        return error_at(value, file, "review.policy.name must be a text", "");
      policy.name = text->get();
      continue;
    }
    STUBKEEPER_ASSIGN(auto texts, parse_text_list(value, file, key));
    (key == "kinds" ? policy.kinds : key == "sections" ? policy.sections : policy.sources) = std::move(texts);
  }
  if (policy.name.empty())
    return error_at(node, file, "a policy has no name", "its name goes into history with what it approves");
  if (policy.kinds.empty()) {
    return error_at(node, file, "the policy \"" + policy.name + "\" names no kinds of change",
                    "such as kinds = [\"rechecked\"]");
  }
  return policy;
}

}  // namespace

Result<std::vector<kb::Policy>> parse_review_policies(const toml::node& list, const std::string& file) {
  const auto* tables = list.as_array();
  if (tables == nullptr)
    return error_at(list, file, "review.policy must be a list of tables",
                    "write [[review.policy]] above each");
  std::vector<kb::Policy> policies;
  for (const toml::node& node : *tables) {
    STUBKEEPER_ASSIGN(auto policy, parse_policy(node, file));
    const bool known = std::any_of(policies.begin(), policies.end(),
                                   [&](const kb::Policy& each) { return each.name == policy.name; });
    if (known || policy.name == kb::auto_approve_policy({}).name)
      return error_at(node, file, "there are two policies of the name \"" + policy.name + "\"", "");
    policies.push_back(std::move(policy));
  }
  return policies;
}

std::vector<kb::Policy> all_policies(const Configuration& configuration) {
  std::vector<kb::Policy> policies{kb::auto_approve_policy(configuration.review.auto_approve)};
  policies.insert(policies.end(), configuration.review.policies.begin(), configuration.review.policies.end());
  return policies;
}

}  // namespace stubkeeper::config
