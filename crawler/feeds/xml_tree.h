#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stubkeeper::crawler {

// XML of the open web in libxml2's recovering parser: what can be read of an ill-formed document is read.
// Nothing is fetched, no entity is expanded but XML's five and those of HTML, which feeds use without
// declaring them.
class XmlTree {
 public:
  // invalid_argument where no element can be read.
  static Result<XmlTree> parse(std::string_view bytes, std::string_view content_type);

  const xmlNode* root() const;

 private:
  explicit XmlTree(xmlDoc* document) : document_(document, xmlFreeDoc) {}
  std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> document_;
};

// The vocabularies of feeds and sitemaps, known by their namespace or, where the document forgot to declare
// it, by the usual prefix.
enum class Vocabulary {
  none,
  rss,
  rdf,
  atom,
  atom_0_3,
  content,
  dublin_core,
  dublin_core_terms,
  itunes,
  media,
  syndication,
  xhtml,
  sitemap,
  news,
  other
};
Vocabulary vocabulary_of(const xmlNode* element);

// An element's name without a prefix.
std::string_view local_name(const xmlNode* element);

bool is_element(const xmlNode* node, Vocabulary vocabulary, std::string_view name);
std::vector<const xmlNode*> children(const xmlNode* element, Vocabulary vocabulary, std::string_view name);
const xmlNode* child(const xmlNode* element, Vocabulary vocabulary, std::string_view name);

// The attribute's value, whatever its namespace and case; "" where it is missing.
std::string attribute(const xmlNode* element, const char* name);

// All text below an element as it stands; "" for null.
std::string text_content(const xmlNode* element);

// The markup within an element.
std::string inner_xml(const xmlNode* element);

// What relative references in an element are relative to (XML Base): `document_address` and the xml:base of
// the element and all around it.
std::string base_uri(const xmlNode* element, std::string_view document_address);

}  // namespace stubkeeper::crawler
