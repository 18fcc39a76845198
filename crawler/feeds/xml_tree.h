#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace stubkeeper::crawler {

// A parsed XML document, by libxml2's recovering parser: what can be read of an ill-formed document
// is read, with its tags balanced. Nothing is fetched, no entity is expanded but XML's five and those of HTML, which feeds
// use without declaring them.
class XmlTree {
 public:
  // invalid_argument where no element can be read.
  static Result<XmlTree> parse(std::string_view bytes, std::string_view content_type);

  const xmlNode* root() const;
  // The first mistake of an ill-formed document, in libxml2's words: "line 3: ..."; else "".
  const std::string& mistake() const { return mistake_; }

 private:
  XmlTree(xmlDoc* document, std::string mistake)
      : document_(document, xmlFreeDoc), mistake_(std::move(mistake)) {}
  std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> document_;
  std::string mistake_;
};

// The vocabulary of an element: by its namespace or, where the document does not declare one, by
// the usual prefix.
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

// The name without a prefix.
std::string_view local_name(const xmlNode* element);

bool is_element(const xmlNode* node, Vocabulary vocabulary, std::string_view name);
std::vector<const xmlNode*> children(const xmlNode* element, Vocabulary vocabulary, std::string_view name);
const xmlNode* child(const xmlNode* element, Vocabulary vocabulary, std::string_view name);

// An attribute's value, in any namespace and case; "" where it is missing.
std::string attribute(const xmlNode* element, const char* name);

// All text below an element, unchanged; "" for null.
std::string text_content(const xmlNode* element);

// The markup within an element.
std::string inner_xml(const xmlNode* element);

// The base of relative references in an element (XML Base): `document_address` and the xml:base of
// the element and all around it.
std::string base_uri(const xmlNode* element, std::string_view document_address);

// How repair_xml() leaves "&lt;" and the other four references of XML: after a mistake, libxml2 reads only
// those by number.
enum class PredefinedReferences { by_name, by_number };

// XML without the mistakes at which a recovering parser stops: text before the first tag, forbidden
// characters, undeclared entities of HTML, a bare "&" ("Fish & Chips") or "<" ("<3"), which become
// the intended characters. CDATA sections, comments and declarations are kept. In and out: UTF-8.
std::string repair_xml(std::string utf8, PredefinedReferences references = PredefinedReferences::by_name);

// Ill-formed XML of a feed or sitemap with tags that match, without comments and declarations. A record (an
// <item>, an <entry>) ends whatever is open within its list; an end tag ends all that is open within its
// element, or is left out where it has none; what is no tag is text. Of several root elements, the one with
// records. In and out: UTF-8.
std::string balance_xml(std::string_view xml);

}  // namespace stubkeeper::crawler
