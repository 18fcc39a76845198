#include "cron/documents_of_answer.h"

#include <set>

#include "cron/linked_documents.h"

namespace stubkeeper::cron {
namespace {

Error unreadable(const kb::Source& source, const std::string& message, const std::string& advice) {
  return Error{ErrorCode::invalid_argument, message, source.address, advice};
}

// What a page is that came where something else was asked for.
crawler::NotContent page_in_place(const crawler::FetchResponse& response) {
  const auto kind = crawler::recognize(response.body, response.content_type, response.final_address);
  if (kind != crawler::ContentKind::page) return crawler::NotContent::none;
  const auto page = crawler::read_page(response.body, response.content_type, response.final_address);
  return page.ok() ? page->not_content : crawler::NotContent::none;
}

// Whether the source is being read for the first time: what it lists then need not be news.
bool is_first_reading(const kb::Source& source) {
  return !source.checked_at || !source.changed_at;
}

kb::LinkedAddress link_of_item(const crawler::Item& item, const FoundDocument& document, bool is_backlog) {
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

Result<FoundDocuments> documents_of_sitemap(const kb::Source& source, const crawler::FetchResponse& response,
                                            std::vector<std::string> listers) {
  STUBKEEPER_ASSIGN(const crawler::Sitemap map, crawler::read_sitemap(response.body));
  listers.push_back(response.final_address);
  listers.push_back(source.address);
  FoundDocuments found;
  for (kb::LinkedAddress& link :
       links_of_sitemap(map, listers, is_first_reading(source), found.refused_links)) {
    found.links.push_back({std::move(link), std::nullopt});
  }
  if (found.links.empty() && found.refused_links > 0) {
    return unreadable(source,
                      "lists only addresses that it must not: on another host, or above its own folder",
                      "use the sitemap of that host or folder");
  }
  return found;
}

Result<FoundDocuments> documents_of_feed(const kb::Source& source, const crawler::FetchResponse& response,
                                         const std::string& follow_items) {
  FoundDocuments found;
  auto read = crawler::read_feed(response.body, response.content_type, response.final_address);
  if (!read.ok()) {
    found.not_content = page_in_place(response);
    if (found.not_content == crawler::NotContent::none) return read.error();
    return found;
  }
  crawler::Feed feed = *std::move(read);
  found.source_title = feed.title;
  found.hints = {feed.revisit.least_minutes, feed.revisit.skipped_hours, feed.revisit.skipped_days};
  std::set<std::string> identities;
  for (crawler::Item& item : feed.items) {
    FoundDocument document;
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
    if (is_to_be_followed(item, follow_items)) {
      kb::LinkedAddress link = link_of_item(item, document, is_first_reading(source));
      found.links.push_back({std::move(link), std::move(document)});
    } else if (!document.content.text.empty()) {
      found.documents.push_back(std::move(document));
    }
  }
  return found;
}

Result<crawler::Content> content_of(const kb::Source& source, const crawler::FetchResponse& response) {
  switch (crawler::recognize(response.body, response.content_type, response.final_address)) {
    case crawler::ContentKind::page:
      return crawler::read_page(response.body, response.content_type, response.final_address);
    case crawler::ContentKind::pdf:
      return crawler::read_pdf(response.body);
    case crawler::ContentKind::text:
      return crawler::read_text(response.body, response.final_address);
    case crawler::ContentKind::feed:
      return unreadable(source,
                        "is a feed, and the source is a " + std::string{kb::source_kind_name(source.kind)},
                        "remove it and add it again with --type feed");
    case crawler::ContentKind::sitemap:
      return unreadable(source,
                        "is a sitemap, and the source is a " + std::string{kb::source_kind_name(source.kind)},
                        "remove it and add it again with --type sitemap");
    case crawler::ContentKind::unknown:
      break;
  }
  return unreadable(source,
                    "is neither HTML, PDF nor text" +
                        (response.content_type.empty() ? std::string{} : " (" + response.content_type + ")"),
                    "look at the address in a browser");
}

}  // namespace

Result<FoundDocuments> documents_of_answer(const kb::Source& source, const crawler::FetchResponse& response,
                                           const std::string& follow_items,
                                           const std::vector<std::string>& vouching) {
  if (source.kind == kb::SourceKind::feed) return documents_of_feed(source, response, follow_items);
  if (source.kind == kb::SourceKind::sitemap) return documents_of_sitemap(source, response, vouching);
  FoundDocuments found;
  STUBKEEPER_ASSIGN(crawler::Content content, content_of(source, response));
  found.not_content = content.not_content;
  if (found.not_content != crawler::NotContent::none) return found;
  if (content.text.empty()) {
    return unreadable(source, "has no text that can be read",
                      "the page may need JavaScript or a login; look at it in a browser");
  }
  found.source_title = content.title;
  found.documents.push_back({source.address, source.address, std::move(content)});
  return found;
}

crawler::NotContent wall_of_refusal(const crawler::FetchResponse& response) {
  using crawler::NotContent;
  const bool is_refusal = response.http_status == 401 || response.http_status == 403 ||
                          response.http_status == 429 || response.http_status == 503;
  if (!is_refusal || response.body.empty()) return NotContent::none;
  const NotContent kind = page_in_place(response);
  return kind == NotContent::bot_challenge || kind == NotContent::login_wall ? kind : NotContent::none;
}

Error error_of_failure(const crawler::FetchResponse& response) {
  const crawler::NotContentKind* kind = crawler::find_not_content_kind(wall_of_refusal(response));
  if (kind == nullptr) return response.error;
  Error error = response.error;
  error.message += " and " + std::string{kind->reason} + " [" + std::string{kind->id} + "]";
  error.advice = kind->advice;
  return error;
}

Status refuse_not_content(const kb::Source& source, const FoundDocuments& found) {
  const crawler::NotContentKind* kind = crawler::find_not_content_kind(found.not_content);
  if (kind == nullptr) return {};
  return Error{ErrorCode::network, std::string{kind->reason} + " [" + std::string{kind->id} + "]",
               source.address, std::string{kind->advice}};
}

}  // namespace stubkeeper::cron
