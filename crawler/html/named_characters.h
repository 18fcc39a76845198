#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// The character that a name of HTML 4 stands for ("rsquo" for U+2019), with HTML 5's values; 0 for other
// names. The two thousand names that HTML 5 added are hardly written.
char32_t named_character(std::string_view name);

// What a character reference at the beginning of `text`, which starts with "&", stands for, and how many of
// its bytes are the reference. An ampersand that begins none is itself, one byte. Nothing where only the HTML
// standard's algorithm decides (WHATWG HTML §13.2.5.72 ff.): names that HTML 4 does not have, references
// without a ";", and numbers that it replaces.
struct CharacterReference {
  char32_t character = 0;
  std::size_t bytes = 0;
};
std::optional<CharacterReference> plain_character_reference(std::string_view text);

}  // namespace stubkeeper::crawler
