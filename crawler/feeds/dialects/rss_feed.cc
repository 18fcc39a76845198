#include <array>
#include <utility>

#include "base/text/ascii.h"
#include "crawler/feeds/feed_dialect.h"
#include "crawler/feeds/feed_elements.h"
#include "crawler/html/fold_text.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using enum Vocabulary;

// Of Atom's namespace for certain: in RSS an element of that name without one is another.
const xmlNode* atom_namespace_child(const xmlNode* element, std::string_view name) {
  const xmlNode* found = child(element, atom, name);
  return found != nullptr && vocabulary_of(found) == atom ? found : nullptr;
}

// Where an element has several, the last, as other readers have it.
std::string rss_link(const xmlNode* element, std::string_view address) {
  std::string last;
  for (const xmlNode* link : children(element, rss, "link")) {
    std::string reference = text_content(link);
    if (trim_ascii(reference).empty() && is_alternate(link)) reference = attribute(link, "href");
    if (std::string found = resolve_address(reference, link, address); !found.empty())
      last = std::move(found);
  }
  return last.empty() ? atom_link(element, address) : last;
}

std::string rss_author(const xmlNode* element) {
  std::string author = join_names(children(element, dublin_core, "creator"));
  set_if_empty(author, html_element_to_line(child(element, rss, "author")));
  set_if_empty(author, element_to_line(child(element, itunes, "author")));
  set_if_empty(author, atom_author(element));
  return author;
}

Item parse_rss_item(const xmlNode* element, std::string_view address) {
  Item item;
  const xmlNode* guid = child(element, rss, "guid");
  item.id = identifier(guid);
  set_if_empty(item.id, attribute(element, "about"));
  set_if_empty(item.id, identifier(child(element, dublin_core, "identifier")));
  item.url = rss_link(element, address);
  // A guid is an address unless declared otherwise; a relative one is only a name.
  const bool may_be_address = !equals_ignoring_case(attribute(guid, "isPermaLink"), "false");
  if (item.url.empty() && may_be_address) item.url = resolve("", item.id);
  item.title = title_to_line(child(element, rss, "title"));
  set_if_empty(item.title, title_to_line(child(element, dublin_core, "title")));
  set_if_empty(item.title, title_to_line(child(element, media, "title")));
  item.author = rss_author(element);
  item.published = parse_date_element(child(element, rss, "pubDate"));
  set_if_empty(item.published, parse_date_element(child(element, dublin_core, "date")));
  set_if_empty(item.published, parse_date_element(child(element, dublin_core_terms, "created")));
  set_if_empty(item.published, parse_date_element(child(element, atom, "published")));
  item.updated = parse_date_element(child(element, atom, "updated"));
  set_if_empty(item.updated, parse_date_element(child(element, dublin_core_terms, "modified")));
  item.summary = html_element_to_text(child(element, rss, "description"));
  set_if_empty(item.summary, html_element_to_text(child(element, dublin_core, "description")));
  set_if_empty(item.summary, html_element_to_text(child(element, itunes, "summary")));
  set_if_empty(item.summary, atom_text(atom_namespace_child(element, "summary")));
  set_if_empty(item.summary, html_element_to_text(child(element, media, "description")));
  item.content = html_element_to_text(child(element, content, "encoded"));
  set_if_empty(item.content, html_element_to_text(child(element, xhtml, "body")));
  set_if_empty(item.content, html_element_to_text(child(element, xhtml, "div")));
  set_if_empty(item.content, atom_text(atom_namespace_child(element, "content")));
  return item;
}

void add_items(Feed& feed, const xmlNode* parent, std::string_view address) {
  for (const xmlNode* item : children(parent, rss, "item"))
    feed.items.push_back(parse_rss_item(item, address));
}

}  // namespace

Feed parse_rss_channel(const xmlNode* channel, const xmlNode* items_parent, std::string_view address) {
  Feed feed;
  if (channel != nullptr) {
    feed.title = title_to_line(child(channel, rss, "title"));
    feed.url = rss_link(channel, address);
    feed.language = element_to_line(child(channel, rss, "language"));
    set_if_empty(feed.language, element_to_line(child(channel, dublin_core, "language")));
    feed.published = parse_date_element(child(channel, rss, "pubDate"));
    feed.modified = parse_date_element(child(channel, rss, "lastBuildDate"));
    set_if_empty(feed.modified, parse_date_element(child(channel, dublin_core, "date")));
    set_if_empty(feed.modified, parse_date_element(child(channel, atom, "updated")));
    feed.author = rss_author(channel);
    set_if_empty(feed.author, element_to_line(child(channel, rss, "managingEditor")));
    feed.revisit = parse_revisit_hints(channel);
  }
  add_items(feed, items_parent, address);
  return feed;
}

namespace {

// RSS 0.91 to 2.0 (rssboard.org), with the modules content, Dublin Core, iTunes and Media, and
// elements of Atom. Text may be HTML and mostly is; it becomes text.
Result<Feed> parse_rss(const FeedDocument& document) {
  const bool is_channel = equals_ignoring_case(local_name(document.root), "channel");
  const xmlNode* channel = is_channel ? document.root : child(document.root, rss, "channel");
  Feed feed = parse_rss_channel(channel, channel, document.address);
  // Some write items beside the channel, as RSS 1.0 does.
  if (!is_channel) add_items(feed, document.root, document.address);
  const std::string version = fold_white_space(attribute(document.root, "version"));
  feed.format = "rss " + (version.empty() || is_channel ? "2.0" : version);
  return feed;
}

constexpr std::array dialects{
    FeedDialect{"RSS",
                "rss",
                "<rss",
                {"application/rss+xml", "text/rss+xml"},
                {".rss", "/rss", ".xml", "/feed"},
                parse_rss},
    FeedDialect{"RSS channel", "channel", "", {}, {}, parse_rss},
};

}  // namespace

std::span<const FeedDialect> rss_feed() {
  return dialects;
}

}  // namespace stubkeeper::crawler
