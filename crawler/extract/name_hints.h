#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::crawler {

// What the words of an element's class and id say that it is. The words are taken whole ("ad" is in "top-ad",
// not in "header"), from the names as CSS writes them: "post-content", "post_content", "postContent". A name
// that tells a state ("has-sidebar", "comments-open") says nothing.
enum class NameHint {
  none,
  content,
  panel,        // opens and closes: accordion, tab
  frame,        // a part of the page's frame that sites also put text into: menu, overlay, subscription
  boilerplate,  // footer, cookie, related, sharing, ...
  comments,     // readers' replies
  reviews,      // buyers' opinions
  author_box,   // who the author is, at length
  poster        // who wrote a forum's post, without the name: avatar, rank, signature
};

// The hint that says most, in the order of the enumeration.
NameHint classify_names(std::string_view class_names, std::string_view id);

// The words of a name, lower case.
std::vector<std::string> split_name_words(std::string_view name);

}  // namespace stubkeeper::crawler
