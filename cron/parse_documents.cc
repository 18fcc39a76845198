#include "cron/parse_documents.h"

#include <set>

#include "cron/linked_documents.h"

namespace stubkeeper::cron {
namespace {

Error unreadable_error(const kb::Source& source, const std::string& message, const std::string& advice) {
  return Error{ErrorCode::invalid_argument, message, source.address, advice};
}

// What a page is that came where something else was asked for.
crawler::NonContentKind detect_substitute_page(const crawler::FetchResponse& response) {
  const auto kind = crawler::detect_content_kind(response.body, response.content_type, response.final_address);
  if (kind != crawler::ContentKind::page) return crawler::NonContentKind::none;
  const auto page = crawler::parse_page(response.body, response.content_type, response.final_address);
  return page.ok() ? page->non_content : crawler::NonContentKind::none;
}

// Whether the source is being read for the first time: what it lists then need not be news.
bool is_first_fetch(const kb::Source& source) {
  return !source.checked_at || !source.changed_at;
}

kb::LinkedAddress make_item_link(const crawler::Item& item, const ParsedDocument& document, bool is_backlog) {
  kb::LinkedAddress link;
  link.address = item.url;
  link.identity = document.identity;
  link.title = document.content.title;
  link.author = document.content.author;
  link.published = document.content.published;
  link.listed_date = item.updated.empty() ? item.published : item.updated;
  link.is_backlog = is_backlog;
  return link;
}

Result<ParsedDocuments> parse_sitemap_links(const kb::Source& source, const crawler::FetchResponse& response,
                                            std::vector<std::string> allowed_locations) {
  STUBKEEPER_ASSIGN(const crawler::Sitemap map, crawler::parse_sitemap(response.body));
  allowed_locations.push_back(response.final_address);
  allowed_locations.push_back(source.address);
  ParsedDocuments found;
  for (kb::LinkedAddress& link :
       to_linked_addresses(map, allowed_locations, is_first_fetch(source), found.disallowed_links)) {
    found.links.push_back({std::move(link), std::nullopt});
  }
  if (found.links.empty() && found.disallowed_links > 0) {
    return unreadable_error(source,
                      "lists only addresses that it must not: on another host, or above its own folder",
                      "use the sitemap of that host or folder");
  }
  return found;
}

Result<ParsedDocuments> parse_feed_documents(const kb::Source& source, const crawler::FetchResponse& response,
                                         const std::string& follow_items) {
  ParsedDocuments found;
  auto read = crawler::parse_feed(response.body, response.content_type, response.final_address);
  if (!read.ok()) {
    found.non_content = detect_substitute_page(response);
    if (found.non_content == crawler::NonContentKind::none) return read.error();
    return found;
  }
  crawler::Feed feed = *std::move(read);
  found.source_title = feed.title;
  found.hints = {feed.revisit.min_minutes, feed.revisit.skipped_hours, feed.revisit.skipped_days};
  std::set<std::string> identities;
  for (crawler::Item& item : feed.items) {
    ParsedDocument document;
    document.identity = item.identity();
    // A feed that repeats an identity lists the newest first; the older copy is no document of its own.
    if (!identities.insert(document.identity).second) continue;
    document.address = item.url.empty() ? source.address : item.url;
    document.content.title = item.title;
    document.content.author = item.author.empty() ? feed.author : item.author;
    document.content.published = item.published.empty() ? item.updated : item.published;
    document.content.modified = item.updated;
    document.content.language = feed.language;
    document.content.site_name = feed.title;
    document.content.text = item.content.empty() ? item.summary : item.content;
    if (!item.title.empty()) {
      document.content.text =
          "# " + item.title + (document.content.text.empty() ? "" : "\n\n" + document.content.text);
    }
    if (should_follow(item, follow_items)) {
      kb::LinkedAddress link = make_item_link(item, document, is_first_fetch(source));
      found.links.push_back({std::move(link), std::move(document)});
    } else if (!document.content.text.empty()) {
      found.documents.push_back(std::move(document));
    }
  }
  return found;
}

Result<crawler::Content> parse_content(const kb::Source& source, const crawler::FetchResponse& response) {
  switch (crawler::detect_content_kind(response.body, response.content_type, response.final_address)) {
    case crawler::ContentKind::page:
      return crawler::parse_page(response.body, response.content_type, response.final_address);
    case crawler::ContentKind::pdf:
      return crawler::parse_pdf(response.body);
    case crawler::ContentKind::text:
      return crawler::parse_text_file(response.body, response.final_address);
    case crawler::ContentKind::feed:
      return unreadable_error(source,
                        "is a feed, and the source is a " + std::string{kb::source_kind_name(source.kind)},
                        "remove it and add it again with --type feed");
    case crawler::ContentKind::sitemap:
      return unreadable_error(source,
                        "is a sitemap, and the source is a " + std::string{kb::source_kind_name(source.kind)},
                        "remove it and add it again with --type sitemap");
    case crawler::ContentKind::unknown:
      break;
  }
  return unreadable_error(source,
                    "is neither HTML, PDF nor text" +
                        (response.content_type.empty() ? std::string{} : " (" + response.content_type + ")"),
                    "look at the address in a browser");
}

}  // namespace

Result<ParsedDocuments> parse_documents(const kb::Source& source, const crawler::FetchResponse& response,
                                           const std::string& follow_items,
                                           const std::vector<std::string>& allowed_roots) {
  if (source.kind == kb::SourceKind::feed) return parse_feed_documents(source, response, follow_items);
  if (source.kind == kb::SourceKind::sitemap) return parse_sitemap_links(source, response, allowed_roots);
  ParsedDocuments found;
  STUBKEEPER_ASSIGN(crawler::Content content, parse_content(source, response));
  found.non_content = content.non_content;
  if (found.non_content != crawler::NonContentKind::none) return found;
  if (content.text.empty()) {
    return unreadable_error(source, "has no text that can be read",
                      "the page may need JavaScript or a login; look at it in a browser");
  }
  found.source_title = content.title;
  found.documents.push_back({source.address, source.address, std::move(content)});
  return found;
}

crawler::NonContentKind detect_access_wall(const crawler::FetchResponse& response) {
  using crawler::NonContentKind;
  const bool is_refusal = response.http_status == 401 || response.http_status == 403 ||
                          response.http_status == 429 || response.http_status == 503;
  if (!is_refusal || response.body.empty()) return NonContentKind::none;
  const NonContentKind kind = detect_substitute_page(response);
  return kind == NonContentKind::bot_challenge || kind == NonContentKind::login_wall ? kind : NonContentKind::none;
}

Error to_fetch_error(const crawler::FetchResponse& response) {
  const crawler::NonContentInfo* kind = crawler::find_non_content_info(detect_access_wall(response));
  if (kind == nullptr) return response.error;
  Error error = response.error;
  error.message += " and " + std::string{kind->reason} + " [" + std::string{kind->id} + "]";
  error.advice = kind->advice;
  return error;
}

Status require_content(const kb::Source& source, const ParsedDocuments& found) {
  const crawler::NonContentInfo* kind = crawler::find_non_content_info(found.non_content);
  if (kind == nullptr) return {};
  return Error{ErrorCode::network, std::string{kind->reason} + " [" + std::string{kind->id} + "]",
               source.address, std::string{kind->advice}};
}

}  // namespace stubkeeper::cron
