#include "crawler/feeds/xml_tree.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/ascii.h"
#include "crawler/html/charset.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t max_bytes = 64'000'000;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : std::string_view{reinterpret_cast<const char*>(text)};
}

// The document's own pointer is for the reader of the tree (libxml/tree.h): it is to the root's namespace.
void keep_namespace_of_root(xmlDoc* document) {
  const xmlNode* root = document == nullptr ? nullptr : xmlDocGetRootElement(document);
  if (root != nullptr) document->_private = root->ns;
}

bool has_namespace_of_root(const xmlNode* element) {
  const auto* of_root = static_cast<const xmlNs*>(element->doc->_private);
  return of_root != nullptr && view(of_root->href) == view(element->ns->href);
}

struct ParsedXml {
  xmlDoc* document = nullptr;  // null where nothing at all could be read
  std::string mistake;         // the first one, "" in well-formed XML
};

// libxml2's handler of errors, of whatever constness its version gives them.
constexpr auto keep_first_mistake = [](void* context, auto* error) {
  const auto* parser = static_cast<xmlParserCtxt*>(context);
  auto& mistake = *static_cast<std::string*>(parser->_private);
  // A prefix that is not declared is an error too, but not a fatal one.
  if (!mistake.empty() || error->level != XML_ERR_FATAL) return;
  mistake = "line " + std::to_string(error->line) + ": " +
            std::string{trim_ascii(error->message == nullptr ? "ill-formed" : error->message)};
};

// The parser reads the text in place: for small feeds, handing it over in buffers costs as much as
// reading it.
ParsedXml parse_document(const std::string& xml) {
  ParsedXml parsed;
  const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxt*)> parser{xmlNewParserCtxt(),
                                                                        xmlFreeParserCtxt};
  if (parser == nullptr) return parsed;
  // The declared encoding is that of before it became UTF-8.
  xmlCtxtUseOptions(parser.get(), XML_PARSE_RECOVER | XML_PARSE_NOWARNING | XML_PARSE_NONET |
                                      XML_PARSE_IGNORE_ENC | XML_PARSE_COMPACT);
  parser->_private = &parsed.mistake;
  parser->sax->serror = keep_first_mistake;
  xmlParserInput* input =
      xmlNewStringInputStream(parser.get(), reinterpret_cast<const xmlChar*>(xml.c_str()));
  if (input == nullptr) return parsed;
  xmlPushInput(parser.get(), input);
  xmlParseDocument(parser.get());
  parsed.document = std::exchange(parser->myDoc, nullptr);
  keep_namespace_of_root(parsed.document);
  if (parser->wellFormed == 0 && parsed.mistake.empty()) parsed.mistake = "the XML is ill-formed";
  return parsed;
}

}  // namespace

Result<XmlTree> XmlTree::parse(std::string_view bytes, std::string_view content_type) {
  if (bytes.size() > max_bytes) {
    return Error{ErrorCode::limit, "the document has " + std::to_string(bytes.size()) + " bytes", "",
                 "feeds and sitemaps of up to " + std::to_string(max_bytes) + " bytes are read"};
  }
  const std::string xml = repair_xml(to_utf8(bytes, content_type, CharsetDeclaration::xml_declaration));
  ParsedXml first = xml.empty() ? ParsedXml{} : parse_document(xml);
  XmlTree tree{first.document, std::move(first.mistake)};
  if (!tree.mistake().empty()) {
    const std::string balanced = repair_xml(balance_xml(xml), PredefinedReferences::by_number);
    XmlTree better{balanced.empty() ? nullptr : parse_document(balanced).document, tree.mistake()};
    if (better.root() != nullptr) tree = std::move(better);
  }
  if (tree.root() == nullptr) {
    return Error{ErrorCode::invalid_argument, "the document is no XML", "",
                 "look at the address in a browser: it may have become an ordinary page"};
  }
  return tree;
}

const xmlNode* XmlTree::root() const {
  return xmlDocGetRootElement(document_.get());
}

std::string_view local_name(const xmlNode* element) {
  std::string_view name = view(element->name);
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos)
    name.remove_prefix(colon + 1);
  return name;
}

