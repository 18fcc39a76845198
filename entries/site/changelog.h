#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "entries/conventions.h"
#include "entries/edit.h"
#include "entries/site/landing_pages.h"

namespace stubkeeper::entries {

// The lines of a section's changelog, in the form of the conventions and of the page.

// The template "changelog_line": a line's form is its last line that is not empty, its front matter says which changes
// get one.
struct ChangelogRules {
  std::string form;                  // "**@date@:** @action@ @page@ — @words@."
  std::vector<std::string> kinds;    // of approved changes that get a line
  bool has_line_per_change = false;  // else one for all changes of an entry on a day
};
// invalid_argument where the form lacks @date@ or, behind it, @page@, or `per` is neither "entry" nor "change".
Result<ChangelogRules> parse_changelog_rules(std::string_view text);
// Those of conventions; their template was checked when it was read.
ChangelogRules changelog_rules(const Conventions& conventions);

struct ChangelogLine {
  std::string date;    // "2026-11-24"
  std::string action;  // "Created", "Updated"
  PageReference page;
  std::string words;  // outside text: it is escaped here
};

// "**2026-11-24:** Created [Title](...) — words." of the form "**@date@:** @action@ @page@ — @words@.", cut at a
// word so that it has at most `max_characters` with its "- ". The words go first; the link is never cut.
std::string format_changelog_line(std::string_view form, const ChangelogLine& line,
                                  std::size_t max_characters);

// "**2026-11-24:** Created [Section](...) + 7 entries: [A](...), [B](...) and 5 more.", with as many entries
// as there is room for. The words of the line do not matter.
std::string format_changelog_line(std::string_view form, const ChangelogLine& section,
                                  const std::vector<PageReference>& created, std::size_t max_characters);

// Puts a line of a day into a changelog's list: above the first line of that day or an earlier one, on top of a list
// without dates; or begins the list at the page's end.
Edit make_changelog_edit(const IdentifiedDocument& changelog, const std::string& line, std::string_view date);

// The subject of an edited text for its line of the changelog, without markup, date and full stop: its first
// sentence with words that the old text had not.
std::string changelog_words(std::string_view old_text, std::string_view new_text);

}  // namespace stubkeeper::entries
