#include <array>
#include <string_view>

#include "crawler/feeds/feed_dialect.h"
#include "crawler/feeds/feed_elements.h"

namespace stubkeeper::crawler {
namespace {

// RSS 0.90 is Netscape's.
bool is_rss_0_90(const xmlNode* channel) {
  if (channel == nullptr || channel->ns == nullptr) return false;
  const std::string_view name_space{reinterpret_cast<const char*>(channel->ns->href)};
  return name_space.find("netscape") != std::string_view::npos;
}

// RSS 0.90 and 1.0 (RDF Site Summary), whose items are beside the channel.
Result<Feed> parse_rdf(const FeedDocument& document) {
  const xmlNode* channel = child(document.root, Vocabulary::rss, "channel");
  Feed feed = parse_rss_channel(channel, document.root, document.address);
  // Some write their items within the channel, as RSS 2.0 does.
  if (feed.items.empty()) feed = parse_rss_channel(channel, channel, document.address);
  feed.format = is_rss_0_90(channel) ? "rss 0.90" : "rss 1.0";
  return feed;
}

constexpr std::array dialects{
    FeedDialect{"RSS as RDF", "rdf", "<rdf:rdf", {"application/rdf+xml"}, {".rdf"}, parse_rdf},
};

}  // namespace

std::span<const FeedDialect> rdf_feed() {
  return dialects;
}

}  // namespace stubkeeper::crawler
