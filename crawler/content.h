#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace stubkeeper::crawler {

// The kinds of pages that a server sends in place of a document. A front page is recognized by the
// way there (redirects_to_front_page()), a shrunken text by the one before it, the others by their
// text and markup.
enum class NonContentKind {
  none,
  error_page,
  front_page,
  consent_wall,
  login_wall,
  bot_challenge,
  script_shell,
  parked_domain,
  paywall,
  shrunken_text
};

struct NonContentInfo {
  NonContentKind kind = NonContentKind::none;
  std::string_view id;      // stable, and a flag's name: "bot-challenge"
  std::string_view reason;  // after an address: "sent an error page as if it were the page"
  std::string_view advice;  // what to do about it
};

// All kinds but `none`, by id.
std::span<const NonContentInfo> list_non_content_kinds();
const NonContentInfo* find_non_content_info(NonContentKind kind);  // null for `none`

// How often a feed asks to be read: <ttl>, <skipHours> and <skipDays> (RSS 2.0), sy:updatePeriod
// with sy:updateFrequency (RSS 1.0's syndication module), which all formats borrow. All zeros where
// it does not.
struct RevisitHints {
  std::int64_t min_minutes = 0;     // between two fetches: the longest of those given
  std::uint32_t skipped_hours = 0;  // bit n: the hour n of the day (0 to 23) in GMT
  std::uint32_t skipped_days = 0;   // bit n: the day n of the week in GMT, 0 for Sunday

  bool operator==(const RevisitHints&) const = default;
};

// Before this time a feed that was read at `last` asks not to be read again: between `last` and a
// day later, whatever the feed asks for.
Timestamp earliest_visit(const RevisitHints& hints, Timestamp last);

// A document's text and metadata, and the functions that parse documents into it. All strings are
// valid UTF-8 without NUL; "" is "not there". Dates are RFC 3339 or the part of it that is known:
// "2026", "2026-05", "2026-05-07", "2026-05-07T09:30:00Z".
struct Content {
  std::string title;
  std::string author;
  std::string published;
  std::string modified;
  std::string language;  // BCP 47
  std::string site_name;
  std::string canonical_url;  // absolute
  // The main text: blocks (passages.h) separated by one empty line. A heading is a block that
  // begins with "# " to "###### ", a list item with "- ", a table row is "| a | b |"; all others
  // are prose on one line.
  std::string text;
  // Of a page: what was sent in its place, which text and metadata are then of.
  NonContentKind non_content = NonContentKind::none;
  // Of a PDF: the number of its pages, and those (from 1) without text: scanned, or blank.
  int pages = 0;
  std::vector<int> pages_without_text;
};

// An item of a feed, or an address of a sitemap.
struct Item {
  std::string id;  // the publisher's, unchanged (guid, atom:id, JSON Feed id)
  std::string url;
  std::string title;
  std::string author;
  std::string published;
  std::string updated;
  std::string summary;  // text in blocks, as Content::text
  std::string content;  // likewise
  // By which the item is known from one fetch to the next: id, else url, else a hash of title and
  // content.
  std::string identity() const;
};

struct Feed {
  std::string format;  // dialect and version, such as "rss 2.0"
  std::string title;
  std::string url;
  std::string language;
  std::string published;
  std::string modified;
  std::string author;
  RevisitHints revisit;
  std::vector<Item> items;
  std::string mistake;  // of ill-formed XML, the first that the parser met: "line 3: ..."
};

struct Sitemap {
  bool is_index = false;
  std::string mistake;      // as Feed::mistake
  std::vector<Item> items;  // url, updated (lastmod); title and published from the news extension
};

// The kind of a document by its content type, else its beginning, else the ending of its address.
enum class ContentKind { page, feed, sitemap, pdf, text, unknown };
ContentKind detect_content_kind(std::string_view bytes, std::string_view content_type,
                                std::string_view address);

// HTML. A charset in `content_type` goes before a <meta> and after a BOM; `address` resolves
// relative links.
Result<Content> parse_page(std::string_view bytes, std::string_view content_type, std::string_view address);

// A feed in one of the dialects of feeds/detect.cc, recovered where it is ill-formed.
// invalid_argument where it is none, or has items and none of them can be read.
Result<Feed> parse_feed(std::string_view bytes, std::string_view content_type, std::string_view address);

// A sitemap or sitemap index (sitemaps.org 0.9) in XML or as a text of addresses, gzipped or not.
Result<Sitemap> parse_sitemap(std::string_view bytes);

// A PDF's text in reading order, columns one after the other: paragraphs, and headings where the
// print is larger. Pages are separated by a form feed on a line of its own, which is in no passage
// (base/text/strings.h); a paragraph across two pages is two passages. Words hyphenated at a
// line's end are joined; running headers, footers and page numbers are left out. Title: the
// document information's, unless that is the name of a file or program, else the largest print at
// the top of the first page. Dates: the document information's (ISO 32000-1 §14.3.3). unsupported
// where no page has text (a scan) or a password is needed; invalid_argument where it is no PDF.
Result<Content> parse_pdf(std::string_view bytes);

// Markdown or plain text, in blocks; title, author and dates from front matter, else the title from
// a first heading, else from `name`.
Result<Content> parse_text_file(std::string_view bytes, std::string_view name);

// Page numbers, for people: "2, 4 to 6".
std::string format_page_ranges(const std::vector<int>& pages);

// Whether an address is that of a site's front page: the root, an index or home page in it, or the
// root of a language ("/en/"), without a query.
bool is_front_page(std::string_view address);

// Whether a request for a page within a site was redirected to its front page, as many sites do
// with removed pages. The site is the host, with or without "www.", or a parent domain of it.
bool redirects_to_front_page(std::string_view address, std::string_view final_address);

}  // namespace stubkeeper::crawler
