#include "crawler/feeds/xml_feed.h"

#include "base/base64.h"
#include "base/text/ascii.h"
#include "base/text/utf8.h"
#include "crawler/extract/blocks.h"
#include "crawler/feeds/feed_date.h"
#include "crawler/feeds/hints_in_xml.h"
#include "crawler/feeds/xml_tree.h"
#include "crawler/html/charset.h"
#include "crawler/html/white_space.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using enum Vocabulary;

void fill(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

// Text that may be HTML, escaped or not.
std::string html_text(const xmlNode* element) {
  if (element == nullptr) return "";
  return text_of_html(element->children != nullptr && xmlChildElementCount(const_cast<xmlNode*>(element)) > 0
                          ? inner_markup(element)
                          : raw_text(element));
}

std::string one_line(const std::string& text) {
  return fold_white_space(text);
}

std::string date_in(const xmlNode* element) {
  return feed_date(raw_text(element));
}

// An absolute address; what cannot be made one is left out.
std::string address_in(const std::string& text, const xmlNode* element, std::string_view document_address) {
  const std::string_view reference = trim_ascii(text);
  return reference.empty() ? "" : resolve(base_of(element, document_address), reference);
}

class XmlFeed {
 public:
  XmlFeed(const xmlNode* root, std::string_view address) : root_(root), address_(address) {}

  Result<Feed> read() {
    const std::string name = ascii_lower(local_name(root_));
    if (name == "feed") {
      read_atom();
    } else if (name == "rss") {
      const std::string version = attribute(root_, "version");
      feed_.format = "rss " + (version.empty() ? "2.0" : one_line(version));
      read_rss(child(root_, rss, "channel"), child(root_, rss, "channel"));
    } else if (name == "rdf") {
      const xmlNode* channel = child(root_, rss, "channel");
      feed_.format = is_rss_0_90(channel) ? "rss 0.90" : "rss 1.0";
      read_rss(channel, root_);
    } else if (name == "channel") {
      feed_.format = "rss 2.0";
      read_rss(root_, root_);
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

  void read_rss(const xmlNode* channel, const xmlNode* parent_of_items) {
    if (channel != nullptr) {
      feed_.title = one_line(html_text(child(channel, rss, "title")));
      feed_.url = rss_link(channel);
      feed_.language = one_line(raw_text(child(channel, rss, "language")));
      fill(feed_.language, one_line(raw_text(child(channel, dublin_core, "language"))));
      feed_.published = date_in(child(channel, rss, "pubDate"));
      feed_.modified = date_in(child(channel, rss, "lastBuildDate"));
      fill(feed_.modified, date_in(child(channel, dublin_core, "date")));
      fill(feed_.modified, date_in(child(channel, atom, "updated")));
      feed_.author = rss_author(channel);
      fill(feed_.author, one_line(raw_text(child(channel, rss, "managingEditor"))));
      feed_.revisit = hints_in_xml(channel);
    }
    for (const xmlNode* item : children(parent_of_items, rss, "item")) read_rss_item(item);
    // Some write their items beside the channel, as RSS 1.0 does.
    if (feed_.items.empty() && parent_of_items != root_) {
      for (const xmlNode* item : children(root_, rss, "item")) read_rss_item(item);
    }
  }

  // Where an element has several, the last, as other readers have it.
  std::string rss_link(const xmlNode* element) const {
    std::string last;
    for (const xmlNode* link : children(element, rss, "link")) {
      std::string reference = raw_text(link);
      if (trim_ascii(reference).empty() && is_alternate(link)) reference = attribute(link, "href");
      if (std::string found = address_in(reference, link, address_); !found.empty()) last = std::move(found);
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
    return std::string{trim_ascii(has_markup ? inner_markup(element) : raw_text(element))};
  }

  // Of Atom's namespace for certain: in RSS an element of that name without one is another.
  static const xmlNode* namespaced_atom(const xmlNode* element, std::string_view name) {
    const xmlNode* found = child(element, atom, name);
    return found != nullptr && vocabulary_of(found) == atom ? found : nullptr;
  }

  static std::string rss_author(const xmlNode* element) {
    std::string author = names(children(element, dublin_core, "creator"));
    fill(author, one_line(html_text(child(element, rss, "author"))));
    fill(author, one_line(raw_text(child(element, itunes, "author"))));
    fill(author, atom_author(element));
    return author;
  }

  static std::string names(const std::vector<const xmlNode*>& elements) {
    std::string names;
    for (const xmlNode* element : elements) {
      const std::string name = one_line(html_text(element));
      if (!name.empty()) names += (names.empty() ? "" : ", ") + name;
    }
    return names;
  }

  void read_rss_item(const xmlNode* element) {
    Item item;
    const xmlNode* guid = child(element, rss, "guid");
    item.id = identifier(guid);
    fill(item.id, attribute(element, "about"));
    fill(item.id, identifier(child(element, dublin_core, "identifier")));
    item.url = rss_link(element);
    // A guid is an address unless it says not; but a relative one is only a name.
    const bool may_be_address = !equals_ignoring_case(attribute(guid, "isPermaLink"), "false");
    if (item.url.empty() && may_be_address) item.url = resolve("", item.id);
    item.title = one_line(html_text(child(element, rss, "title")));
    fill(item.title, one_line(html_text(child(element, dublin_core, "title"))));
    fill(item.title, one_line(html_text(child(element, media, "title"))));
    item.author = rss_author(element);
    item.published = date_in(child(element, rss, "pubDate"));
    fill(item.published, date_in(child(element, dublin_core, "date")));
    fill(item.published, date_in(child(element, dublin_core_terms, "created")));
    fill(item.published, date_in(child(element, atom, "published")));
    item.updated = date_in(child(element, atom, "updated"));
    fill(item.updated, date_in(child(element, dublin_core_terms, "modified")));
    item.summary = html_text(child(element, rss, "description"));
    fill(item.summary, html_text(child(element, dublin_core, "description")));
    fill(item.summary, html_text(child(element, itunes, "summary")));
    fill(item.summary, atom_text(namespaced_atom(element, "summary")));
    fill(item.summary, html_text(child(element, media, "description")));
    item.content = html_text(child(element, content, "encoded"));
    fill(item.content, html_text(child(element, xhtml, "body")));
    fill(item.content, html_text(child(element, xhtml, "div")));
    fill(item.content, atom_text(namespaced_atom(element, "content")));
    feed_.items.push_back(std::move(item));
  }

  void read_atom() {
    const Vocabulary vocabulary = vocabulary_of(root_);
    feed_.format = vocabulary == atom_0_3 || attribute(root_, "version") == "0.3" ? "atom 0.3" : "atom 1.0";
    feed_.title = one_line(atom_text(atom_child(root_, "title")));
    feed_.url = atom_link(root_);
    feed_.revisit = hints_in_xml(root_);
    feed_.language = attribute(root_, "lang");
    feed_.modified = date_in(atom_child(root_, "updated"));
    fill(feed_.modified, date_in(atom_child(root_, "modified")));
    feed_.author = atom_author(root_);
    for (const xmlNode* entry = root_->children; entry != nullptr; entry = entry->next) {
      if (is_atom(entry, "entry")) read_atom_entry(entry);
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
    const std::string text = raw_text(element);
    if (mode == "base64" || is_other_media(type)) {
      const auto bytes = base64_decoded(text);
      // "test" is Base64 too, though its writer did not mean it.
      const bool meant = bytes && (mode == "base64" || !first_invalid_utf8(*bytes));
      if (meant) return text_of_html(to_utf8(*bytes, "", CharsetDeclaration::none));
    }
    const bool in_place =
        type == "xhtml" || mode == "xml" || xmlChildElementCount(const_cast<xmlNode*>(element)) > 0;
    if (in_place) return text_of_html(inner_markup(element));
    const bool html = type.find("html") != std::string::npos || mode == "escaped";
    return html ? text_of_html(text) : plain_text(text);
  }

  // RFC 4287 §4.1.3.3: content of any other media type is Base64; titles and summaries of one are too, though
  // they should be none.
  static bool is_other_media(std::string_view type) {
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
      if (std::string found = address_in(attribute(link, "href"), link, address_); !found.empty())
        return found;
    }
    return "";
  }

  static std::string atom_author(const xmlNode* element) {
    std::string authors;
    for (const xmlNode* node = element->children; node != nullptr; node = node->next) {
      if (!is_atom(node, "author")) continue;
      const std::string name = one_line(raw_text(atom_child(node, "name")));
      if (!name.empty()) authors += (authors.empty() ? "" : ", ") + name;
    }
    return authors;
  }

  // A relative one is made whole by an xml:base around it, and by nothing else: it has to stay the same
  // wherever the feed is fetched.
  static std::string atom_id(const xmlNode* id) {
    std::string text = identifier(id);
    const bool is_relative = !text.empty() && text.find(':') == std::string::npos;
    const std::string base = is_relative ? base_of(id, "") : "";
    const std::string resolved = base.empty() ? "" : resolve(base, text);
    return resolved.empty() ? text : resolved;
  }

  void read_atom_entry(const xmlNode* entry) {
    Item item;
    item.id = atom_id(atom_child(entry, "id"));
    item.url = atom_link(entry);
    item.title = one_line(atom_text(atom_child(entry, "title")));
    item.author = atom_author(entry);
    fill(item.author, names(children(entry, dublin_core, "creator")));
    fill(item.author, feed_.author);
    item.published = date_in(atom_child(entry, "published"));
    fill(item.published, date_in(atom_child(entry, "issued")));
    fill(item.published, date_in(atom_child(entry, "created")));
    item.updated = date_in(atom_child(entry, "updated"));
    fill(item.updated, date_in(atom_child(entry, "modified")));
    item.summary = atom_text(atom_child(entry, "summary"));
    item.content = atom_text(atom_child(entry, "content"));
    fill(item.summary, html_text(child(child(entry, media, "group"), media, "description")));
    feed_.items.push_back(std::move(item));
  }

  const xmlNode* root_;
  std::string_view address_;
  Feed feed_;
};

}  // namespace

Result<Feed> read_xml_feed(std::string_view bytes, std::string_view content_type, std::string_view address) {
  STUBKEEPER_ASSIGN(const XmlTree tree, XmlTree::parse(bytes, content_type));
  return XmlFeed{tree.root(), address}.read();
}

}  // namespace stubkeeper::crawler
