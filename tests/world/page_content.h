#pragma once

#include <string>
#include <vector>

#include "tests/world/world.h"

namespace stubkeeper::world {

// A part of a page: paragraphs of sentences below a heading.
struct ContentPart {
  std::string heading;  // "" without one
  int day = 0;          // of an item of news
  bool is_item = false;
  std::vector<std::vector<std::string>> paragraphs;
};

// What a page says on a day, without its looks.
struct PageContent {
  std::string title;
  std::vector<ContentPart> parts;
};

PageContent page_content(const World& world, const Source& source, int day);

}  // namespace stubkeeper::world
