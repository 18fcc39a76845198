#pragma once

#include <gumbo.h>

#include <array>
#include <initializer_list>

namespace stubkeeper::crawler {

// A set of HTML's elements, made at compile time.
class TagSet {
 public:
  constexpr TagSet(std::initializer_list<GumboTag> tags) {
    for (const GumboTag tag : tags) contains_[tag] = true;
  }
  constexpr bool contains(GumboTag tag) const { return contains_[tag]; }

 private:
  std::array<bool, GUMBO_TAG_LAST + 1> contains_{};
};

// 1 to 6 for h1 to h6, else 0.
int heading_level(GumboTag tag);

// Elements that begin and end a block of text.
bool is_block(GumboTag tag);

// Elements whose content is no text of the page: scripts, controls, embedded things.
bool is_non_text_element(GumboTag tag);

}  // namespace stubkeeper::crawler
