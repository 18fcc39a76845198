#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::world {

// A text as the text of an HTML or XML element.
std::string escape(std::string_view text);

}  // namespace stubkeeper::world
