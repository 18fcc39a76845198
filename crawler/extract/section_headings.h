#pragma once

#include <string_view>

namespace stubkeeper::crawler {

// Headings and labels above what may be no part of a page's text (schema/heading_phrases.txt). English,
// German, French, Spanish, Italian, Dutch and Portuguese; case and punctuation at the ends are ignored.

// The section below a heading, or below a line that serves as one.
enum class SectionKind { text, related, latest, comments, reviews, about_author, sharing, newsletter };
SectionKind classify_heading(std::string_view heading);

// Whether a heading is that of a list of a site's own news: "Latest news".
bool is_news_heading(std::string_view heading);

// Whether a block is only the label of a control: "Add to cart", "Share".
bool is_control_label(std::string_view block);

}  // namespace stubkeeper::crawler
