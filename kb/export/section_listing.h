#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "entries/site/section_files.h"

namespace stubkeeper::kb {

// Texts of a section's folder that become no entries.
struct LeftOutFiles {
  int translations = 0;
  int resources = 0;                         // Markdown below a leaf bundle
  std::map<std::string, int> other_endings;  // ".mdx"
};

// A section's folder as import, export and check read it: hidden, lock and backup files are not there.
struct SectionListing {
  std::vector<FileInfo> markdown;  // what has a name with .md and is no folder, by path
  std::vector<std::string> files;  // all, for entries::PageIndex
  entries::SectionFiles roles;
  LeftOutFiles left_out;

  bool is_page(const std::string& file) const { return roles.role(file) == entries::FileRole::page; }
};
Result<SectionListing> list_section(const FileSystem& files, const std::string& folder);

// The Hugo site that a folder lies in: its configuration (hugo.toml, config.toml, config/_default and their other
// forms) in the nearest folder above. Unknown where there is none.
entries::Site read_site(const FileSystem& files, const std::string& folder);

}  // namespace stubkeeper::kb
