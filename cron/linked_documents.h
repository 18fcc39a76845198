#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crawler/content.h"
#include "cron/refresh.h"
#include "entries/subject_index.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/records.h"

namespace stubkeeper::cron {

// What a sitemap or a feed's item leads to. Addresses that stand there are data (invariant 6): only http and
// https are taken, and they are fetched by the fetcher alone, with its rules for addresses, robots.txt and
// pace; never as a file.

// The addresses that a sitemap or index lists. As sitemaps.org demands, only those on the host and below the
// folder of one of `listers`, and 50,000 of them; `refused` counts the others. Listers are where the sitemap
// was read, the source itself (what may write the index may write what it leads to), and the root of a site
// whose robots.txt names it. `is_backlog`: the list is read for the first time.
std::vector<kb::LinkedAddress> to_linked_addresses(const crawler::Sitemap& map,
                                                const std::vector<std::string>& allowed_locations, bool is_backlog,
                                                int& refused);

// The roots of the sites whose robots.txt, as it was last fetched, names one of these sitemaps.
Result<std::vector<std::string>> find_sites_listing_sitemaps(kb::Store& store, const std::vector<std::string>& sitemaps);

// Whether a feed's item leads to its article instead of holding it, as [fetch] follow_items says: "never",
// "always", or "summaries", where the item has a link and its text is short (under 1,000 bytes) or breaks off
// with an ellipsis.
bool should_follow(const crawler::Item& item, const std::string& follow_items);

// Fetches what waits of the addresses that `sources` lead to and stores the pages as documents of their
// source: first sitemaps of indexes (at most 20 a source), then at most [fetch] linked_per_run documents in
// all, taken from the sources in turn, the newest of each first. What fails is tried again in later runs,
// later each time, and given up after three; at once where it is not there (404, 410) or may not be fetched.
// No more than `most` of both where that is said. Each answer is one transaction, and each fetch is noted for
// the budget. Counts go into `report`. An error means that the store cannot be used.
Status fetch_linked_documents(const RunContext& context, const std::vector<kb::Source>& sources,
                              const entries::SubjectIndex& subjects, std::optional<std::int64_t> max_count,
                              RefreshReport& report);

}  // namespace stubkeeper::cron
