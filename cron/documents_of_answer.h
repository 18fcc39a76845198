#pragma once

#include <string>
#include <vector>

#include "crawler/content.h"
#include "crawler/fetcher.h"
#include "kb/records.h"
#include "schema/base/result.h"

namespace stubkeeper::cron {

// A document as an answer brought it.
struct FoundDocument {
  std::string identity;  // unique within the source
  std::string address;
  crawler::Content content;
};

// The documents in an answer: a page, PDF or file is one; a feed's items are one each, with title and text
// (the feed's own name goes into site_name). `source_title` is the page's or the feed's. The error says why
// nothing can be read there.
struct FoundDocuments {
  std::vector<FoundDocument> documents;
  std::string source_title;
};
Result<FoundDocuments> documents_of_answer(const kb::Source& source, const crawler::FetchResponse& response);

}  // namespace stubkeeper::cron
