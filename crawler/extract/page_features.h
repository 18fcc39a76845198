#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crawler/content.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// What of a page tells whether it is a document. All texts are folded for comparing with wall_phrases.h:
// case, white space, typographic apostrophes.
struct PageFeatures {
  // The parts of the title ("Page not found | Example" has two) and the page's h1 and h2, without the
  // punctuation at their ends.
  std::vector<std::string> titles;
  std::vector<std::string> headings;
  std::vector<std::string> paragraphs;  // of the main text, without headings
  std::string text;                     // all that the page shows, up to a limit
  std::string noscript;                 // what it says to browsers without scripts
  std::vector<std::string> controls;    // labels of buttons and of links that act as such
  // count_prose_bytes() the main text.
  std::size_t prose_bytes = 0;
  std::size_t visible_bytes = 0;  // of all text that the page shows, without white space
  std::size_t scripts = 0;
  std::size_t pictures = 0;  // and other embedded things: frames, video, drawings
  bool has_password_field = false;
  std::size_t text_fields = 0;
  bool has_form = false;
  bool has_mount_point = false;  // an empty element that scripts fill: <div id="root"></div>
  std::string markup;  // ids, classes, addresses and inline scripts, for finding products by their marks
};

PageFeatures extract_features(const PageTree& page, const Content& content);

// The bytes of a main text's paragraphs that are sentences: no headings, list items, table rows or labels.
std::size_t count_prose_bytes(std::string_view text);

// A text as PageFeatures has them.
std::string fold_for_matching(std::string_view text);

// A folded text without punctuation and marks of headings and lists at its ends.
std::string strip_end_marks(std::string text);

}  // namespace stubkeeper::crawler
