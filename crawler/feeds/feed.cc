#include "base/sha256.h"
#include "base/text/ascii.h"
#include "crawler/content.h"
#include "crawler/feeds/json_feed.h"
#include "crawler/feeds/xml_feed.h"

namespace stubkeeper::crawler {

Result<Feed> parse_feed(std::string_view bytes, std::string_view content_type, std::string_view address) {
  const std::string_view start = trim_ascii(bytes.substr(0, 64));
  return start.starts_with("{") || start.starts_with("\xEF\xBB\xBF{")
             ? parse_json_feed(bytes, content_type, address)
             : parse_xml_feed(bytes, content_type, address);
}

std::string Item::identity() const {
  if (!id.empty()) return id;
  if (!url.empty()) return url;
  return "sha256:" + sha256_hex(title + '\n' + (content.empty() ? summary : content));
}

}  // namespace stubkeeper::crawler
