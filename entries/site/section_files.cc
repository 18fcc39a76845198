#include "entries/site/section_files.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"

namespace stubkeeper::entries {
namespace {

// ISO 639-1, and the codes of three letters that sites use beside them.
constexpr std::string_view language_codes =
    " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et "
    "eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl "
    "km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj "
    "om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to "
    "tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu fil ";

bool is_language_code(std::string_view code) {
  const std::string lower = ascii_lower(code);
  const std::string primary = lower.substr(0, lower.find_first_of("-_"));
  const std::string_view region = std::string_view{lower}.substr(primary.size());
  return language_codes.find(" " + primary + " ") != std::string_view::npos &&
         (region.empty() || (region.size() >= 3 && region.size() <= 5));
}

std::string_view extension(std::string_view file) {
  const std::string_view name = file_name(file);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view{} : name.substr(dot + 1);
}

bool is_other_format(std::string_view file) {
  const std::string lower = ascii_lower(extension(file));
  return contains(
      {"mdx", "markdown", "mdown", "html", "htm", "adoc", "asciidoc", "ad", "rst", "org", "pandoc", "pdc"},
      lower);
}

}  // namespace

bool is_content_file(std::string_view file) {
  return file.ends_with(".md") || (is_other_format(file) && !file.ends_with(".mdx"));
}

bool is_ignored_file(std::string_view file) {
  const auto names = split(file, '/');
  return std::any_of(names.begin(), names.end(), [](std::string_view name) {
    return name.starts_with('.') || name.starts_with('#') || name.ends_with('~');
  });
}

SectionFiles::SectionFiles(const std::vector<std::string>& files, Site site) : site_(std::move(site)) {
  bool is_hugo = site_.is_known;
  std::set<std::string, std::less<>> branches;
  for (const std::string& file : files) {
    if (is_ignored_file(file)) continue;
    files_.insert(file);
    if (!file_name(file).starts_with("_index.") || !is_content_file(file)) continue;
    is_hugo = true;
    branches.emplace(parent_folder(file));
  }
  if (!is_hugo) return;
  for (const std::string& file : files_) {
    const std::string_view folder = parent_folder(file);
    const bool is_index = file_name(file).starts_with("index.") && is_content_file(file);
    // The root is a section, and of _index and index in one folder Hugo takes the first.
    if (is_index && !folder.empty() && !branches.contains(folder)) leaf_bundles_.emplace(folder);
  }
}

SectionFiles::NameParts SectionFiles::parse(std::string_view file) const {
  const auto without_default = [&](NameParts parts) {
    if (parts.language == site_.default_language) parts.language.clear();
    return parts;
  };
  NameParts parts{std::string{file}, ""};
  for (const Site::ContentFolder& content : site_.content_folders) {
    if (!file.starts_with(content.folder + "/")) continue;
    parts = {std::string{file.substr(content.folder.size() + 1)}, content.language};
  }
  const std::string_view name = file_name(parts.base);
  const std::string_view ending = extension(name);
  const std::string_view stem = name.substr(0, name.size() - std::min(name.size(), ending.size() + 1));
  const std::size_t dot = stem.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return without_default(std::move(parts));
  const std::string_view code = stem.substr(dot + 1);
  const bool is_index = stem.substr(0, dot) == "_index" || stem.substr(0, dot) == "index";
  const std::string base =
      parts.base.substr(0, parts.base.size() - ending.size() - code.size() - 2) + "." + std::string{ending};
  const bool has_base = files_.contains(base) || (is_index && files_.contains("_index.md"));
  // A language that the configuration lacks makes Hugo take the first of two section pages.
  const bool is_guessed = is_language_code(code) && has_base && (is_index || !site_.is_known);
  const bool counts = contains(site_.languages, ascii_lower(code)) || is_guessed;
  if (!counts) return without_default(std::move(parts));
  return without_default({base, ascii_lower(code)});
}

FileRole SectionFiles::role(std::string_view file) const {
  if (is_ignored_file(file)) return FileRole::ignored;
  if (is_in_leaf_bundle(file)) return FileRole::resource;
  if (!file.ends_with(".md")) return is_other_format(file) ? FileRole::other_format : FileRole::other;
  return language(file).empty() ? FileRole::page : FileRole::translation;
}

std::string SectionFiles::language(std::string_view file) const {
  return parse(file).language;
}

bool SectionFiles::is_in_leaf_bundle(std::string_view file) const {
  for (std::string_view folder = parent_folder(file); !folder.empty(); folder = parent_folder(folder)) {
    if (!leaf_bundles_.contains(folder)) continue;
    const bool is_page =
        parent_folder(file) == folder && file_name(file).starts_with("index.") && is_content_file(file);
    if (!is_page) return true;
  }
  return false;
}

}  // namespace stubkeeper::entries
