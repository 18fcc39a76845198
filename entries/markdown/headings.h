#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::entries {

// The words of a heading's text, for telling which part or group it names: without emphasis, tags of HTML and
// shortcodes, attributes ({#id}), the addresses of links, pictures, emoji codes (:newspaper:), a number before
// it ("2."), and signs at its ends that are no letters or digits.
std::string heading_words(std::string_view heading);

}  // namespace stubkeeper::entries
