#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entries/edit.h"

namespace stubkeeper::entries {

// The edits that a new entry needs on other pages: an item of the list of topic areas, a row of its section's table of
// companies. In the form of the conventions and of the page.

// A page and how another page refers to it; see PageIndex::reference.
struct PageReference {
  std::string title;  // outside text: it is escaped here
  std::string reference;
};

// "[Title]({{< relref "reference" >}})".
std::string make_relref_link(const PageReference& page);

// Puts a topic area into the list of topics, in alphabetical order; nothing where the page has no such list.
std::optional<Edit> make_topic_edit(const IdentifiedDocument& page, const PageReference& topic);

// A company as a table row: "Company" is the link, other cells are given by column or "—".
struct CompanyRow {
  PageReference company;
  std::vector<std::pair<std::string, std::string>> cells;  // column, outside text
};

// Puts a company at the end of the first table of a tier ("startups"); nothing where the page has no such
// table with a column "Company".
std::optional<Edit> make_company_edit(const IdentifiedDocument& page, std::string_view tier,
                                      const CompanyRow& row);

// An item of the list of topic areas on the section's first page.
struct TopicItem {
  std::size_t block = 0;
  std::size_t line = 0;
  std::string title;                    // of its first link
  std::vector<std::string> references;  // all its relrefs and paths
};
struct TopicList {
  std::size_t line = 0;  // of its heading
  ByteRange bytes;       // of its items
  std::vector<TopicItem> items;
  bool has_single_line_items = false;  // nothing but items of one line, without blank lines between
};

// The list below the house style's heading ("Topic Areas"), or nothing.
std::optional<TopicList> find_topic_list(const Conventions& conventions, const Document& document);

// The list's order: by title, ignoring case.
bool topic_precedes(std::string_view a, std::string_view b);

// The items in that order, each with its bytes.
std::string sort_topic_list(const Document& document, const TopicList& list);

}  // namespace stubkeeper::entries
