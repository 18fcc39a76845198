#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entries/conventions.h"
#include "entries/document.h"

namespace stubkeeper::entries {

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
  bool has_single_line_items = false;  // nothing but items of one line, without blank lines between them
};

// The list below the heading that the house style names ("Topic Areas"); nothing where there is no such list.
std::optional<TopicList> find_topic_list(const Conventions& conventions, const Document& document);

// The order of the list: by title, case apart.
bool topic_precedes(std::string_view a, std::string_view b);

// The items in their order, each with its bytes.
std::string sort_topic_list(const Document& document, const TopicList& list);

}  // namespace stubkeeper::entries
