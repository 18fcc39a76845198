#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "crawler/content.h"
#include "crawler/fetcher.h"
#include "kb/records.h"
#include "kb/sources/linked_addresses.h"

namespace stubkeeper::cron {

// A document as an answer brought it.
struct FoundDocument {
  std::string identity;  // unique within the source
  std::string address;
  crawler::Content content;
};

// An address that the source leads to, and what the answer itself says of that document: it is taken where
// the address cannot be had.
struct FoundLink {
  kb::LinkedAddress link;
  std::optional<FoundDocument> otherwise;
};

// The documents in an answer: a page, PDF or file is one; a feed's items are one each, with title and text
// (the feed's own name goes into site_name), but for those that `follow_items` ([fetch], linked_documents.h)
// makes links. A sitemap leads to links alone; `refused_links` counts those that it must not list.
// `source_title` is the page's or the feed's. The error says why nothing can be read there.
// A page that was sent in place of what was asked for (a bot challenge, an error page, ...) gives no
// documents, and `not_content` says what it is, also where a feed was asked for.
struct FoundDocuments {
  std::vector<FoundDocument> documents;
  std::vector<FoundLink> links;
  int refused_links = 0;
  std::string source_title;
  crawler::NotContent not_content = crawler::NotContent::none;
  kb::VisitHints hints;  // a feed's
};
//
// A sitemap may list what is below its folder, below the source's, or below an address of `vouching`.
Result<FoundDocuments> documents_of_answer(const kb::Source& source, const crawler::FetchResponse& response,
                                           const std::string& follow_items,
                                           const std::vector<std::string>& vouching = {});

// What the page is that came with a refusal (401, 403, 429 or 503): a check for robots or a login; else
// `none`.
crawler::NotContent wall_of_refusal(const crawler::FetchResponse& response);

// Why a request failed, with what stands between us and the page where wall_of_refusal() tells.
Error error_of_failure(const crawler::FetchResponse& response);

// The error of an answer that is not content, for whom it may concern; success for any other.
Status refuse_not_content(const kb::Source& source, const FoundDocuments& found);

}  // namespace stubkeeper::cron
