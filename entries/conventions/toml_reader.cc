#include "entries/conventions/toml_reader.h"

#include <algorithm>
#include <set>

#include "base/text/nearest_name.h"
#include "base/text/strings.h"
#include "base/text/toml_validation.h"
#include "entries/renamed_keys.h"

namespace stubkeeper::entries {

struct TomlReader::Root {
  toml::table table;
  std::string where;
  Status status;
  std::vector<std::string> notices;
  std::set<std::string, std::less<>> asked;

  void fail(std::size_t line, std::string message, std::string advice) {
    if (!status.ok()) return;
    status = Error{ErrorCode::invalid_argument, std::move(message),
                   line == 0 ? where : where + ":" + std::to_string(line), std::move(advice)};
  }

  // The node at a dotted path; an index leads into an array.
  const toml::node* find(std::string_view key) {
    asked.emplace(key);
    const toml::node* node = &table;
    for (const std::string_view step : split(key, '.')) {
      if (const toml::array* array = node->as_array()) {
        const auto index = parse_number<std::size_t>(step);
        if (!index || *index >= array->size()) return nullptr;
        node = array->get(*index);
      } else if (const toml::table* inner = node->as_table()) {
        node = inner->get(step);
      } else {
        return nullptr;
      }
      if (node == nullptr) return nullptr;
    }
    return node;
  }

  // The first key below `node` that nobody asked for.
  void reject_unknown_keys(const toml::node& node, const std::string& path) {
    if (const toml::table* inner = node.as_table()) {
      for (const auto& [key, child] : *inner) {
        reject_unknown_keys(child,
                            path.empty() ? std::string{key.str()} : path + "." + std::string{key.str()});
      }
      return;
    }
    if (const toml::array* array = node.as_array(); array != nullptr && array->is_array_of_tables()) {
      for (std::size_t i = 0; i < array->size(); ++i)
        reject_unknown_keys(*array->get(i), path + "." + std::to_string(i));
      return;
    }
    if (asked.contains(path)) return;
    std::vector<std::string> known{asked.begin(), asked.end()};
    const auto near = nearest_name(path, known);
    fail(node.source().begin.line, "there is no key \"" + path + "\"",
         near ? "did you mean \"" + *near + "\"?" : "");
  }
};

TomlReader::TomlReader(std::string_view text, std::string where, std::string_view file)
    : root_(std::make_unique<Root>()) {
  root_->where = std::move(where);
  if (const auto bad = first_invalid_toml_byte(text)) {
    const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*bad), '\n');
    root_->fail(static_cast<std::size_t>(line) + 1, "holds a character that TOML has no place for there",
                "put texts in quotation marks, and save the file as UTF-8");
    return;
  }
  toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    root_->fail(parsed.error().source().begin.line, std::string{parsed.error().description()},
                "the file is TOML: https://toml.io");
    return;
  }
  root_->table = std::move(parsed).table();
  auto notices = rename_old_keys(root_->table, renamed_keys(file), root_->where);
  if (notices.ok()) {
    root_->notices = *std::move(notices);
  } else {
    root_->status = notices.error();
  }
}

TomlReader::~TomlReader() = default;

bool TomlReader::text(std::string_view key, std::string& target) {
  const toml::node* node = root_->find(key);
  if (node == nullptr) return false;
  if (const auto* value = node->as_string()) {
    target = value->get();
    return true;
  }
  fail(key, std::string{key} + " must be a text in quotation marks");
  return false;
}

bool TomlReader::texts(std::string_view key, std::vector<std::string>& target) {
  const toml::node* node = root_->find(key);
  if (node == nullptr) return false;
  const toml::array* list = node->as_array();
  const bool all_texts =
      list != nullptr &&
      std::all_of(list->begin(), list->end(), [](const toml::node& item) { return item.is_string(); });
  if (!all_texts) {
    fail(key, std::string{key} + " must be a list of texts, such as [\"one\", \"two\"]");
    return false;
  }
  target.clear();
  for (const toml::node& item : *list) target.push_back(item.as_string()->get());
  return true;
}

bool TomlReader::number(std::string_view key, std::size_t& target) {
  const toml::node* node = root_->find(key);
  if (node == nullptr) return false;
  const auto* value = node->as_integer();
  if (value == nullptr || value->get() < 0) {
    fail(key, std::string{key} + " must be a whole number, not below 0");
    return false;
  }
  target = static_cast<std::size_t>(value->get());
  return true;
}

std::vector<std::string> TomlReader::names(std::string_view table) {
  std::vector<std::string> names;
  const toml::node* node = root_->find(table);
  if (node == nullptr) return names;
  if (const toml::table* inner = node->as_table()) {
    for (const auto& [key, child] : *inner) names.emplace_back(key.str());
  } else {
    fail(table, std::string{table} + " must be a table");
  }
  return names;
}

std::size_t TomlReader::count(std::string_view array) {
  const toml::node* node = root_->find(array);
  if (node == nullptr) return 0;
  if (const toml::array* list = node->as_array(); list != nullptr && list->is_array_of_tables())
    return list->size();
  fail(array, std::string{array} + " must be written as [[" + std::string{array} + "]]");
  return 0;
}

void TomlReader::fail(std::string_view key, std::string message, std::string advice) {
  const toml::node* node = root_->find(key);
  root_->fail(node == nullptr ? 0 : node->source().begin.line, std::move(message), std::move(advice));
}

const std::vector<std::string>& TomlReader::notices() const {
  return root_->notices;
}

Status TomlReader::finish() {
  if (root_->status.ok()) root_->reject_unknown_keys(root_->table, "");
  return root_->status;
}

}  // namespace stubkeeper::entries
