#pragma once

#include <string_view>

#include "crawler/content.h"

namespace stubkeeper::crawler {

// JSON Feed 1.0 and 1.1 (jsonfeed.org). invalid_argument where the JSON is no feed.
Result<Feed> parse_json_feed(std::string_view bytes, std::string_view content_type, std::string_view address);

}  // namespace stubkeeper::crawler
