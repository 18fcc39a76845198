#pragma once

#include <string>
#include <string_view>

#include "entries/site/page_index.h"

namespace stubkeeper::entries {

// The plain Markdown form of a section's file, for Obsidian, Quartz and code hosts: "energy/_index.md" is
// "energy/index.md"; other files keep their names.
std::string to_plain_path(std::string_view file);

// The plain form of the page `file`: relrefs to pages of `pages` become relative paths with their fragments,
// others stay; steering regions and the blank lines after them go.
std::string to_plain_page(const std::string& page, std::string_view file, const PageIndex& pages);

// Back: relative links of the plain text to pages become relrefs in the section's form, but those that `page`,
// the section's text, has as relative links itself.
std::string restore_relrefs(const std::string& plain, const std::string& page, std::string_view file,
                            const PageIndex& pages);

}  // namespace stubkeeper::entries
