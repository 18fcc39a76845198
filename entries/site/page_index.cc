#include "entries/site/page_index.h"

#include <algorithm>
#include <filesystem>
#include <optional>

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
  if (is_content_file(key)) key.erase(key.rfind('.'));
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

// A parameter of a shortcode, its value without quotes.
struct Parameter {
  std::string_view name;  // "" for a positional one
  ByteRange value;
};

// The parameter at `at`, which moves past it; nothing where the shortcode ends or is malformed.
std::optional<Parameter> parse_parameter(std::string_view page, std::size_t& at) {
  skip_space(page, at);
  Parameter parameter;
  std::size_t name_end = at;
  while (name_end < page.size() && is_ascii_letter(page[name_end])) ++name_end;
  if (name_end > at && name_end < page.size() && page[name_end] == '=') {
    parameter.name = page.substr(at, name_end - at);
    at = name_end + 1;
  }
  if (at >= page.size()) return std::nullopt;
  const char quote = page[at];
  const bool is_quoted = quote == '"' || quote == '`' || quote == '\'';
  if (is_quoted) ++at;
  const std::size_t end = page.find_first_of(is_quoted ? std::string{quote} + "\n" : " \t\n>%", at);
  if (end == std::string_view::npos || (is_quoted && page[end] != quote) || (!is_quoted && end == at))
    return std::nullopt;
  parameter.value = {at, end};
  at = end + (is_quoted ? 1 : 0);
  return parameter;
}

// The relref whose "{{<" or "{{%" is at `open`, if it is one.
bool parse_relref_at(std::string_view page, std::size_t open, Relref& found) {
  std::size_t at = open + 3;
  skip_space(page, at);
  const std::string_view rest = page.substr(at);
  const std::size_t name = rest.starts_with("relref") ? 6 : rest.starts_with("ref") ? 3 : 0;
  if (name == 0 || at + name >= page.size() || !is_space(page[at + name])) return false;
  at += name;
  bool has_target = false;
  constexpr int max_parameters = 8;
  for (int i = 0; i < max_parameters; ++i) {
    const auto parameter = parse_parameter(page, at);
    if (!parameter) break;
    const std::string value{page.substr(parameter->value.begin, parameter->value.size())};
    if (parameter->name == "lang") found.language = value;
    if (has_target || (!parameter->name.empty() && parameter->name != "path")) continue;
    has_target = true;
    found.target = value;
    found.target_range = parameter->value;
  }
  return has_target;
}

std::string join_path(std::string_view folder, std::string_view path) {
  return (fs::path{folder} / fs::path{path}).lexically_normal().generic_string();
}

// "one.md" of "one.de.md".
std::string without_language(const std::string& path, const std::string& language) {
  const std::string ending = "." + language + ".md";
  if (language.empty() || !path.ends_with(ending)) return path;
  return path.substr(0, path.size() - ending.size()) + ".md";
}

bool is_leaf_bundle(std::string_view file) {
  return file_name(file).starts_with("index.") && file.find('/') != std::string_view::npos;
}

// Whether a reference that names an index file names this kind of one.
bool names_index_of(std::string_view reference, std::string_view file) {
  const std::string_view name = file_name(reference);
  return (name != "_index.md" && name != "index.md") ||
         file_name(file).starts_with(name.substr(0, name.find('.') + 1));
}

}  // namespace

bool PageIndex::is_folder_page(std::string_view file) {
  const std::string_view name = file_name(file);
  return (name.starts_with("_index.") || name.starts_with("index.")) && is_content_file(name);
}

PageIndex::PageIndex(const std::vector<std::string>& files, Site site) : files_(files, std::move(site)) {
  for (const std::string& file : files) {
    if (!is_content_file(file)) continue;
    const FileRole role = files_.role(file);
    if (role == FileRole::ignored) continue;
    const auto [base, language] = files_.parse(file);
    const std::string key = lookup_key(base);
    if (role == FileRole::resource) {
      resources_.emplace(key, file);
      continue;
    }
    Pages& pages = pages_[language];
    const bool is_new = pages.by_path.emplace(key, file).second;
    if (is_new && !key.empty()) pages.by_name[std::string{file_name(key)}].push_back(file);
  }
}

const PageIndex::Pages& PageIndex::pages_of(std::string_view language) const {
  static const Pages none;
  const auto found = pages_.find(language);
  return found == pages_.end() ? none : found->second;
}

bool PageIndex::may_have_language(std::string_view language) const {
  return !files_.site().is_known || contains(files_.site().languages, ascii_lower(language));
}

