#pragma once

#include <string>

#include "tests/world/world.h"

namespace stubkeeper::world {

// The HTML of a source's page on a day, with the noise of that day.
std::string render_page(const World& world, const Source& source, int day);

// The RSS 2.0 of a feed on a day.
std::string render_feed(const World& world, const Source& source, int day);

// The beginning of its page, in place of all of it, without a word that says so.
std::string render_shrunk_page(const World& world, const Source& source, int day);

}  // namespace stubkeeper::world
