#pragma once

#include <string_view>

namespace stubkeeper::crawler {

// What the words that pages put everywhere say: the labels of controls, and the headings above what is no
// part of a text. English, German, French, Spanish, Italian, Dutch and Portuguese; case and punctuation at
// the ends do not count.

// What stands below a heading, as far as its words tell.
enum class SectionKind { text, related, comments, reviews, about_author, sharing, newsletter };
SectionKind classify_heading(std::string_view heading);

// "Add to cart", "Read more", "Share": a block that is nothing but the label of a control.
bool is_control_label(std::string_view block);

}  // namespace stubkeeper::crawler
