#include <array>
#include <nlohmann/json.hpp>

#include "base/text/strings.h"
#include "crawler/extract/blocks.h"
#include "crawler/feeds/feed_dialect.h"
#include "crawler/html/charset.h"
#include "crawler/html/fold_text.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using Json = nlohmann::json;

// A member as text without NUL, which "\u0000" puts into it: strings, and numbers, which publishers use as ids
// against the standard.
std::string text(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return "";
  if (found->is_string()) {
    auto value = found->get<std::string>();
    std::erase(value, '\0');
    return value;
  }
  return found->is_number() ? found->dump() : "";
}

std::string line(const Json& object, const char* name) {
  return fold_white_space(text(object, name));
}

// An absolute address; "" where there is none.
std::string resolve_address(const Json& object, const char* name, std::string_view document_address) {
  const std::string reference = text(object, name);
  return reference.empty() ? "" : resolve(document_address, reference);
}

// Version 1.1 has "authors", version 1.0 "author".
std::string authors(const Json& object) {
  std::string names;
  const auto append = [&](const Json& author) {
    const std::string name = author.is_object() ? line(author, "name") : "";
    if (!name.empty()) append_with_separator(names, ", ", name);
  };
  if (const auto found = object.find("authors"); found != object.end() && found->is_array()) {
    for (const Json& author : *found) append(author);
  }
  if (const auto found = object.find("author"); names.empty() && found != object.end()) append(*found);
  return names;
}

Item parse_item(const Json& object, std::string_view address, const std::string& feed_author) {
  Item item;
  item.id = line(object, "id");
  item.url = resolve_address(object, "url", address);
  if (item.url.empty()) item.url = resolve_address(object, "external_url", address);
  item.title = line(object, "title");
  item.author = authors(object);
  if (item.author.empty()) item.author = feed_author;
  item.published = parse_feed_date(text(object, "date_published"));
  item.updated = parse_feed_date(text(object, "date_modified"));
  item.summary = line(object, "summary");
  item.content = html_to_text(text(object, "content_html"));
  if (item.content.empty()) item.content = fold_paragraphs(text(object, "content_text"));
  return item;
}

// JSON Feed 1.0 and 1.1 (jsonfeed.org). invalid_argument where the JSON is no feed.
Result<Feed> parse_json_feed(const FeedDocument& document) {
  const std::string utf8 = to_utf8(document.bytes, document.content_type, CharsetDeclaration::none);
  const Json json = Json::parse(utf8, nullptr, false);
  if (!json.is_object()) {
    return Error{ErrorCode::invalid_argument, "the document is no JSON object, so no JSON Feed", "",
                 "look at the address in a browser: it may be cut off or have become a page"};
  }
  const auto items = json.find("items");
  const std::string version = text(json, "version");
  // The version is an address; some write only its end.
  const bool is_named = version.find("jsonfeed.org/version/") != std::string::npos || version == "1" ||
                        version.starts_with("1.");
  if (!is_named || items == json.end() || !items->is_array()) {
    return Error{ErrorCode::invalid_argument,
                 "the JSON is no feed: it has no \"version\" of jsonfeed.org or no \"items\"", "",
                 "`stubkeeper source add --type page` takes an ordinary page"};
  }
  Feed feed;
  feed.format = "json feed " + version.substr(version.rfind('/') + 1);
  feed.title = line(json, "title");
  feed.url = resolve_address(json, "home_page_url", document.address);
  feed.language = line(json, "language");
  feed.author = authors(json);
  for (const Json& item : *items) {
    if (item.is_object()) feed.items.push_back(parse_item(item, document.address, feed.author));
  }
  return feed;
}

constexpr std::array dialects{
    FeedDialect{
        "JSON Feed", "{", "jsonfeed.org/version/", {"application/feed+json"}, {"feed.json"}, parse_json_feed},
};

}  // namespace

std::span<const FeedDialect> json_feed() {
  return dialects;
}

}  // namespace stubkeeper::crawler
