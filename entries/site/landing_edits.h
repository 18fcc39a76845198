#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entries/edit.h"

namespace stubkeeper::entries {

// The edits that a new entry asks of other pages: the changelog's line, the item in the list of topic areas,
// the row in its section's table of companies. Each in the form that the conventions state and the page uses.

// A page and how another page refers to it; see PageIndex::reference.
struct PageReference {
  std::string title;  // as outside text: it is made safe here
  std::string reference;
};

// "[Title]({{< relref "reference" >}})".
std::string make_relref_link(const PageReference& page);

// "**2026-11-24:** Created [Title](...) — words." cut at a word so that with its "- " it has at most `most`
// characters; the words go first, and then the line is as long as its link makes it.
std::string format_changelog_line(std::string_view date, const PageReference& created, std::string_view words,
                           std::size_t max_characters);

// "**2026-11-24:** Created [Section](...) + 7 entries: [A](...), [B](...) and 5 more.", with as many entries
// as there is room for.
std::string format_changelog_line(std::string_view date, const PageReference& section,
                           const std::vector<PageReference>& created, std::size_t max_characters);

// Puts a line on top of a changelog's list, or begins the list at the page's end.
Edit make_changelog_edit(const IdentifiedDocument& changelog, const std::string& line);

// Puts a topic area into the list of topics, in its place of the alphabet; nothing where the page has no such
// list.
std::optional<Edit> make_topic_edit(const IdentifiedDocument& page, const PageReference& topic);

// Puts a company at the end of the first table of a tier ("startups"), its cells by column: "Company" is the
// link, others are given by their column's name or "—". Nothing where the page has no such table, or one with
// other columns.
struct CompanyRow {
  PageReference company;
  std::vector<std::pair<std::string, std::string>> cells;  // column, outside text
};
std::optional<Edit> make_company_edit(const IdentifiedDocument& page, std::string_view tier,
                                 const CompanyRow& row);

}  // namespace stubkeeper::entries
