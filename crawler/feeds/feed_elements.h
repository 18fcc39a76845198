#pragma once

#include <libxml/tree.h>

#include <string>
#include <string_view>
#include <vector>

#include "crawler/content.h"
#include "crawler/feeds/xml_tree.h"

namespace stubkeeper::crawler {

// Elements of XML feeds as the fields of Feed and Item. Of a null element each is "".

void set_if_empty(std::string& field, std::string value);

// Text that may be HTML, escaped or not, as text in blocks; on one line.
std::string html_element_to_text(const xmlNode* element);
std::string html_element_to_line(const xmlNode* element);

// A title of RSS, which is plain text with references by its specification and often HTML: elements that mark
// text up are left out, other names between angle brackets ("std::vector<int>") are text.
std::string title_to_line(const xmlNode* element);

// Plain text on one line.
std::string element_to_line(const xmlNode* element);

std::string parse_date_element(const xmlNode* element);

// Of several elements, with commas.
std::string join_names(const std::vector<const xmlNode*>& elements);

// A guid, an atom:id: as it is written, markup and all.
std::string identifier(const xmlNode* element);

// `reference`, which is found in `element`, made absolute; "" where it cannot be.
std::string resolve_address(const std::string& reference, const xmlNode* element,
                            std::string_view document_address);

// Whether a link is to the document itself, not to a comment feed or an enclosure.
bool is_alternate(const xmlNode* link);

// Elements of Atom 1.0 and 0.3, which RSS borrows.
bool is_atom(const xmlNode* node, std::string_view name);
const xmlNode* atom_child(const xmlNode* element, std::string_view name);
// RFC 4287 §3.1: text, escaped HTML, or XHTML in place. Atom 0.3 has "mode" and media types for
// that.
std::string atom_text(const xmlNode* element);
// Of several alternates (RFC 4287 §4.2.7.2), the page: HTML, in the language of the element.
std::string atom_link(const xmlNode* element, std::string_view document_address);
std::string atom_author(const xmlNode* element);

// The hints in a <channel> or <feed>. Impossible values (a ttl of 0 or of words, an hour 25) are
// ignored; an hour 24, as RSS 0.91 writes midnight, is 0.
RevisitHints parse_revisit_hints(const xmlNode* channel);

// The fields of an RSS <channel>, and the <item>s in `items_parent`; both may be null.
Feed parse_rss_channel(const xmlNode* channel, const xmlNode* items_parent, std::string_view address);

}  // namespace stubkeeper::crawler
