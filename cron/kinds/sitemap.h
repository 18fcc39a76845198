#pragma once

#include <string>
#include <vector>

#include "cron/kinds/source_kind.h"

namespace stubkeeper::cron {

// The links of a sitemap, or of an index where `may_be_index`. As sitemaps.org demands, only those on the host
// and below the folder of one of `listers`, or of a site whose robots.txt (as last fetched, in the context's
// store) names one of them as its sitemap, and 50,000 of them; disallowed_links counts the others. Listers are
// the places where the sitemap was read, and its source: it may write what it leads to. `is_backlog`: the
// list is read for the first time. Error: the store cannot be used.
Result<ParsedDocuments> parse_sitemap_links(const crawler::FetchResponse& response,
                                            std::vector<std::string> listers, bool may_be_index,
                                            bool is_backlog, const ParseContext& context);

}  // namespace stubkeeper::cron
