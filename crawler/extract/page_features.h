#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/content.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// Features of a page that decide whether it is a document. All texts are folded by
// fold_for_matching().
struct PageFeatures {
  // The parts of the title ("Page not found | Example" has two), and the h1 and h2, without
  // punctuation at their ends.
  std::vector<std::string> titles;
  std::vector<std::string> headings;
  std::vector<std::string> paragraphs;  // of the main text, without headings
  std::string text;                     // all visible text, up to a limit
  std::string noscript;                 // text of <noscript>
  std::vector<std::string> controls;    // labels of buttons and links
  std::size_t prose_bytes = 0;          // count_prose_bytes() of the main text
  std::size_t visible_bytes = 0;        // of all visible text, without white space
  std::size_t scripts = 0;
  std::size_t pictures = 0;  // and other embedded things: frames, video, drawings
  bool has_password_field = false;
  std::size_t text_fields = 0;
  bool has_form = false;
  bool has_mount_point = false;  // an empty element that scripts fill: <div id="root"></div>
  std::string markup;            // ids, classes, addresses and inline scripts
};

PageFeatures extract_features(const PageTree& page, const Content& content);

// The bytes of a text's sentences: no headings, list items, table rows or labels.
std::size_t count_prose_bytes(std::string_view text);

// For comparing with phrases: case, white space and apostrophes folded.
std::string fold_for_matching(std::string_view text);

// Without punctuation and marks of headings and lists at its ends.
std::string strip_end_marks(std::string text);

}  // namespace stubkeeper::crawler
