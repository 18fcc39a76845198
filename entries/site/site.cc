#include "entries/site/site.h"

#include <yaml-cpp/yaml.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/toml_validation.h"
#include "entries/toml_library.h"

namespace stubkeeper::entries {
namespace {

using nlohmann::json;

// Aliases can make a short text a large tree.
constexpr int max_nodes = 100'000;

json convert(const YAML::Node& node, int& nodes) {
  if (++nodes > max_nodes) return {};
  if (node.IsScalar()) return node.Scalar();
  if (node.IsNull()) return "";  // null would take the key out of a merge
  json converted;
  if (node.IsSequence()) {
    converted = json::array();
    for (const YAML::Node& item : node) converted.push_back(convert(item, nodes));
  } else if (node.IsMap()) {
    converted = json::object();
    for (const auto& pair : node)
      converted[ascii_lower(pair.first.as<std::string>(""))] = convert(pair.second, nodes);
  }
  return converted;
}

// Hugo's keys have no case.
json lower_keys(const json& value) {
  if (!value.is_object()) return value;
  json lowered = json::object();
  for (const auto& [key, item] : value.items()) lowered[ascii_lower(key)] = lower_keys(item);
  return lowered;
}

json parse_configuration(std::string_view name, const std::string& text) {
  try {
    if (name.ends_with(".toml")) {
      if (first_invalid_toml_byte(text)) return {};
      std::ostringstream out;
      const auto parsed = toml::parse(text);
      out << toml::json_formatter{parsed};
      return lower_keys(json::parse(out.str()));
    }
    if (name.ends_with(".json")) return lower_keys(json::parse(text));
    int nodes = 0;
    return convert(YAML::Load(text), nodes);
  } catch (const std::exception&) {
    return {};
  }
}

std::string text_of(const json& value, const char* key) {
  const auto found = value.is_object() ? value.find(key) : value.end();
  return found != value.end() && found->is_string() ? found->get<std::string>() : "";
}

bool is_true(const json& value, const char* key) {
  const auto found = value.find(key);
  return found != value.end() && (*found == json(true) || *found == json("true"));
}

// "languages" of "config/_default/languages.toml"; "" for the file of the whole configuration.
std::string root_key(std::string_view name) {
  const std::string_view file = file_name(name);
  const std::string key = ascii_lower(file.substr(0, file.find('.')));
  return key == "hugo" || key == "config" ? "" : key;
}

class SiteReader {
 public:
  explicit SiteReader(std::string_view section) : section_(section) {}

  Site run(const json& configuration) {
    site_.is_known = true;
    site_.default_language = ascii_lower(text_of(configuration, "defaultcontentlanguage"));
    if (site_.default_language.empty()) site_.default_language = "en";
    site_.languages.push_back(site_.default_language);
    std::string content = text_of(configuration, "contentdir");
    if (content.empty()) content = "content";
    add_folder(content, "");
    if (const auto languages = configuration.find("languages");
        languages != configuration.end() && languages->is_object()) {
      for (const auto& [name, settings] : languages->items()) add_language(name, settings);
    }
    if (const auto module = configuration.find("module");
        module != configuration.end() && module->is_object())
      add_mounts(module->value("mounts", json::array()));
    return std::move(site_);
  }

 private:
  void add_language(const std::string& name, const json& settings) {
    if (is_true(settings, "disabled")) return;
    add_once(site_.languages, name);
    if (const std::string folder = text_of(settings, "contentdir"); !folder.empty()) add_folder(folder, name);
  }

  void add_mounts(const json& mounts) {
    if (!mounts.is_array()) return;
    for (const json& item : mounts) {
      const json mount = lower_keys(item);
      if (text_of(mount, "target").starts_with("content"))
        add_folder(text_of(mount, "source"), ascii_lower(text_of(mount, "lang")));
    }
  }

  // The section lies in a folder of content, or the folder in the section.
  void add_folder(std::string_view folder, const std::string& language) {
    if (folder.starts_with("./")) folder.remove_prefix(2);
    while (folder.ends_with('/')) folder.remove_suffix(1);
    const std::string below = std::string{folder} + "/";
    if (section_ == folder || section_.starts_with(below)) {
      site_.section = section_ == folder ? "" : section_.substr(below.size());
      if (!language.empty()) site_.default_language = language;
    } else if (!language.empty() && folder.starts_with(section_ + "/")) {
      site_.content_folders.push_back({std::string{folder.substr(section_.size() + 1)}, language});
    }
  }

  std::string section_;
  Site site_;
};

}  // namespace

Site parse_site(const std::vector<ConfigurationFile>& files, std::string_view section) {
  json all = json::object();
  for (const ConfigurationFile& file : files) {
    const json read = parse_configuration(file.name, file.text);
    if (!read.is_object()) continue;
    if (const std::string key = root_key(file.name); !key.empty()) {
      all[key].merge_patch(read);
    } else {
      all.merge_patch(read);
    }
  }
  return SiteReader{section}.run(all);
}

}  // namespace stubkeeper::entries
