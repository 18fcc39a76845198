#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace stubkeeper::crawler {

// Bodies of documents that should be text: packed without a Content-Encoding that says so, or no text.

// Whether bytes begin as a gzip stream does (MIME Sniffing standard, §6.2).
bool is_gzip(std::string_view bytes);

// A gzip stream (RFC 1952) of one member or several, unpacked. limit above 50 MiB, which is what sitemaps.org
// allows; invalid_argument where it is cut off, damaged, or packed twice.
Result<std::string> gunzip(std::string_view bytes);

// At least `max_bytes` of its beginning where there are as many; "" where nothing can be unpacked.
std::string gunzip_beginning(std::string_view bytes, std::size_t max_bytes);

// invalid_argument where more than one character in fifty is a control character: an image, or bytes packed in
// another way. `utf8` is what to_utf8() makes of a body.
Status check_is_text(std::string_view utf8);

}  // namespace stubkeeper::crawler
