#pragma once

#include <string>
#include <string_view>

#include "entries/conventions/publishers.h"

namespace stubkeeper::entries {

// The last part of the path of a new entry with this title: lower case, words joined by hyphens, nothing but
// ASCII letters and digits ("Zürich Wärme AG (ZW)" is "zurich-warme"); accents, a parenthesis at the end and
// the rules' legal forms are left out, and so are whole words beyond 60 characters. "" where nothing is left:
// a title in a script that has no ASCII letters names no file.
std::string make_slug(const PublisherRules& rules, std::string_view title);

}  // namespace stubkeeper::entries
