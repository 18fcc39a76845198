#include "crawler/feeds/feed_elements.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/text/ascii.h"
#include "base/text/encoding.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "crawler/extract/blocks.h"
#include "crawler/feeds/feed_dialect.h"
#include "crawler/html/charset.h"
#include "crawler/html/fold_text.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using enum Vocabulary;

constexpr std::int64_t max_minutes = 366 * 24 * 60;

// A whole number, alone in an element; -1 where it is none.
std::int64_t parse_whole_number(const xmlNode* element) {
  return parse_number<std::int64_t>(trim_ascii(text_content(element))).value_or(-1);
}

std::int64_t period_minutes(std::string_view period) {
  using Pair = std::pair<std::string_view, std::int64_t>;
  constexpr std::int64_t day = 24 * 60;
  constexpr std::array periods{Pair{"hourly", 60}, Pair{"daily", day}, Pair{"weekly", 7 * day},
                               Pair{"monthly", 30 * day}, Pair{"yearly", 365 * day}};
  for (const auto& [name, minutes] : periods) {
    if (equals_ignoring_case(period, name)) return minutes;
  }
  return 0;
}

// "If omitted, daily is assumed", and a frequency of 1; but without both there is no hint.
std::int64_t update_interval_minutes(const xmlNode* channel) {
  const xmlNode* period = child(channel, syndication, "updatePeriod");
  const xmlNode* frequency = child(channel, syndication, "updateFrequency");
  if (period == nullptr && frequency == nullptr) return 0;
  const std::string name = period == nullptr ? "daily" : text_content(period);
  return period_minutes(trim_ascii(name)) / std::max<std::int64_t>(parse_whole_number(frequency), 1);
}

std::uint32_t skipped_hours(const xmlNode* channel) {
  std::uint32_t hours = 0;
  for (const xmlNode* hour : children(child(channel, rss, "skipHours"), rss, "hour")) {
    const std::int64_t number = parse_whole_number(hour);
    if (number >= 0 && number <= 24) hours |= 1U << static_cast<unsigned>(number % 24);
  }
  return hours;
}

std::uint32_t skipped_days(const xmlNode* channel) {
  constexpr std::array<std::string_view, 7> names{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                  "Thursday", "Friday", "Saturday"};
  std::uint32_t days = 0;
  for (const xmlNode* day : children(child(channel, rss, "skipDays"), rss, "day")) {
    const std::string text = text_content(day);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (equals_ignoring_case(trim_ascii(text), names[i])) days |= 1U << i;
    }
  }
  return days;
}

bool has_child_elements(const xmlNode* element) {
  return xmlChildElementCount(const_cast<xmlNode*>(element)) > 0;
}

// RFC 4287 §4.1.3.3: content of any other media type is Base64; titles and summaries of one are
// too, though they should not exist.
bool is_binary_media_type(std::string_view type) {
  return type.find('/') != std::string_view::npos && !type.starts_with("text/") && !type.ends_with("/xml") &&
         !type.ends_with("+xml");
}

// The xml:lang that holds for an element, in lower case.
std::string language_of(const xmlNode* element) {
  for (const xmlNode* node = element; node != nullptr && node->type == XML_ELEMENT_NODE;
       node = node->parent) {
    if (std::string language = attribute(node, "lang"); !language.empty()) return ascii_lower(language);
  }
  return "";
}

std::string_view primary_language(std::string_view language) {
  return language.substr(0, language.find_first_of("-_"));
}

// How likely an alternate link leads to the page, and not to the same in another form or language.
int likeness_to_page(const xmlNode* link) {
  const std::string attribute_type = ascii_lower(attribute(link, "type"));
  const std::string_view type =
      trim_ascii(std::string_view{attribute_type}.substr(0, attribute_type.find(';')));
  const int form = type == "text/html" || type == "application/xhtml+xml"                              ? 3
                   : type.empty()                                                                      ? 2
                   : is_feed_media_type(type) || type == "application/json" || type.ends_with("+json") ? 0
                                                                                                       : 1;
  const std::string language = ascii_lower(attribute(link, "hreflang"));
  const std::string own = language_of(link->parent);
  const bool is_other_language =
      !language.empty() && !own.empty() && primary_language(language) != primary_language(own);
  return 2 * form + (is_other_language ? 0 : 1);
}

}  // namespace

RevisitHints parse_revisit_hints(const xmlNode* channel) {
  RevisitHints hints;
  const std::int64_t ttl = parse_whole_number(child(channel, rss, "ttl"));
  hints.min_minutes =
      std::min(std::max({std::int64_t{0}, ttl, update_interval_minutes(channel)}), max_minutes);
  hints.skipped_hours = skipped_hours(channel);
  hints.skipped_days = skipped_days(channel);
  return hints;
}

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
  const std::string relation = ascii_lower(trim_ascii(attribute(link, "rel")));
  // A relation's name is short for its address (RFC 4287 §4.2.7.2).
  return relation.empty() || relation == "alternate" || relation.ends_with("/relation/alternate");
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
  std::string best;
  int best_likeness = -1;
  for (const xmlNode* link = element->children; link != nullptr; link = link->next) {
    if (!is_atom(link, "link") || !is_alternate(link)) continue;
    const int likeness = likeness_to_page(link);
    if (likeness <= best_likeness) continue;
    std::string found = resolve_address(attribute(link, "href"), link, document_address);
    if (found.empty()) continue;
    best = std::move(found);
    best_likeness = likeness;
  }
  return best;
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
