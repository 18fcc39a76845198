#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crawler/content.h"

struct _xmlNode;  // libxml2's

namespace stubkeeper::crawler {

// A document that may be a feed.
struct FeedDocument {
  std::string_view bytes;
  std::string_view content_type;
  std::string_view address;  // resolves relative links
  const _xmlNode* root;      // null for JSON
};

// A form in which feeds are written.
struct FeedDialect {
  std::string_view name;
  std::string_view root;  // the root element, in lower case and without a prefix; "{" for JSON
  // A document that begins with it (a tag), or of JSON has it, is of this dialect, also where it is served as
  // HTML. "" where none is certain.
  std::string_view mark;
  std::array<std::string_view, 2> media_types;  // in links of pages
  std::array<std::string_view, 4> endings;      // of addresses, which suggest a feed
  Result<Feed> (*parse)(const FeedDocument& document);
  // Where several dialects have one root element: whether a document is of this one. Null in at most one of
  // them, which has all that the others do not recognize.
  bool (*recognizes)(const FeedDocument& document) = nullptr;
};

// All of them: dialects/NAME_feed.cc gives its own as NAME_feed().
const std::vector<FeedDialect>& feed_dialects();

// Whether the first tag or the first bytes of a document are those of a feed. `start` begins with
// "<" or "{".
bool has_feed_mark(std::string_view start);

// Whether an address ends as those of feeds do.
bool has_feed_ending(std::string_view address);

// Whether a link with this media type leads to a feed. `type` is in lower case and has no
// parameters.
bool is_feed_media_type(std::string_view type);

// A date of a feed or sitemap, as parse_date() gives it ("" where it is none). There, where nothing but a
// date is meant, more is taken for one than on a page: with whatever word in place of the weekday ("Вт, 15
// Aug 2023"), with a zone said twice ("-0700 PDT", "+00:00[Europe/London]", "+00:00Z"), as a day of the year
// ("2003-365"), in Chinese or Japanese signs ("2023年8月15日"), and as Unix seconds or milliseconds since
// 2001 ("1692109800").
std::string parse_feed_date(std::string_view text);

}  // namespace stubkeeper::crawler
