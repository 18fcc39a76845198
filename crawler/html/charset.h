#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// Where a document names its own charset.
enum class CharsetDeclaration { html_meta, xml_declaration, none };

// The bytes as valid UTF-8 without NUL (U+FFFD in place of what cannot be read) and without a BOM. The
// charset is, in this order: that of a BOM, that of `content_type`, the one the document declares in its
// first 4,096 bytes, UTF-8 where the bytes are that, else windows-1252. Labels are those of the Encoding
// Standard (WHATWG); others, such as UTF-7, count as not said.
std::string to_utf8(std::string_view bytes, std::string_view content_type, CharsetDeclaration declaration);

}  // namespace stubkeeper::crawler
