#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// The kind of an element by the words of its class and id. Words are whole ("ad" is in "top-ad",
// not in "header"), of names as in CSS: "post-content", "post_content", "postContent". Names of a
// state ("has-sidebar", "comments-open") are ignored.
enum class NameHint {
  none,
  content,
  panel,        // opens and closes: accordion, tab
  frame,        // of the page's frame, but sites put text into it too: menu, overlay, subscription
  boilerplate,  // footer, cookie, related, sharing, ...
  comments,     // readers' replies
  reviews,      // buyers' opinions
  author_box,   // who the author is, at length
  poster        // of a forum's post, without the name: avatar, rank, signature
};

// The last hint of all, in the order of the enumeration.
NameHint classify_names(std::string_view class_names, std::string_view id);

// In lower case.
std::vector<std::string> split_name_words(std::string_view name);

// Whether the names in one of an element's attributes have one of the words.
bool has_name_word(const PageTree& page, PageTree::Index node, std::initializer_list<const char*> attributes,
                   std::initializer_list<std::string_view> words);

}  // namespace stubkeeper::crawler
