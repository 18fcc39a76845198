#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crawler/non_content.h"
#include "crawler/revisit_hints.h"

namespace stubkeeper::crawler {

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
};

struct Sitemap {
  bool is_index = false;
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
// invalid_argument where it is none.
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

}  // namespace stubkeeper::crawler
