#pragma once

#include <string>
#include <string_view>

#include "entries/conventions.h"

namespace stubkeeper::entries {

// What the templates of new pages ask for: @title@, @name@, @date@, @description@ and @research_area@. All
// but
// @name@ and @date@ are filled in as YAML texts in quotation marks, @name@ as Markdown text.
struct NewPage {
  std::string_view title;
  std::string_view path;  // "datacenters/acme-cooling"; its folder becomes the research area
  std::string_view date;  // YYYY-MM-DD
};

// The page of a new entry that so far is a name (template "entry"), of a section ("section"; its own path is
// the research area) and of the changelog ("changelog").
std::string render_stub_page(const Conventions& conventions, const NewPage& page);
std::string render_section_page(const Conventions& conventions, const NewPage& page);
std::string render_changelog_page(const Conventions& conventions, std::string_view date);

// The disclaimer that every entry begins with: the first block quote of the entry's template, without a line
// end; "" where it has none.
std::string entry_disclaimer(const Conventions& conventions);

// A title for an entry path where nobody gave one: "datacenters/acme-cooling" is "Acme Cooling".
std::string title_from_path(std::string_view path);

}  // namespace stubkeeper::entries
