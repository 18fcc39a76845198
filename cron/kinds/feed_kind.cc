#include <array>
#include <set>

#include "base/text/strings.h"
#include "crawler/feeds/feed_dialect.h"
#include "crawler/url.h"
#include "cron/kinds/source_kind.h"

namespace stubkeeper::cron {
namespace {

// Whether an item leads to its article instead of holding it, as [fetch] follow_items says: "never", "always",
// or "summaries", where the item has a link and its text is short or breaks off with an ellipsis.
bool should_follow(const crawler::Item& item, std::string_view follow_items) {
  constexpr std::size_t max_summary_bytes = 1'000;
  if (follow_items == "never" || !crawler::parse_url(item.url)) return false;
  if (follow_items == "always") return true;
  const std::string& text = item.content.size() > item.summary.size() ? item.content : item.summary;
  return text.size() < max_summary_bytes || ends_with_any(text, {"…", "...", "[…]", "[...]"});
}

ParsedDocument to_document(const crawler::Item& item, const crawler::Feed& feed, const kb::Source& source) {
  ParsedDocument document;
  document.identity = item.identity();
  document.address = item.url.empty() ? source.address : item.url;
  document.final_address = document.address;
  crawler::Content& content = document.content;
  content.title = item.title;
  content.author = item.author.empty() ? feed.author : item.author;
  content.published = item.published.empty() ? item.updated : item.published;
  content.modified = item.updated;
  content.language = feed.language;
  content.site_name = feed.title;
  content.text = item.content.empty() ? item.summary : item.content;
  if (!item.title.empty())
    content.text = "# " + item.title + (content.text.empty() ? "" : "\n\n" + content.text);
  return document;
}

ParsedLink to_link(const crawler::Item& item, ParsedDocument document, bool is_backlog) {
  kb::LinkedAddress link;
  link.address = item.url;
  link.identity = document.identity;
  link.title = document.content.title;
  link.author = document.content.author;
  link.published = document.content.published;
  link.listed_date = item.updated.empty() ? item.published : item.updated;
  link.is_backlog = is_backlog;
  return {std::move(link), std::move(document)};
}

Result<ParsedDocuments> parse(const kb::Source& source, const crawler::FetchResponse& response,
                              const ParseContext& context) {
  ParsedDocuments found;
  const auto feed = crawler::read_feed(context.reader, {crawler::ContentKind::feed, response.body,
                                                        response.content_type, response.final_address});
  if (!feed.ok()) {
    STUBKEEPER_ASSIGN(found.refusal, refusal_of(feed.error()));
    const auto page = detect_substitute_page(response);
    if (page != crawler::NonContentKind::none) found.refusal = substitute(source.address, page);
    return found;
  }
  found.source_title = feed->title;
  found.hints = {feed->revisit.min_minutes, feed->revisit.skipped_hours, feed->revisit.skipped_days};
  std::set<std::string> identities;
  for (const crawler::Item& item : feed->items) {
    ParsedDocument document = to_document(item, *feed, source);
    // A feed that repeats an identity lists the newest first; the older copy is no document of its own.
    if (!identities.insert(document.identity).second) continue;
    if (should_follow(item, context.follow_items)) {
      found.links.push_back(to_link(item, std::move(document), is_first_fetch(source)));
    } else if (!document.content.text.empty()) {
      found.documents.push_back(std::move(document));
    }
  }
  return found;
}

}  // namespace

std::span<const SourceKindRules> feed_kind() {
  static constexpr std::array rules{SourceKindRules{
      .name = "feed",
      .addresses = "addresses that end as feeds do: in .rss, .atom, .xml, /feed, feed.json or the like",
      .interval = list_interval,
      .is_list = true,
      .has_fallback_documents = true,
      .content = crawler::ContentKind::feed,
      .is_suggested_by =
          [](std::string_view address) {
            return address.find("sitemap") == std::string_view::npos && crawler::has_feed_ending(address);
          },
      .parse = parse,
  }};
  return rules;
}

}  // namespace stubkeeper::cron
