#include <array>
#include <utility>

#include "crawler/feeds/feed_dialect.h"
#include "crawler/feeds/feed_elements.h"
#include "crawler/html/fold_text.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using enum Vocabulary;

// A relative one is made absolute by an xml:base around it, and by nothing else: it has to stay the
// same wherever the feed is fetched.
std::string atom_id(const xmlNode* id) {
  std::string text = identifier(id);
  const bool is_relative = !text.empty() && text.find(':') == std::string::npos;
  const std::string base = is_relative ? base_uri(id, "") : "";
  const std::string resolved = base.empty() ? "" : resolve(base, text);
  return resolved.empty() ? text : resolved;
}

Item parse_entry(const xmlNode* entry, const Feed& feed, std::string_view address) {
  Item item;
  item.id = atom_id(atom_child(entry, "id"));
  item.url = atom_link(entry, address);
  item.title = fold_white_space(atom_text(atom_child(entry, "title")));
  item.author = atom_author(entry);
  set_if_empty(item.author, join_names(children(entry, dublin_core, "creator")));
  set_if_empty(item.author, feed.author);
  item.published = parse_date_element(atom_child(entry, "published"));
  set_if_empty(item.published, parse_date_element(atom_child(entry, "issued")));
  set_if_empty(item.published, parse_date_element(atom_child(entry, "created")));
  item.updated = parse_date_element(atom_child(entry, "updated"));
  set_if_empty(item.updated, parse_date_element(atom_child(entry, "modified")));
  item.summary = atom_text(atom_child(entry, "summary"));
  item.content = atom_text(atom_child(entry, "content"));
  set_if_empty(item.summary, html_element_to_text(child(child(entry, media, "group"), media, "description")));
  return item;
}

// Atom 1.0 (RFC 4287) and 0.3.
Result<Feed> parse_atom(const FeedDocument& document) {
  const xmlNode* root = document.root;
  Feed feed;
  const bool is_0_3 = vocabulary_of(root) == atom_0_3 || attribute(root, "version") == "0.3";
  feed.format = is_0_3 ? "atom 0.3" : "atom 1.0";
  feed.title = fold_white_space(atom_text(atom_child(root, "title")));
  feed.url = atom_link(root, document.address);
  feed.revisit = parse_revisit_hints(root);
  feed.language = attribute(root, "lang");
  feed.modified = parse_date_element(atom_child(root, "updated"));
  set_if_empty(feed.modified, parse_date_element(atom_child(root, "modified")));
  feed.author = atom_author(root);
  for (const xmlNode* node = root->children; node != nullptr; node = node->next) {
    if (is_atom(node, "entry")) feed.items.push_back(parse_entry(node, feed, document.address));
  }
  return feed;
}

constexpr std::array dialects{
    FeedDialect{
        "Atom", "feed", "<feed", {"application/atom+xml", "text/atom+xml"}, {".atom", "/atom"}, parse_atom},
};

}  // namespace

std::span<const FeedDialect> atom_feed() {
  return dialects;
}

}  // namespace stubkeeper::crawler
