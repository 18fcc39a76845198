#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crawler/revisit_hints.h"

namespace stubkeeper::crawler {

// What a page can be that a server sends in place of the document that was asked for. All but a front page,
// which only the way there tells (front_page.h), are told by what stands in them.
enum class NonContentKind {
  none,
  error_page,
  front_page,
  consent_wall,
  login_wall,
  bot_challenge,
  script_shell,
  parked_domain
};

struct NonContentInfo {
  NonContentKind kind = NonContentKind::none;
  std::string_view id;      // stable, and a flag's name: "bot-challenge"
  std::string_view reason;  // what its address did: "sent an error page as if it were the page"
  std::string_view advice;  // what to do about it
};

// All of them but `none`, by id.
std::span<const NonContentInfo> list_non_content_kinds();
const NonContentInfo* find_non_content_info(NonContentKind kind);  // null for `none`

// What a document says, as text with its metadata. Empty strings are "not there". Dates are RFC 3339 or the
// part of it that is known
// ("2026", "2026-05", "2026-05-07", "2026-05-07T09:30:00Z"). All strings are valid UTF-8 without NUL.
struct Content {
  std::string title;
  std::string author;
  std::string published;
  std::string modified;
  std::string language;  // BCP 47
  std::string site_name;
  std::string canonical_url;  // absolute
  // The main text: blocks separated by one empty line ("\n\n"), each one passage; a heading is a block that
  // starts with "# " to
  // "###### "; a list item "- "; a table row "| a | b |"; the rest is prose on one line.
  std::string text;
  // Of a page: what it is in place of a document. Its text and metadata are then that thing's own.
  NonContentKind non_content = NonContentKind::none;
  // Of a PDF: how many pages it has, and which of them (from 1) have no text: scanned, or blank.
  int pages = 0;
  std::vector<int> pages_without_text;
};

// A feed item, or a sitemap's address.
struct Item {
  std::string id;  // the publisher's, as it stands (guid, atom:id, JSON Feed id)
  std::string url;
  std::string title;
  std::string author;
  std::string published;
  std::string updated;
  std::string summary;  // as text
  std::string content;  // as text, block structure as in Content::text
  // What the item is known by from one fetch to the next: id, else url, else a hash of title and content.
  std::string identity() const;
};

struct Feed {
  std::string format;  // "rss 2.0", "rss 1.0", "rss 0.91", "atom 1.0", "atom 0.3", "json feed 1.1"
  std::string title;
  std::string url;
  std::string language;
  std::string published;
  std::string modified;
  std::string author;
  RevisitHints revisit;
  std::vector<Item> items;
};

// HTML. `content_type` may name a charset (it comes after a BOM, before a <meta>); `address` resolves
// relative links.
Result<Content> parse_page(std::string_view bytes, std::string_view content_type, std::string_view address);

// RSS, RDF, Atom or JSON Feed, recovered where ill-formed. invalid_argument where it is none of them.
Result<Feed> parse_feed(std::string_view bytes, std::string_view content_type, std::string_view address);

// A sitemap or sitemap index (sitemaps.org 0.9) in XML or as a text of addresses, gzipped or not.
struct Sitemap {
  bool is_index = false;
  std::vector<Item> items;  // url, updated (lastmod); title and published from the news extension
};
Result<Sitemap> parse_sitemap(std::string_view bytes);

// A PDF's text in reading order, columns one after the other: paragraphs, and headings where the print is
// larger. Pages are separated by a form feed on a line of its own, which is in no passage
// (base/text/strings.h); a paragraph that runs on over a page's end is two passages. Words that were
// hyphenated at a line's end are whole; running headers and footers and page numbers are left out. Title: the
// document information's, unless that is a file's name or a program's, else the largest print at the top of
// the first page. Dates: the document information's (ISO 32000-1 §14.3.3). unsupported where no page has text
// (a scan) or a password is asked for; invalid_argument where it is no PDF.
Result<Content> parse_pdf(std::string_view bytes);

// Page numbers, for people: "2, 4 to 6".
std::string format_page_ranges(const std::vector<int>& pages);

// Markdown or plain text: front matter and a first heading give the title; the text stays as it is, in
// blocks.
Result<Content> parse_text_file(std::string_view bytes, std::string_view name);

// What bytes are, from the content type, else their beginning, else the address's ending.
enum class ContentKind { page, feed, sitemap, pdf, text, unknown };
ContentKind detect_content_kind(std::string_view bytes, std::string_view content_type,
                                std::string_view address);

// The byte ranges of the blocks of Content::text (or Item::content), in order, empty ones left out.
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};
std::vector<TextRange> split_passages(std::string_view text);

// The text as it counts when one asks whether a passage is new, compared byte by byte. Left out are: case
// (Unicode's folding), white space, punctuation at its ends, whole dates (a day with its year), times of day,
// "3 hours ago" in the languages that are met most, a dateline at the beginning ("BASEL, May 7 (Reuters) -"),
// and in a passage of up to eight words bare counters ("1,204 comments", "5 min read", "17"). Every other
// number counts: "$24 million" is not like "$30 million", nor "in May 2026" like "in June 2026". Empty where
// nothing is left.
std::string normalized_passage(std::string_view passage);

// For each passage of a text whether it belongs to a list of other pages beside it: a heading such as
// "Related articles" or "Mehr zum Thema" and what stands below it up to the next heading, as long as it is
// list items or lines that are no sentences, where a text of its own stands above it. Such a list changes
// with every visit and is no news.
std::vector<bool> mark_related_pages(std::string_view text, const std::vector<TextRange>& passages);

}  // namespace stubkeeper::crawler
