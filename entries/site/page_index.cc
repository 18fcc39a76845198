#include "entries/site/page_index.h"

#include <algorithm>
#include <filesystem>

#include "base/text/ascii.h"
#include "entries/entry_path.h"

namespace stubkeeper::entries {
namespace {

namespace fs = std::filesystem;

std::string folder_of(std::string_view file) {
  const std::size_t slash = file.rfind('/');
  return slash == std::string_view::npos ? "" : std::string{file.substr(0, slash)};
}

// The key of a path as a reference may spell it: no ".md", no "_index" or "index" at its end, no slashes
// around it.
std::string lookup_key(std::string_view path) {
  std::string key = ascii_lower(path);
  while (!key.empty() && key.back() == '/') key.pop_back();
  if (key.ends_with(".md")) key.erase(key.size() - 3);
  for (const std::string_view index : {"_index", "index"}) {
    if (key == index) return "";
    if (key.size() > index.size() && key.ends_with(index) && key[key.size() - index.size() - 1] == '/') {
      key.erase(key.size() - index.size() - 1);
      break;
    }
  }
  return key;
}

}  // namespace

bool PageIndex::is_folder_page(std::string_view file) {
  const std::string_view name = file.substr(file.rfind('/') + 1);
  return name == "_index.md" || name == "index.md";
}

PageIndex::PageIndex(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (!file.ends_with(".md")) continue;
    const std::string key = lookup_key(file);
    by_path_.emplace(key, file);
    // Hugo looks up names among regular pages alone: sections are found by their path.
    if (!file.ends_with("_index.md")) by_name_[key.substr(key.rfind('/') + 1)].push_back(file);
  }
}

PageIndex::Resolution PageIndex::resolve(std::string_view from_file, std::string_view reference) const {
  std::string_view path = reference.substr(0, reference.find('#'));
  if (path.empty()) return {Outcome::found, std::string{from_file}, false, {}};
  if (path.find("://") != std::string_view::npos) return {Outcome::outside, "", false, {}};

  if (path.front() == '/') {
    // The root that Hugo means is the content folder, above the section: only what names this section can be
    // looked up.
    const std::size_t second = path.find('/', 1);
    if (second == std::string_view::npos) return {Outcome::outside, "", false, {}};
    const auto found = by_path_.find(lookup_key(path.substr(second + 1)));
    if (found == by_path_.end()) return {Outcome::outside, "", false, {}};
    return {Outcome::found, found->second, false, {}};
  }
  std::string base = folder_of(from_file);
  const bool leaf_bundle = from_file.ends_with("/index.md");
  // What lies beside a leaf bundle's folder is its neighbour, unless the reference goes up itself.
  if (leaf_bundle && !path.starts_with("..")) base = folder_of(base);
  const std::string joined = (fs::path{base} / fs::path{path}).lexically_normal().generic_string();
  if (joined == ".." || joined.starts_with("../")) return {Outcome::outside, "", false, {}};
  if (const auto found = by_path_.find(lookup_key(joined == "." ? "" : joined)); found != by_path_.end()) {
    return {Outcome::found, found->second, false, {}};
  }
  if (path.front() == '.') return {Outcome::missing, "", false, {}};
  // From the root, then by the name alone.
  if (const auto found = by_path_.find(lookup_key(path));
      found != by_path_.end() && path.find('/') != std::string_view::npos) {
    return {Outcome::found, found->second, true, {}};
  }
  const std::string key = lookup_key(path);
  const auto named = by_name_.find(key.substr(key.rfind('/') + 1));
  if (named == by_name_.end()) return {Outcome::missing, "", false, {}};
  if (named->second.size() > 1) return {Outcome::ambiguous, "", true, named->second};
  return {Outcome::found, named->second.front(), true, {}};
}

bool PageIndex::resolves_to_page(std::string_view from_file, std::string_view path) const {
  const std::string folder = folder_of(from_file);
  // A page that is no folder has an address of its own below its folder: ".../first-solar/".
  std::string address = is_folder_page(from_file) ? folder : std::string{from_file};
  if (address.ends_with(".md")) address.erase(address.size() - 3);
  for (const std::string& base : {address, folder}) {
    const std::string joined = (fs::path{base} / fs::path{path}).lexically_normal().generic_string();
    if (joined == ".." || joined.starts_with("../")) return true;
    if (by_path_.contains(lookup_key(joined == "." || joined == "./" ? "" : joined))) return true;
  }
  return false;
}

std::string PageIndex::reference(std::string_view from_file, std::string_view target_file) const {
  const bool folder_page = is_folder_page(target_file);
  const std::string target = folder_page ? folder_of(target_file) : std::string{target_file};
  const bool from_section = from_file.ends_with("_index.md");
  if (!from_section && !folder_page) {
    const std::string key = lookup_key(target_file);
    const std::string name = key.substr(key.rfind('/') + 1);
    if (const auto named = by_name_.find(name); named != by_name_.end() && named->second.size() == 1) {
      return std::string{target_file.substr(target_file.rfind('/') + 1)};
    }
  }
  std::string base = folder_of(from_file);
  if (from_file.ends_with("/index.md")) base = folder_of(base);
  const std::string relative =
      fs::path{target.empty() ? "." : target}.lexically_relative(base.empty() ? "." : base).generic_string();
  return relative;
}

}  // namespace stubkeeper::entries
