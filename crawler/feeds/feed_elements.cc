#include "crawler/feeds/feed_elements.h"

#include <utility>

#include "base/text/ascii.h"
#include "base/text/encoding.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "crawler/content.h"
#include "crawler/extract/blocks.h"
#include "crawler/feeds/feed_date.h"
#include "crawler/html/charset.h"
#include "crawler/html/fold_text.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using enum Vocabulary;

bool has_child_elements(const xmlNode* element) {
  return xmlChildElementCount(const_cast<xmlNode*>(element)) > 0;
}

// RFC 4287 §4.1.3.3: content of any other media type is Base64; titles and summaries of one are
// too, though they should not exist.
bool is_binary_media_type(std::string_view type) {
  return type.find('/') != std::string_view::npos && !type.starts_with("text/") && !type.ends_with("/xml") &&
         !type.ends_with("+xml");
}

}  // namespace

void set_if_empty(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

std::string html_element_to_text(const xmlNode* element) {
  if (element == nullptr) return "";
  return html_to_text(has_child_elements(element) ? inner_xml(element) : text_content(element));
}

std::string html_element_to_line(const xmlNode* element) {
  return fold_white_space(html_element_to_text(element));
}

std::string element_to_line(const xmlNode* element) {
  return fold_white_space(text_content(element));
}

std::string parse_date_element(const xmlNode* element) {
  return parse_feed_date(text_content(element));
}

std::string join_names(const std::vector<const xmlNode*>& elements) {
  std::string names;
  for (const xmlNode* element : elements) {
    const std::string name = html_element_to_line(element);
    if (!name.empty()) append_with_separator(names, ", ", name);
  }
  return names;
}

std::string identifier(const xmlNode* element) {
  if (element == nullptr) return "";
  return std::string{trim_ascii(has_child_elements(element) ? inner_xml(element) : text_content(element))};
}

std::string resolve_address(const std::string& reference, const xmlNode* element,
                            std::string_view document_address) {
  const std::string_view trimmed = trim_ascii(reference);
  return trimmed.empty() ? "" : resolve(base_uri(element, document_address), trimmed);
}

bool is_alternate(const xmlNode* link) {
  const std::string relation = attribute(link, "rel");
  return relation.empty() || relation == "alternate";
}

bool is_atom(const xmlNode* node, std::string_view name) {
  return is_element(node, atom, name) || is_element(node, atom_0_3, name);
}

const xmlNode* atom_child(const xmlNode* element, std::string_view name) {
  const xmlNode* found = child(element, atom, name);
  return found != nullptr ? found : child(element, atom_0_3, name);
}

std::string atom_text(const xmlNode* element) {
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
  if (type == "xhtml" || mode == "xml" || has_child_elements(element))
    return html_to_text(inner_xml(element));
  const bool is_html = type.find("html") != std::string::npos || mode == "escaped";
  return is_html ? html_to_text(text) : fold_paragraphs(text);
}

std::string atom_link(const xmlNode* element, std::string_view document_address) {
  for (const xmlNode* link = element->children; link != nullptr; link = link->next) {
    if (!is_atom(link, "link") || !is_alternate(link)) continue;
    std::string found = resolve_address(attribute(link, "href"), link, document_address);
    if (!found.empty()) return found;
  }
  return "";
}

std::string atom_author(const xmlNode* element) {
  std::string authors;
  for (const xmlNode* node = element->children; node != nullptr; node = node->next) {
    const std::string name = is_atom(node, "author") ? element_to_line(atom_child(node, "name")) : "";
    if (!name.empty()) append_with_separator(authors, ", ", name);
  }
  return authors;
}

}  // namespace stubkeeper::crawler
