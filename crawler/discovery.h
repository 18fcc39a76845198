#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/fetcher.h"
#include "crawler/robots.h"

namespace stubkeeper::crawler {

// A feed or sitemap of a site.
struct DiscoveredFeed {
  enum class Kind { feed, sitemap } kind = Kind::feed;
  std::string address;  // http or https, absolute
  std::string title;    // as the page names it; "" where it does not
  enum class Where { page, well_known_path, robots_txt } where = Where::page;
};

// The feeds that a page names by <link rel="alternate"> with a feed's media type, in order, without
// repeats. `address` and a <base> resolve relative links.
std::vector<DiscoveredFeed> find_feed_links(std::string_view html, std::string_view content_type,
                                 std::string_view address);

// Whether a feed seems to be of comments, by its title or address.
bool is_comments_feed(const DiscoveredFeed& feed);

// The feeds of a site, to be followed instead of a page: those that the page names; else the first
// of the usual paths that answers with a feed; else the sitemaps of robots.txt, or /sitemap.xml,
// that answer with one. All are fetched with `fetcher`, by its rules; `robots` is its cache. The
// error is that of the page itself.
Result<std::vector<DiscoveredFeed>> discover_feeds(Fetcher& fetcher, RobotsCache& robots, const std::string& page,
                                    const std::function<bool()>& keep_going);

}  // namespace stubkeeper::crawler
