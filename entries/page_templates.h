#pragma once

#include <string>
#include <string_view>

#include "entries/conventions.h"

namespace stubkeeper::entries {

// Values for a template's fields. @title@, @description@ and @research_area@ are filled in as YAML strings in
// quotation marks, @name@ (the title) as Markdown text, @date@ as it is.
struct NewPage {
  std::string_view title;
  std::string_view path;  // "datacenters/acme-cooling"; its folder becomes the research area
  std::string_view date;  // YYYY-MM-DD
};

// A new entry's page, of the template "entry", and a section's, of "section", with its own path as
// research area.
std::string render_stub_page(const Conventions& conventions, const NewPage& page);
std::string render_section_page(const Conventions& conventions, const NewPage& page);

// The disclaimer at the top of every entry: the first block quote of the entry's template, without a line
// end; "" where it has none.
std::string entry_disclaimer(const Conventions& conventions);

// The title of an entry path: "datacenters/acme-cooling" is "Acme Cooling".
std::string title_from_path(std::string_view path);

// The last part of a new entry's path, of its title: "Zürich Wärme AG (ZW)" is "zurich-warme". Lower-case
// ASCII letters and digits, words joined by hyphens, at most 60 characters; without accents, a parenthesis at
// the end and the rules' legal forms. "" where no such letter or digit is left.
std::string make_slug(const PublisherRules& rules, std::string_view title);

}  // namespace stubkeeper::entries