PageIndex::Resolution PageIndex::resolve(std::string_view from_file, std::string_view reference,
                                         std::string_view wanted_language) const {
  const Site& site = files_.site();
  const auto from = files_.parse(from_file);
  std::string language = wanted_language.empty() ? from.language : ascii_lower(wanted_language);
  // Without a configuration the section's own language has no name.
  if (language == site.default_language || (!site.is_known && !pages_.contains(language))) language.clear();
  const Pages& pages = pages_of(language);
  std::string path{reference.substr(0, reference.find('#'))};
  if (path.empty()) return {Outcome::found, std::string{from_file}, false, {}};
  if (path.find("://") != std::string_view::npos) return {Outcome::outside, "", false, {}};
  path = without_language(path, language.empty() ? site.default_language : language);

  const auto find_path = [&](std::string_view wanted, bool by_name) -> std::optional<Resolution> {
    const auto found = pages.by_path.find(lookup_key(wanted == "." ? "" : wanted));
    if (found == pages.by_path.end() || !names_index_of(wanted, found->second)) return std::nullopt;
    return Resolution{Outcome::found, found->second, by_name, {}};
  };
  if (path.front() == '/') {
    // The root that Hugo means is the content folder, above the section: only what names this
    // section can be looked up.
    const std::string root = site.is_known ? site.section : path.substr(1, path.find('/', 1) - 1);
    const std::string prefix = root.empty() ? "/" : "/" + root + "/";
    const Resolution outside{Outcome::outside, "", false, {}};
    return path.starts_with(prefix) ? find_path(path.substr(prefix.size()), false).value_or(outside)
                                    : outside;
  }
  std::string_view base = parent_folder(from.base);
  // What lies beside a leaf bundle's folder is its neighbour, unless the reference goes up itself.
  if (is_leaf_bundle(from.base) && !path.starts_with("..")) base = parent_folder(base);
  const std::string joined = join_path(base, path);
  if (joined == ".." || joined.starts_with("../")) return {Outcome::outside, "", false, {}};
  if (auto found = find_path(joined, false)) return *std::move(found);

  Resolution missing;
  for (const std::string& each : {joined, path}) {
    const auto resource = resources_.find(lookup_key(each));
    if (resource != resources_.end()) missing.file = resource->second;
  }
  if (path.front() == '.') return missing;
  if (path.find('/') != std::string::npos) {
    // From the content folder; the section may be that.
    const std::string section = site.section + "/";
    const std::string below = site.is_known && !site.section.empty() && path.starts_with(section)
                                  ? path.substr(section.size())
                                  : path;
    const bool may_be_found = !site.is_known || site.section.empty() || below != path;
    return may_be_found ? find_path(below, true).value_or(missing) : missing;
  }
  // By its name alone, among pages and sections.
  const std::string key = lookup_key(path);
  if (site.is_known && !key.empty() && key == file_name(site.section)) {
    if (auto found = find_path("", true)) return *std::move(found);
  }
  const auto named = pages.by_name.find(key);
  if (named == pages.by_name.end()) return missing;
  if (named->second.size() > 1) return {Outcome::ambiguous, "", true, named->second};
  return {Outcome::found, named->second.front(), true, {}};
}

bool PageIndex::resolves_to_page(std::string_view from_file, std::string_view path) const {
  const auto from = files_.parse(from_file);
  const std::string folder{parent_folder(from.base)};
  // A page that is no folder has an address of its own below its folder: ".../first-solar/".
  std::string address = is_folder_page(from.base) ? folder : from.base;
  if (is_content_file(address)) address.erase(address.rfind('.'));
  for (const std::string& base : {address, folder}) {
    const std::string joined = join_path(base, path);
    if (joined == ".." || joined.starts_with("../")) return true;
    const std::string key = lookup_key(joined == "." || joined == "./" ? "" : files_.parse(joined).base);
    const bool found = std::any_of(pages_.begin(), pages_.end(),
                                   [&](const auto& pages) { return pages.second.by_path.contains(key); });
    if (found) return true;
  }
  return false;
}

std::string PageIndex::reference(std::string_view from_file, std::string_view target_file) const {
  const auto from = files_.parse(from_file);
  const auto [target_base, language] = files_.parse(target_file);
  const bool folder_page = is_folder_page(target_base);
  const std::string_view target = folder_page ? parent_folder(target_base) : std::string_view{target_base};
  const bool from_section = file_name(from.base).starts_with("_index.");
  if (!from_section && !folder_page) {
    const auto& by_name = pages_of(language).by_name;
    const auto named = by_name.find(file_name(lookup_key(target_base)));
    if (named != by_name.end() && named->second.size() == 1) return std::string{file_name(target_base)};
  }
  std::string_view base = parent_folder(from.base);
  if (is_leaf_bundle(from.base)) base = parent_folder(base);
  return fs::path{target.empty() ? "." : target}
      .lexically_relative(base.empty() ? "." : base)
      .generic_string();
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
