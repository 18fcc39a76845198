#include "kb/export/section_listing.h"

#include <array>
#include <filesystem>

#include "base/text/ascii.h"
#include "base/text/strings.h"

namespace stubkeeper::kb {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> endings{".toml", ".yaml", ".yml", ".json"};

// A file of configuration that is there, in the first of its forms.
void read_configuration(const FileSystem& files, const fs::path& folder, std::string_view name,
                        std::vector<entries::ConfigurationFile>& found) {
  constexpr std::uint64_t max_bytes = 1'000'000;
  for (const std::string_view ending : endings) {
    const std::string file = std::string{name} + std::string{ending};
    if (auto text = files.read((folder / file).string(), max_bytes); text.ok()) {
      found.push_back({file, *std::move(text)});
      return;
    }
  }
}

// Other programs have a config.toml too.
bool is_hugo(const entries::ConfigurationFile& file) {
  const std::string text = ascii_lower(file.text);
  return file_name(file.name).starts_with("hugo.") ||
         contains_any(text, {"baseurl", "languages", "defaultcontentlanguage", "languagecode", "theme"});
}

std::vector<entries::ConfigurationFile> read_configurations(const FileSystem& files, const fs::path& folder) {
  std::vector<entries::ConfigurationFile> found;
  for (const char* name : {"config", "hugo", "config/_default/config", "config/_default/hugo"})
    read_configuration(files, folder, name, found);
  std::erase_if(found, [](const auto& file) { return !is_hugo(file); });
  if (found.empty()) return found;
  for (const char* name : {"config/_default/languages", "config/_default/module"})
    read_configuration(files, folder, name, found);
  return found;
}

}  // namespace

entries::Site read_site(const FileSystem& files, const std::string& folder) {
  constexpr int max_levels = 12;
  const fs::path section = fs::path{folder + "/"}.lexically_normal().parent_path();
  fs::path above = section.parent_path();
  for (int level = 0; level < max_levels && above.has_relative_path(); ++level, above = above.parent_path()) {
    const auto found = read_configurations(files, above);
    if (!found.empty()) return entries::parse_site(found, section.lexically_relative(above).generic_string());
  }
  return {};
}

Result<SectionListing> list_section(const FileSystem& files, const std::string& folder) {
  STUBKEEPER_ASSIGN(auto listed, files.list_tree(folder));
  std::erase_if(listed, [](const FileInfo& file) {
    return file.kind == FileKind::folder || entries::is_ignored_file(file.path);
  });
  std::vector<std::string> names;
  for (const FileInfo& file : listed) names.push_back(file.path);
  SectionListing listing{{}, names, entries::SectionFiles{names, read_site(files, folder)}, {}};
  for (FileInfo& file : listed) {
    const std::string ending = fs::path{file.path}.extension().string();
    switch (listing.roles.role(file.path)) {
      case entries::FileRole::translation:
        ++listing.left_out.translations;
        break;
      case entries::FileRole::resource:
        if (ending == ".md") ++listing.left_out.resources;
        break;
      case entries::FileRole::other_format:
        // HTML is mostly a page's own.
        if (!ending.starts_with(".htm")) ++listing.left_out.other_endings[ending];
        break;
      default:
        break;
    }
    if (ending == ".md") listing.markdown.push_back(std::move(file));
  }
  return listing;
}

}  // namespace stubkeeper::kb
