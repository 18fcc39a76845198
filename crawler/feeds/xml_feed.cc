#include "crawler/feeds/xml_feed.h"

#include "base/text/ascii.h"
#include "base/text/encoding.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "crawler/extract/blocks.h"
#include "crawler/feeds/feed_date.h"
#include "crawler/feeds/xml_revisit_hints.h"
#include "crawler/feeds/xml_tree.h"
#include "crawler/html/charset.h"
#include "crawler/html/white_space.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using enum Vocabulary;

void set_if_empty(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

// Text that may be HTML, escaped or not.
std::string html_element_to_text(const xmlNode* element) {
  if (element == nullptr) return "";
  return html_to_text(element->children != nullptr && xmlChildElementCount(const_cast<xmlNode*>(element)) > 0
                          ? inner_xml(element)
                          : text_content(element));
}

std::string parse_date_element(const xmlNode* element) {
  return parse_feed_date(text_content(element));
}

// An absolute address; what cannot be made one is left out.
std::string resolve_address(const std::string& text, const xmlNode* element,
                            std::string_view document_address) {
  const std::string_view reference = trim_ascii(text);
  return reference.empty() ? "" : resolve(base_uri(element, document_address), reference);
}

class XmlFeedParser {
 public:
  XmlFeedParser(const xmlNode* root, std::string_view address) : root_(root), address_(address) {}

  Result<Feed> parse_root() {
    const std::string name = ascii_lower(local_name(root_));
    if (name == "feed") {
      parse_atom();
    } else if (name == "rss") {
      const std::string version = attribute(root_, "version");
      feed_.format = "rss " + (version.empty() ? "2.0" : fold_white_space(version));
      parse_rss(child(root_, rss, "channel"), child(root_, rss, "channel"));
    } else if (name == "rdf") {
      const xmlNode* channel = child(root_, rss, "channel");
      feed_.format = is_rss_0_90(channel) ? "rss 0.90" : "rss 1.0";
      parse_rss(channel, root_);
    } else if (name == "channel") {
      feed_.format = "rss 2.0";
      parse_rss(root_, root_);
    } else {
      return Error{ErrorCode::invalid_argument, "the XML is no feed: its root element is <" + name + ">", "",
                   "`stubkeeper source add --type page` takes an ordinary page"};
    }
    return std::move(feed_);
  }

 private:
  static bool is_rss_0_90(const xmlNode* channel) {
    return channel != nullptr && channel->ns != nullptr &&
           std::string_view{reinterpret_cast<const char*>(channel->ns->href)}.find("netscape") !=
               std::string_view::npos;
  }

  void parse_rss(const xmlNode* channel, const xmlNode* parent_of_items) {
    if (channel != nullptr) {
      feed_.title = fold_white_space(html_element_to_text(child(channel, rss, "title")));
      feed_.url = rss_link(channel);
      feed_.language = fold_white_space(text_content(child(channel, rss, "language")));
      set_if_empty(feed_.language, fold_white_space(text_content(child(channel, dublin_core, "language"))));
      feed_.published = parse_date_element(child(channel, rss, "pubDate"));
      feed_.modified = parse_date_element(child(channel, rss, "lastBuildDate"));
      set_if_empty(feed_.modified, parse_date_element(child(channel, dublin_core, "date")));
      set_if_empty(feed_.modified, parse_date_element(child(channel, atom, "updated")));
      feed_.author = rss_author(channel);
      set_if_empty(feed_.author, fold_white_space(text_content(child(channel, rss, "managingEditor"))));
      feed_.revisit = parse_revisit_hints(channel);
    }
    for (const xmlNode* item : children(parent_of_items, rss, "item")) parse_rss_item(item);
    // Some write their items beside the channel, as RSS 1.0 does.
    if (feed_.items.empty() && parent_of_items != root_) {
      for (const xmlNode* item : children(root_, rss, "item")) parse_rss_item(item);
    }
  }

  // Where an element has several, the last, as other readers have it.
  std::string rss_link(const xmlNode* element) const {
    std::string last;
    for (const xmlNode* link : children(element, rss, "link")) {
      std::string reference = text_content(link);
      if (trim_ascii(reference).empty() && is_alternate(link)) reference = attribute(link, "href");
      if (std::string found = resolve_address(reference, link, address_); !found.empty())
        last = std::move(found);
    }
    return last.empty() ? atom_link(element) : last;
  }

  static bool is_alternate(const xmlNode* link) {
    const std::string relation = attribute(link, "rel");
    return relation.empty() || relation == "alternate";
  }

  // A guid, an atom:id: as it stands, markup and all.
  static std::string identifier(const xmlNode* element) {
    if (element == nullptr) return "";
    const bool has_markup = xmlChildElementCount(const_cast<xmlNode*>(element)) > 0;
    return std::string{trim_ascii(has_markup ? inner_xml(element) : text_content(element))};
  }

  // Of Atom's namespace for certain: in RSS an element of that name without one is another.
  static const xmlNode* atom_namespace_child(const xmlNode* element, std::string_view name) {
    const xmlNode* found = child(element, atom, name);
    return found != nullptr && vocabulary_of(found) == atom ? found : nullptr;
  }

  static std::string rss_author(const xmlNode* element) {
    std::string author = names(children(element, dublin_core, "creator"));
    set_if_empty(author, fold_white_space(html_element_to_text(child(element, rss, "author"))));
    set_if_empty(author, fold_white_space(text_content(child(element, itunes, "author"))));
    set_if_empty(author, atom_author(element));
    return author;
  }

  static std::string names(const std::vector<const xmlNode*>& elements) {
    std::string names;
    for (const xmlNode* element : elements) {
      const std::string name = fold_white_space(html_element_to_text(element));
      if (!name.empty()) append_with_separator(names, ", ", name);
    }
    return names;
  }

  void parse_rss_item(const xmlNode* element) {
    Item item;
    const xmlNode* guid = child(element, rss, "guid");
    item.id = identifier(guid);
    set_if_empty(item.id, attribute(element, "about"));
    set_if_empty(item.id, identifier(child(element, dublin_core, "identifier")));
    item.url = rss_link(element);
    // A guid is an address unless it says not; but a relative one is only a name.
    const bool may_be_address = !equals_ignoring_case(attribute(guid, "isPermaLink"), "false");
    if (item.url.empty() && may_be_address) item.url = resolve("", item.id);
    item.title = fold_white_space(html_element_to_text(child(element, rss, "title")));
    set_if_empty(item.title, fold_white_space(html_element_to_text(child(element, dublin_core, "title"))));
    set_if_empty(item.title, fold_white_space(html_element_to_text(child(element, media, "title"))));
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
    feed_.items.push_back(std::move(item));
  }

  void parse_atom() {
    const Vocabulary vocabulary = vocabulary_of(root_);
    feed_.format = vocabulary == atom_0_3 || attribute(root_, "version") == "0.3" ? "atom 0.3" : "atom 1.0";
    feed_.title = fold_white_space(atom_text(atom_child(root_, "title")));
    feed_.url = atom_link(root_);
    feed_.revisit = parse_revisit_hints(root_);
    feed_.language = attribute(root_, "lang");
    feed_.modified = parse_date_element(atom_child(root_, "updated"));
    set_if_empty(feed_.modified, parse_date_element(atom_child(root_, "modified")));
    feed_.author = atom_author(root_);
    for (const xmlNode* entry = root_->children; entry != nullptr; entry = entry->next) {
      if (is_atom(entry, "entry")) parse_atom_entry(entry);
    }
  }

  static bool is_atom(const xmlNode* node, std::string_view name) {
    return is_element(node, atom, name) || is_element(node, atom_0_3, name);
  }

  static const xmlNode* atom_child(const xmlNode* element, std::string_view name) {
    const xmlNode* found = child(element, atom, name);
    return found != nullptr ? found : child(element, atom_0_3, name);
  }

  // RFC 4287 §3.1: text, escaped HTML, or XHTML in place. Atom 0.3 says so with "mode" and media types.
  static std::string atom_text(const xmlNode* element) {
    if (element == nullptr) return "";
    const std::string type = ascii_lower(attribute(element, "type"));
    const std::string mode = ascii_lower(attribute(element, "mode"));
    const std::string text = text_content(element);
    if (mode == "base64" || is_binary_media_type(type)) {
      const auto bytes = base64_decode(text);
      // "test" is Base64 too, though its writer did not mean it.
      const bool is_base64 = bytes && (mode == "base64" || !first_invalid_utf8(*bytes));
      if (is_base64) return html_to_text(to_utf8(*bytes, "", CharsetDeclaration::none));
    }
    const bool is_inline =
        type == "xhtml" || mode == "xml" || xmlChildElementCount(const_cast<xmlNode*>(element)) > 0;
    if (is_inline) return html_to_text(inner_xml(element));
    const bool html = type.find("html") != std::string::npos || mode == "escaped";
    return html ? html_to_text(text) : plain_text(text);
  }

  // RFC 4287 §4.1.3.3: content of any other media type is Base64; titles and summaries of one are too, though
  // they should be none.
  static bool is_binary_media_type(std::string_view type) {
    return type.find('/') != std::string_view::npos && !type.starts_with("text/") &&
           !type.ends_with("/xml") && !type.ends_with("+xml");
  }

  // Paragraphs of plain text, one a block.
  static std::string plain_text(const std::string& text) {
    std::string blocks;
    for (const TextRange& range : split_passages(text)) {
      if (!blocks.empty()) blocks += "\n\n";
      blocks += fold_white_space(std::string_view{text}.substr(range.begin, range.end - range.begin));
    }
    return blocks;
  }

  std::string atom_link(const xmlNode* element) const {
    for (const xmlNode* link = element->children; link != nullptr; link = link->next) {
      if (!is_atom(link, "link")) continue;
      if (!is_alternate(link)) continue;
      if (std::string found = resolve_address(attribute(link, "href"), link, address_); !found.empty())
        return found;
    }
    return "";
  }

  static std::string atom_author(const xmlNode* element) {
    std::string authors;
    for (const xmlNode* node = element->children; node != nullptr; node = node->next) {
      if (!is_atom(node, "author")) continue;
      const std::string name = fold_white_space(text_content(atom_child(node, "name")));
      if (!name.empty()) append_with_separator(authors, ", ", name);
    }
    return authors;
  }

  // A relative one is made whole by an xml:base around it, and by nothing else: it has to stay the same
  // wherever the feed is fetched.
  static std::string atom_id(const xmlNode* id) {
    std::string text = identifier(id);
    const bool is_relative = !text.empty() && text.find(':') == std::string::npos;
    const std::string base = is_relative ? base_uri(id, "") : "";
    const std::string resolved = base.empty() ? "" : resolve(base, text);
    return resolved.empty() ? text : resolved;
  }

  void parse_atom_entry(const xmlNode* entry) {
    Item item;
    item.id = atom_id(atom_child(entry, "id"));
    item.url = atom_link(entry);
    item.title = fold_white_space(atom_text(atom_child(entry, "title")));
    item.author = atom_author(entry);
    set_if_empty(item.author, names(children(entry, dublin_core, "creator")));
    set_if_empty(item.author, feed_.author);
    item.published = parse_date_element(atom_child(entry, "published"));
    set_if_empty(item.published, parse_date_element(atom_child(entry, "issued")));
    set_if_empty(item.published, parse_date_element(atom_child(entry, "created")));
    item.updated = parse_date_element(atom_child(entry, "updated"));
    set_if_empty(item.updated, parse_date_element(atom_child(entry, "modified")));
    item.summary = atom_text(atom_child(entry, "summary"));
    item.content = atom_text(atom_child(entry, "content"));
    set_if_empty(item.summary,
                 html_element_to_text(child(child(entry, media, "group"), media, "description")));
    feed_.items.push_back(std::move(item));
  }

  const xmlNode* root_;
  std::string_view address_;
  Feed feed_;
};

}  // namespace

Result<Feed> parse_xml_feed(std::string_view bytes, std::string_view content_type, std::string_view address) {
  STUBKEEPER_ASSIGN(const XmlTree tree, XmlTree::parse(bytes, content_type));
  return XmlFeedParser{tree.root(), address}.parse_root();
}

}  // namespace stubkeeper::crawler
