#pragma once

#include <map>
#include <string>

#include "tests/world/world.h"

namespace stubkeeper::world {

// The section as it is on day 0: the bytes of each file by its path. It says all that its sources say, and names them but
// for the feeds.
std::map<std::string, std::string> render_section(const World& world);

}  // namespace stubkeeper::world
