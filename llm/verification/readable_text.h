#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// Markdown of a change as a reader sees it: links by their text, entities and backslash escapes
// resolved, emphasis marks dropped.
std::string readable_text(std::string_view markdown);

// The addresses that the Markdown's inline links and autolinks lead to.
std::vector<std::string> link_destinations(std::string_view markdown);

// The Markdown without the links whose addresses are not wanted: the text of an inline link stays,
// a bare address goes. Adds the addresses to `removed`, in order.
std::string remove_links(std::string_view markdown, const std::function<bool(const std::string&)>& is_wanted,
                         std::vector<std::string>& removed);

// Whether it has raw HTML, a shortcode delimiter or a reference definition, which no drafter may
// write.
bool has_active_markup(std::string_view markdown);

}  // namespace stubkeeper::llm
