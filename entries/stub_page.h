#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::entries {

// The page of a new entry that so far is a name: schema/templates/entry.md with its fields filled in. `date`
// is YYYY-MM-DD, `path` the entry's path; its folder becomes the research area.
std::string stub_page(std::string_view title, std::string_view path, std::string_view date);

// The disclaimer that every entry begins with: the block quote of schema/templates/entry.md, without a line
// end.
std::string disclaimer();

// A title for an entry path where nobody gave one: "datacenters/acme-cooling" is "Acme Cooling".
std::string title_from_path(std::string_view path);

}  // namespace stubkeeper::entries
