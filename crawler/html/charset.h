#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// Where a document declares its charset.
enum class CharsetDeclaration { html_meta, xml_declaration, none };

// Bytes as valid UTF-8 without NUL and BOM; U+FFFD for what cannot be decoded. The charset is, in
// this order, that of a BOM, of `content_type`, the one declared in the first 4,096 bytes, UTF-8
// where the bytes are valid, else windows-1252. Labels are those of the Encoding Standard (WHATWG);
// others, such as UTF-7, are ignored.
std::string to_utf8(std::string_view bytes, std::string_view content_type, CharsetDeclaration declaration);

}  // namespace stubkeeper::crawler
