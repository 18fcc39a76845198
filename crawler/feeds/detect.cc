#include <algorithm>
#include <optional>
#include <string>

#include "base/text/ascii.h"
#include "crawler/feeds/feed_dialect.h"
#include "crawler/feeds/xml_tree.h"
#include "crawler/text_body.h"

namespace stubkeeper::crawler {
namespace {

// Null where no dialect has such documents.
const FeedDialect* find_dialect(std::string_view root, const FeedDocument& document) {
  const FeedDialect* of_the_rest = nullptr;
  for (const FeedDialect& dialect : feed_dialects()) {
    if (dialect.root != root) continue;
    if (dialect.recognizes == nullptr) {
      of_the_rest = &dialect;
    } else if (dialect.recognizes(document)) {
      return &dialect;
    }
  }
  return of_the_rest;
}

bool is_named_as_item(const xmlNode* node) {
  return node->type == XML_ELEMENT_NODE &&
         (equals_ignoring_case(local_name(node), "item") || equals_ignoring_case(local_name(node), "entry"));
}

// Whether an element of that name is anywhere below.
bool has_item_elements(const xmlNode* root) {
  const xmlNode* node = root;
  while (node != nullptr) {
    if (is_named_as_item(node)) return true;
    if (node->type == XML_ELEMENT_NODE && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (node != nullptr && node != root && node->next == nullptr) node = node->parent;
    node = node == nullptr || node == root ? nullptr : node->next;
  }
  return false;
}

Result<Feed> parse_xml_feed(const FeedDialect& dialect, const FeedDocument& document, const XmlTree& tree) {
  Result<Feed> feed = dialect.parse(document);
  if (!feed.ok()) return feed;
  if (feed->items.empty() && has_item_elements(tree.root())) {
    return Error{ErrorCode::invalid_argument, "none of the feed's items can be read", "",
                 "they are of another namespace than " + std::string{dialect.name} +
                     "'s, or in elements that it does not have"};
  }
  feed->mistake = tree.mistake();
  return feed;
}

}  // namespace

bool has_feed_mark(std::string_view start) {
  return std::ranges::any_of(feed_dialects(), [&](const FeedDialect& dialect) {
    if (dialect.mark.empty()) return false;
    return dialect.root == "{" ? start.starts_with('{') && start.find(dialect.mark) != std::string_view::npos
                               : starts_with_ignoring_case(start, dialect.mark);
  });
}

bool has_feed_ending(std::string_view address) {
  return std::ranges::any_of(feed_dialects(), [&](const FeedDialect& dialect) {
    return std::ranges::any_of(dialect.endings, [&](std::string_view ending) {
      return !ending.empty() && address.ends_with(ending);
    });
  });
}

bool is_feed_media_type(std::string_view type) {
  return !type.empty() && std::ranges::any_of(feed_dialects(), [&](const FeedDialect& dialect) {
    return std::find(dialect.media_types.begin(), dialect.media_types.end(), type) !=
           dialect.media_types.end();
  });
}

Result<Feed> parse_feed(std::string_view bytes, std::string_view content_type, std::string_view address) {
  if (is_gzip(bytes)) {
    STUBKEEPER_ASSIGN(const std::string text, gunzip(bytes));
    return parse_feed(text, content_type, address);
  }
  FeedDocument document{bytes, content_type, address, nullptr};
  const std::string_view start = trim_ascii(bytes.substr(0, 64));
  std::optional<XmlTree> tree;
  std::string root = "{";
  if (!start.starts_with("{") && !start.starts_with("\xEF\xBB\xBF{")) {
    STUBKEEPER_ASSIGN(tree, XmlTree::parse(bytes, content_type));
    document.root = tree->root();
    root = ascii_lower(local_name(document.root));
  }
  if (const FeedDialect* dialect = find_dialect(root, document); dialect != nullptr)
    return tree ? parse_xml_feed(*dialect, document, *tree) : dialect->parse(document);
  return Error{ErrorCode::invalid_argument, "the XML is no feed: its root element is <" + root + ">", "",
               "`stubkeeper source add --type page` takes an ordinary page"};
}

}  // namespace stubkeeper::crawler