// By the beginning of a namespace's name, without the scheme and "www.": writers take "https" for safer.
Vocabulary vocabulary_of(const xmlNode* element) {
  using Pair = std::pair<std::string_view, Vocabulary>;
  // A longer name is before one that it begins with.
  constexpr std::array namespaces{Pair{"purl.org/rss/1.0/modules/content/", Vocabulary::content},
                                  Pair{"w3.org/2005/Atom", Vocabulary::atom},
                                  Pair{"purl.org/atom/ns#", Vocabulary::atom_0_3},
                                  Pair{"purl.org/rss/1.0/modules/syndication/", Vocabulary::syndication},
                                  Pair{"purl.org/rss/1.0/modules/", Vocabulary::other},
                                  Pair{"purl.org/rss/1.0/", Vocabulary::rss},
                                  Pair{"my.netscape.com/rdf/simple/0.9/", Vocabulary::rss},
                                  Pair{"channel.netscape.com/rdf/simple/0.9/", Vocabulary::rss},
                                  Pair{"backend.userland.com/rss", Vocabulary::rss},
                                  Pair{"w3.org/1999/02/22-rdf-syntax-ns#", Vocabulary::rdf},
                                  Pair{"w3.org/1999/xhtml", Vocabulary::xhtml},
                                  Pair{"purl.org/dc/elements/1.", Vocabulary::dublin_core},
                                  Pair{"purl.org/dc/terms/", Vocabulary::dublin_core_terms},
                                  Pair{"itunes.com/", Vocabulary::itunes},
                                  Pair{"search.yahoo.com/mrss", Vocabulary::media},
                                  Pair{"sitemaps.org/schemas/sitemap/", Vocabulary::sitemap},
                                  Pair{"google.com/schemas/sitemap/", Vocabulary::sitemap},
                                  Pair{"google.com/schemas/sitemap-news/", Vocabulary::news}};
  constexpr std::array prefixes{Pair{"atom", Vocabulary::atom},
                                Pair{"a10", Vocabulary::atom},
                                Pair{"content", Vocabulary::content},
                                Pair{"dc", Vocabulary::dublin_core},
                                Pair{"dcterms", Vocabulary::dublin_core_terms},
                                Pair{"itunes", Vocabulary::itunes},
                                Pair{"media", Vocabulary::media},
                                Pair{"rdf", Vocabulary::rdf},
                                Pair{"rss", Vocabulary::rss},
                                Pair{"sy", Vocabulary::syndication},
                                Pair{"xhtml", Vocabulary::xhtml},
                                Pair{"news", Vocabulary::news}};
  if (element->ns != nullptr && element->ns->href != nullptr) {
    std::string_view name = view(element->ns->href);
    for (const std::string_view start : {"http://", "https://", "www."}) {
      if (starts_with_ignoring_case(name, start)) name.remove_prefix(start.size());
    }
    for (const auto& [start, vocabulary] : namespaces) {
      if (starts_with_ignoring_case(name, start)) return vocabulary;
    }
    // That of the root element is a misspelt one of the format itself.
    return has_namespace_of_root(element) ? Vocabulary::none : Vocabulary::other;
  }
  const std::string_view name = view(element->name);
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return Vocabulary::none;
  for (const auto& [prefix, vocabulary] : prefixes) {
    if (equals_ignoring_case(name.substr(0, colon), prefix)) return vocabulary;
  }
  return Vocabulary::other;
}

bool is_element(const xmlNode* node, Vocabulary vocabulary, std::string_view name) {
  if (node->type != XML_ELEMENT_NODE || !equals_ignoring_case(local_name(node), name)) return false;
  const Vocabulary own = vocabulary_of(node);
  if (own == vocabulary) return true;
  // The core elements of every format are also written without their namespace.
  const bool core =
      vocabulary == Vocabulary::rss || vocabulary == Vocabulary::atom || vocabulary == Vocabulary::sitemap;
  return core && own == Vocabulary::none;
}

std::vector<const xmlNode*> children(const xmlNode* element, Vocabulary vocabulary, std::string_view name) {
  std::vector<const xmlNode*> found;
  if (element == nullptr) return found;
  for (const xmlNode* node = element->children; node != nullptr; node = node->next) {
    if (is_element(node, vocabulary, name)) found.push_back(node);
  }
  return found;
}

const xmlNode* child(const xmlNode* element, Vocabulary vocabulary, std::string_view name) {
  if (element == nullptr) return nullptr;
  for (const xmlNode* node = element->children; node != nullptr; node = node->next) {
    if (is_element(node, vocabulary, name)) return node;
  }
  return nullptr;
}

std::string attribute(const xmlNode* element, const char* name) {
  if (element == nullptr) return "";
  for (const xmlAttr* attribute = element->properties; attribute != nullptr; attribute = attribute->next) {
    if (!equals_ignoring_case(view(attribute->name), name)) continue;
    std::string value;
    for (const xmlNode* part = attribute->children; part != nullptr; part = part->next) {
      if (part->type == XML_TEXT_NODE) value += view(part->content);
    }
    return value;
  }
  return "";
}

std::string text_content(const xmlNode* element) {
  std::string text;
  if (element == nullptr) return text;
  const xmlNode* node = element->children;
  while (node != nullptr) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) text += view(node->content);
    if (node->type == XML_ELEMENT_NODE && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (node != nullptr && node != element && node->next == nullptr) node = node->parent;
    node = node == nullptr || node == element ? nullptr : node->next;
  }
  return text;
}

std::string inner_xml(const xmlNode* element) {
  std::string markup;
  for (xmlNode* node = element->children; node != nullptr; node = node->next) {
    const std::unique_ptr<xmlBuffer, void (*)(xmlBuffer*)> buffer{xmlBufferCreate(), xmlBufferFree};
    xmlNodeDump(buffer.get(), node->doc, node, 0, 0);
    markup += view(xmlBufferContent(buffer.get()));
  }
  return markup;
}

std::string base_uri(const xmlNode* element, std::string_view document_address) {
  std::vector<std::string> bases;
  for (const xmlNode* node = element; node != nullptr && node->type == XML_ELEMENT_NODE;
       node = node->parent) {
    if (std::string base = attribute(node, "base"); !base.empty()) bases.push_back(std::move(base));
  }
  std::string base{document_address};
  for (auto outermost = bases.rbegin(); outermost != bases.rend(); ++outermost) {
    if (std::string inner = resolve(base, *outermost); !inner.empty()) base = std::move(inner);
  }
  return base;
}

}  // namespace stubkeeper::crawler
