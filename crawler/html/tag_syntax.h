#pragma once

#include <cstddef>
#include <string_view>

namespace stubkeeper::crawler {

// Where the name of a tag that begins at `begin` ends (WHATWG HTML §13.2.5.8).
std::size_t end_of_tag_name(std::string_view html, std::size_t begin);

// Where an attribute ends, with its value, whose name's first character is at `begin` (§13.2.5.33 ff.). At
// most html.size().
std::size_t end_of_attribute(std::string_view html, std::size_t begin);

}  // namespace stubkeeper::crawler
