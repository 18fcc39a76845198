#pragma once

#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/text/nearest_name.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "entries/toml_library.h"

namespace stubkeeper::config {

// The place of a node: "stubkeeper.toml:12".
inline std::string file_and_line(const std::string& file, const toml::source_region& region) {
  return fmt::format("{}:{}", file, region.begin.line);
}

// Puts values into a Configuration and keeps the first error.
class ConfigurationReader {
 public:
  ConfigurationReader(const toml::table& root, const std::string& file) : root_(root), file_(file) {}

  void text(std::string_view key, std::string& target) {
    if (const toml::node* node = find(key)) {
      if (const auto* value = node->as_string()) {
        target = value->get();
        if (sanitize_for_terminal(target) != target || target.find('\n') != std::string::npos) {
          fail(*node, fmt::format("{} holds a control character", key));
        }
      } else {
        wrong_type(key, *node, "a text in quotation marks");
      }
    }
  }

  void choice(std::string_view key, std::string& target, const std::vector<std::string>& choices) {
    text(key, target);
    if (!status_.ok()) return;
    if (contains(choices, target)) return;
    const auto near = nearest_name(target, choices);
    fail(*find(key), fmt::format("{} cannot be \"{}\"", key, target),
         near ? fmt::format("did you mean \"{}\"?", *near)
              : fmt::format("known: {}", fmt::join(choices, ", ")));
  }

  // A share of all, 0 to 1, or the name of one.
  void share(std::string_view key, double& target, const std::map<std::string, double>& names) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    if (const auto* name = node->as_string()) {
      const auto named = names.find(name->get());
      if (named != names.end()) {
        target = named->second;
        return;
      }
    } else if (const auto number = node->value<double>(); number && *number > 0 && *number <= 1) {
      target = *number;
      return;
    }
    std::vector<std::string> known;
    for (const auto& [name, value] : names) known.push_back("\"" + name + "\"");
    fail(*node, fmt::format("{} is no share of all", key),
         fmt::format("known: {}, or a number above 0, at most 1", fmt::join(known, ", ")));
  }

  void number(std::string_view key, std::int64_t& target, std::int64_t min_value, std::int64_t max_value) {
    if (const toml::node* node = find(key)) {
      const auto* value = node->as_integer();
      if (value == nullptr) {
        wrong_type(key, *node, "a whole number");
      } else if (value->get() < min_value || value->get() > max_value) {
        fail(*node, fmt::format("{} is {}, which is not between {} and {}", key, value->get(), min_value,
                                max_value));
      } else {
        target = value->get();
      }
    }
  }

  // A number of `unit`s (a whole one where `unit` is 1), kept as a whole number of them; nothing for "none".
  void limit(std::string_view key, std::optional<std::int64_t>& target, std::int64_t unit, double max_value) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    if (const auto* word = node->as_string(); word != nullptr && word->get() == "none") {
      target.reset();
      return;
    }
    const auto value = unit == 1 && !node->is_integer() ? std::nullopt : node->value<double>();
    if (!value || !node->is_number()) {
      wrong_type(key, *node, unit == 1 ? "a whole number or \"none\"" : "a number or \"none\"");
    } else if (!(*value >= 0) || *value > max_value) {
      fail(*node, fmt::format("{} is {}, which is not between 0 and {}", key, *value, max_value));
    } else {
      target = std::llround(*value * static_cast<double>(unit));
    }
  }

  void texts(std::string_view key, std::vector<std::string>& target) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto* list = node->as_array();
    if (list == nullptr) return wrong_type(key, *node, "a list of texts, such as [\"one\", \"two\"]");
    target.clear();
    for (const toml::node& item : *list) {
      const auto* value = item.as_string();
      if (value == nullptr) return wrong_type(key, item, "a list of texts");
      target.push_back(value->get());
    }
  }

  void table(std::string_view key, std::map<std::string, std::string>& target) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto* entries = node->as_table();
    if (entries == nullptr) return wrong_type(key, *node, "a table, such as { todo = \"warning\" }");
    for (const auto& [name, item] : *entries) {
      const auto* value = item.as_string();
      if (value == nullptr) return wrong_type(key, item, "a table of texts");
      target[std::string{name.str()}] = value->get();
    }
  }

  // Each entry of a table has to pass.
  void check_table(std::string_view key, const std::map<std::string, std::string>& values,
                   const std::function<Status(const std::string&, const std::string&)>& validate) {
    for (const auto& [name, value] : values) {
      if (const Status status = validate(name, value); !status.ok())
        fail(*find(key)->as_table()->get(name), fmt::format("{}: {}", key, status.error().message),
             status.error().advice);
    }
  }

  // Each text of a list has to pass; `complaint` gives what is wrong with one, or nothing.
  void check_texts(std::string_view key, const std::vector<std::string>& values,
                   const std::function<std::optional<Error>(const std::string&)>& validate) {
    for (const std::string& value : values) {
      if (const auto error = validate(value))
        fail(*find(key), fmt::format("{}: {}", key, error->message), error->advice);
    }
  }

  // Complains of a key that is there, or of its section where it is not.
  void add_error(std::string_view key, std::string message, std::string advice) {
    const toml::node* node = find(key);
    if (node == nullptr) node = root_.get(key.substr(0, key.find('.')));
    fail(node != nullptr ? *node : root_, std::move(message), std::move(advice));
  }

  const Status& status() const { return status_; }

 private:
  const toml::node* find(std::string_view key) const {
    const std::size_t dot = key.find('.');
    const toml::table* section = root_[key.substr(0, dot)].as_table();
    return section == nullptr ? nullptr : section->get(key.substr(dot + 1));
  }
  void fail(const toml::node& node, std::string message, std::string advice = "") {
    if (status_.ok()) {
      status_ = Error{ErrorCode::invalid_argument, std::move(message), file_and_line(file_, node.source()),
                      std::move(advice)};
    }
  }
  void wrong_type(std::string_view key, const toml::node& node, std::string_view wanted) {
    fail(node, fmt::format("{} must be {}", key, wanted));
  }

  const toml::table& root_;
  const std::string& file_;
  Status status_;
};

}  // namespace stubkeeper::config
