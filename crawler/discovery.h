#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/fetcher.h"
#include "crawler/robots_cache.h"

namespace stubkeeper::crawler {

// A feed or sitemap that a site offers.
struct DiscoveredFeed {
  enum class Kind { feed, sitemap } kind = Kind::feed;
  std::string address;  // http or https, absolute
  std::string title;    // as the page names it; "" where it does not
  enum class Where { page, well_known_path, robots_txt } where = Where::page;
};

// The feeds that a page names in its head: <link rel="alternate"> with a feed's media type (RSS, Atom, JSON
// Feed), in order, each address once. `address` and a <base> resolve relative ones.
std::vector<DiscoveredFeed> find_feed_links(std::string_view html, std::string_view content_type,
                                 std::string_view address);

// Whether a feed seems to be of comments, by its title or address.
bool is_comments_feed(const DiscoveredFeed& feed);

// What can be read again and again instead of a page. The page is fetched; where it names feeds, they are it.
// Else the paths where feeds usually lie on its host are tried until one of them answers with a feed; and
// where there is none either, the sitemaps that robots.txt names, else /sitemap.xml, if they answer as such.
// All of it is asked of `fetcher`, by its rules; `robots` is the cache that it uses. The error is that of the
// page itself.
Result<std::vector<DiscoveredFeed>> discover_feeds(Fetcher& fetcher, RobotsCache& robots, const std::string& page,
                                    const std::function<bool()>& keep_going);

}  // namespace stubkeeper::crawler
