#include "crawler/discovery.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "crawler/content.h"
#include "crawler/feeds/feed_dialect.h"
#include "crawler/html/charset.h"
#include "crawler/html/fold_text.h"
#include "crawler/html/page_tree.h"
#include "crawler/robots.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

// In the order of how often a site has its feed there.
constexpr std::array<std::string_view, 8> well_known_paths{
    "/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss", "/feed.json", "/feed/"};
constexpr std::size_t max_sitemaps = 5;

bool is_feed_type(std::string_view type) {
  return is_feed_media_type(ascii_lower(trim_ascii(type.substr(0, type.find(';')))));
}

bool has_token(std::string_view words, std::string_view wanted) {
  const auto tokens = split_nonempty(words);
  return std::any_of(tokens.begin(), tokens.end(),
                     [&](std::string_view token) { return equals_ignoring_case(token, wanted); });
}

class FeedDiscovery {
 public:
  FeedDiscovery(Fetcher& fetcher, RobotsCache& robots, const std::function<bool()>& keep_going)
      : fetcher_(fetcher), robots_(robots), keep_going_(keep_going) {}

  Result<std::vector<DiscoveredFeed>> run(const std::string& page) {
    const FetchResponse answer = fetch(page);
    if (answer.outcome == FetchOutcome::failed) return answer.error;
    if (detect_content_kind(answer.body, answer.content_type, answer.final_address) == ContentKind::feed) {
      return std::vector<DiscoveredFeed>{{DiscoveredFeed::Kind::feed, page, "", DiscoveredFeed::Where::page}};
    }
    std::vector<DiscoveredFeed> offers =
        find_feed_links(answer.body, answer.content_type, answer.final_address);
    const auto url = parse_url(answer.final_address);
    if (!offers.empty() || !url) return offers;
    const std::string origin = url->origin();
    for (const std::string_view path : well_known_paths) {
      const std::string address = origin + std::string{path};
      if (!serves_kind(ContentKind::feed, address)) continue;
      return std::vector<DiscoveredFeed>{
          {DiscoveredFeed::Kind::feed, address, "", DiscoveredFeed::Where::well_known_path}};
    }
    return find_sitemaps(origin);
  }

 private:
  FetchResponse fetch(const std::string& address) {
    FetchResponse response;
    fetcher_.fetch(
        {{0, address, "", ""}}, [&](FetchResponse answer) { response = std::move(answer); }, keep_going_);
    return response;
  }

  bool serves_kind(ContentKind kind, const std::string& address) {
    const FetchResponse answer = fetch(address);
    if (answer.outcome != FetchOutcome::ok) return false;
    return kind == ContentKind::sitemap
               ? parse_sitemap(answer.body).ok()
               : detect_content_kind(answer.body, answer.content_type, answer.final_address) == kind;
  }

  std::vector<DiscoveredFeed> find_sitemaps(const std::string& origin) {
    std::vector<DiscoveredFeed> offers;
    const auto record = robots_.find(origin);
    const std::vector<std::string> listed_sitemaps = record && !is_unreachable(record->http_status)
                                                         ? Robots::parse(record->body).sitemaps()
                                                         : std::vector<std::string>{};
    for (const std::string& line : listed_sitemaps) {
      const std::string address = resolve(origin + "/", line);
      if (offers.size() < max_sitemaps && !address.empty() && serves_kind(ContentKind::sitemap, address))
        offers.push_back({DiscoveredFeed::Kind::sitemap, address, "", DiscoveredFeed::Where::robots_txt});
    }
    const std::string well_known_address = origin + "/sitemap.xml";
    if (offers.empty() && serves_kind(ContentKind::sitemap, well_known_address))
      offers.push_back(
          {DiscoveredFeed::Kind::sitemap, well_known_address, "", DiscoveredFeed::Where::well_known_path});
    return offers;
  }

  Fetcher& fetcher_;
  RobotsCache& robots_;
  const std::function<bool()>& keep_going_;
};

}  // namespace

std::vector<DiscoveredFeed> find_feed_links(std::string_view html, std::string_view content_type,
                                            std::string_view address) {
  std::vector<DiscoveredFeed> offers;
  const auto page = parse_html(to_utf8(html, content_type, CharsetDeclaration::html_meta));
  if (!page.ok()) return offers;
  const PageTree& tree = *page;
  std::string base{address};
  if (const auto element = tree.find(GUMBO_TAG_BASE); element < tree.size()) {
    const std::string declared = resolve(address, trim_ascii(tree.attribute(element, "href")));
    if (!declared.empty()) base = declared;
  }
  std::set<std::string> seen;
  for (auto link = tree.find(GUMBO_TAG_LINK); link < tree.size();
       link = tree.find(GUMBO_TAG_LINK, link + 1)) {
    const std::string_view reference = trim_ascii(tree.attribute(link, "href"));
    if (reference.empty() || !has_token(tree.attribute(link, "rel"), "alternate") ||
        !is_feed_type(tree.attribute(link, "type"))) {
      continue;
    }
    std::string feed = resolve(base, reference);
    feed = feed.substr(0, feed.find('#'));
    if (feed.empty() || !seen.insert(feed).second) continue;
    offers.push_back({DiscoveredFeed::Kind::feed, feed, fold_white_space(tree.attribute(link, "title")),
                      DiscoveredFeed::Where::page});
  }
  return offers;
}

bool is_comments_feed(const DiscoveredFeed& feed) {
  const std::string text = ascii_lower(feed.title + ' ' + feed.address);
  return text.find("comment") != std::string::npos;
}

Result<std::vector<DiscoveredFeed>> discover_feeds(Fetcher& fetcher, RobotsCache& robots,
                                                   const std::string& page,
                                                   const std::function<bool()>& keep_going) {
  return FeedDiscovery{fetcher, robots, keep_going}.run(page);
}

}  // namespace stubkeeper::crawler
