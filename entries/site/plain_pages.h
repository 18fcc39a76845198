#pragma once

#include <string>
#include <string_view>

#include "entries/site/page_index.h"

namespace stubkeeper::entries {

// A page of the section as a folder of plain Markdown has it, which Obsidian, Quartz and a code host's
// viewer read: links between pages by relative path, and nothing that only Hugo understands.

// "energy/_index.md" is "energy/index.md"; other files keep their names.
std::string to_plain_path(std::string_view file);

// The text of the page `file`: relrefs become relative paths (a fragment stays; one that leads to no page of
// `pages` stays as it is), and steering regions, which no reader is to see, are left out with the blank lines
// behind them.
std::string to_plain_page(const std::string& page, std::string_view file, const PageIndex& pages);

// Back: relative links to pages in the plain text of `file` become relrefs in the section's own form, but
// those that `page`, the section's text, has as relative links itself.
std::string restore_relrefs(const std::string& plain, const std::string& page, std::string_view file,
                         const PageIndex& pages);

}  // namespace stubkeeper::entries
