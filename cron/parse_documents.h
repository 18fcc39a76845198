#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "crawler/content.h"
#include "crawler/fetcher.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/records.h"

namespace stubkeeper::cron {

// A document as an answer brought it.
struct ParsedDocument {
  std::string identity;  // unique within the source
  std::string address;
  crawler::Content content;
};

// An address that the source leads to, and what the answer itself says of that document: it is taken where
// the address cannot be had.
struct ParsedLink {
  kb::LinkedAddress link;
  std::optional<ParsedDocument> fallback_document;
};

// The documents in an answer: a page, PDF or file is one; a feed's items are one each, with title and text
// (the feed's own name goes into site_name), but for those that `follow_items` ([fetch], linked_documents.h)
// makes links. A sitemap leads to links alone; `disallowed_links` counts those that it must not list.
// `source_title` is the page's or the feed's. The error says why nothing can be read there.
// A page that was sent in place of what was asked for (a bot challenge, an error page, ...) gives no
// documents, and `non_content` says what it is, also where a feed was asked for.
struct ParsedDocuments {
  std::vector<ParsedDocument> documents;
  std::vector<ParsedLink> links;
  int disallowed_links = 0;
  std::string source_title;
  crawler::NonContentKind non_content = crawler::NonContentKind::none;
  kb::VisitHints hints;  // a feed's
};
//
// A sitemap may list what is below its folder, below the source's, or below an address of `vouching`.
Result<ParsedDocuments> parse_documents(const kb::Source& source, const crawler::FetchResponse& response,
                                           const std::string& follow_items,
                                           const std::vector<std::string>& allowed_roots = {});

// What the page is that came with a refusal (401, 403, 429 or 503): a check for robots or a login; else
// `none`.
crawler::NonContentKind detect_access_wall(const crawler::FetchResponse& response);

// Why a request failed, with what stands between us and the page where detect_access_wall() tells.
Error to_fetch_error(const crawler::FetchResponse& response);

// The error of an answer that is not content, for whom it may concern; success for any other.
Status require_content(const kb::Source& source, const ParsedDocuments& found);

}  // namespace stubkeeper::cron
