#include "entries/entry_types.h"

#include <algorithm>
#include <cstdlib>

#include "entries/toml_library.h"
#include "schema/base/ascii.h"
#include "schema/embedded_files.h"

namespace stubkeeper::entries {
namespace {

std::vector<std::string> texts_of(const toml::table& table, std::string_view key) {
  std::vector<std::string> texts;
  if (const toml::array* list = table[key].as_array()) {
    for (const toml::node& item : *list) texts.push_back(item.value_or(std::string{}));
  }
  return texts;
}

std::vector<EntryType> read_types() {
  const toml::parse_result parsed = toml::parse(schema::embedded_file("entry_types.toml").value_or(""));
  // The file is built in; tests/entries reads it, so a broken one never ships.
  if (!parsed) std::abort();
  std::vector<EntryType> types;
  const toml::table& root = parsed.table();
  for (const auto& [name, node] : *root["type"].as_table()) {
    EntryType type;
    type.name = std::string{name.str()};
    type.required = texts_of(*node.as_table(), "required");
    for (const std::string& part : texts_of(*node.as_table(), "parts")) {
      type.parts.push_back({part, texts_of(*root["part"][part].as_table(), "headings")});
    }
    types.push_back(std::move(type));
  }
  return types;
}

}  // namespace

const std::vector<EntryType>& entry_types() {
  static const std::vector<EntryType> types = read_types();
  return types;
}

const EntryPart* part_of_heading(const EntryType& type, std::string_view heading) {
  const std::string wanted = ascii_lower(heading);
  const EntryPart* begins = nullptr;
  for (const EntryPart& part : type.parts) {
    for (const std::string& known : part.headings) {
      const std::string name = ascii_lower(known);
      if (wanted == name) return &part;
      if (wanted.starts_with(name) && wanted[name.size()] == ' ' && begins == nullptr) begins = &part;
    }
  }
  return begins;
}

const EntryType& default_entry_type() {
  for (const EntryType& type : entry_types()) {
    if (type.name == "company") return type;
  }
  return entry_types().front();
}

}  // namespace stubkeeper::entries
