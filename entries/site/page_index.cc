#include "entries/site/page_index.h"

#include <algorithm>
#include <filesystem>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

namespace fs = std::filesystem;

// The key of a path as a reference may spell it: no ".md", no "_index" or "index" at its end, no
// slashes around it.
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

bool is_space(char c) {
  return c == ' ' || c == '\t';
}

void skip_space(std::string_view text, std::size_t& at) {
  while (at < text.size() && is_space(text[at])) ++at;
}

// The relref whose "{{<" or "{{%" is at `open`, if it is one.
bool parse_relref_at(std::string_view page, std::size_t open, Relref& found) {
  std::size_t at = open + 3;
  skip_space(page, at);
  const std::string_view rest = page.substr(at);
  const std::size_t name = rest.starts_with("relref") ? 6 : rest.starts_with("ref") ? 3 : 0;
  if (name == 0 || at + name >= page.size() || !is_space(page[at + name])) return false;
  at += name;
  skip_space(page, at);
  if (page.substr(at).starts_with("path=")) at += 5;
  if (at >= page.size()) return false;
  const char quote = page[at];
  std::size_t end = 0;
  if (quote == '"' || quote == '`' || quote == '\'') {
    end = page.find_first_of(std::string{quote} + "\n", ++at);
    if (end == std::string_view::npos || page[end] != quote) return false;
  } else {
    end = page.find_first_of(" \t\n>%", at);
    if (end == std::string_view::npos) return false;
  }
  found.target = page.substr(at, end - at);
  found.target_range = {at, end};
  return true;
}

}  // namespace

bool PageIndex::is_folder_page(std::string_view file) {
  const std::string_view name = file_name(file);
  return name == "_index.md" || name == "index.md";
}

PageIndex::PageIndex(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (!file.ends_with(".md")) continue;
    const std::string key = lookup_key(file);
    by_path_.emplace(key, file);
    // Hugo looks up names among regular pages alone: sections are found by their path.
    if (!file.ends_with("_index.md")) by_name_[std::string{file_name(key)}].push_back(file);
  }
}

PageIndex::Resolution PageIndex::resolve(std::string_view from_file, std::string_view reference) const {
  std::string_view path = reference.substr(0, reference.find('#'));
  if (path.empty()) return {Outcome::found, std::string{from_file}, false, {}};
  if (path.find("://") != std::string_view::npos) return {Outcome::outside, "", false, {}};

  if (path.front() == '/') {
    // The root that Hugo means is the content folder, above the section: only what names this
    // section can be looked up.
    const std::size_t second = path.find('/', 1);
    if (second == std::string_view::npos) return {Outcome::outside, "", false, {}};
    const auto found = by_path_.find(lookup_key(path.substr(second + 1)));
    if (found == by_path_.end()) return {Outcome::outside, "", false, {}};
    return {Outcome::found, found->second, false, {}};
  }
  std::string_view base = parent_folder(from_file);
  const bool leaf_bundle = from_file.ends_with("/index.md");
  // What lies beside a leaf bundle's folder is its neighbour, unless the reference goes up itself.
  if (leaf_bundle && !path.starts_with("..")) base = parent_folder(base);
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
  const auto named = by_name_.find(std::string{file_name(key)});
  if (named == by_name_.end()) return {Outcome::missing, "", false, {}};
  if (named->second.size() > 1) return {Outcome::ambiguous, "", true, named->second};
  return {Outcome::found, named->second.front(), true, {}};
}

bool PageIndex::resolves_to_page(std::string_view from_file, std::string_view path) const {
  const std::string folder{parent_folder(from_file)};
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
  const std::string_view target = folder_page ? parent_folder(target_file) : target_file;
  const bool from_section = from_file.ends_with("_index.md");
  if (!from_section && !folder_page) {
    const std::string key = lookup_key(target_file);
    const std::string name = std::string{file_name(key)};
    if (const auto named = by_name_.find(name); named != by_name_.end() && named->second.size() == 1) {
      return std::string{file_name(target_file)};
    }
  }
  std::string_view base = parent_folder(from_file);
  if (from_file.ends_with("/index.md")) base = parent_folder(base);
  const std::string relative =
      fs::path{target.empty() ? "." : target}.lexically_relative(base.empty() ? "." : base).generic_string();
  return relative;
}

bool is_steering(const Document& document, const Block& block) {
  const std::string_view text = trim(document.text(block));
  if (block.kind != BlockKind::shortcode || (!text.starts_with("{{<") && !text.starts_with("{{%")))
    return false;
  return trim(text.substr(3)).starts_with("steering");
}

std::vector<Relref> find_relrefs(const Document& document) {
  std::vector<Relref> relrefs;
  const std::string_view page = document.print();
  for (const Block& block : document.blocks()) {
    if (block.kind == BlockKind::front_matter || block.kind == BlockKind::blank ||
        is_steering(document, block))
      continue;
    std::size_t line = block.first_line;
    std::size_t counted = block.bytes.begin;
    for (std::size_t at = page.find("{{", block.bytes.begin);
         at != std::string_view::npos && at + 3 < block.bytes.end; at = page.find("{{", at + 2)) {
      if (page[at + 2] != '<' && page[at + 2] != '%') continue;
      Relref relref;
      if (!parse_relref_at(page.substr(0, block.bytes.end), at, relref)) continue;
      line += static_cast<std::size_t>(std::count(page.begin() + static_cast<std::ptrdiff_t>(counted),
                                                  page.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
      counted = at;
      relref.line = line;
      relrefs.push_back(std::move(relref));
    }
  }
  return relrefs;
}

}  // namespace stubkeeper::entries
