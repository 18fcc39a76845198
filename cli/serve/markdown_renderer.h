#pragma once

#include <set>
#include <string_view>

#include "cli/serve/markup.h"

namespace stubkeeper::cli {

// A Markdown text (CommonMark with GFM's tables, strikethrough, autolinks and footnotes) as readers would see
// it, and nothing more: raw HTML and shortcodes stand there as the text that they are, images as their
// description, links lead to plain http and https addresses only (external_link), others are their words.
// Front matter is for the caller to leave out. Headings begin at `top_level`. What stands on `marked` lines
// (from 1) is marked, the first such block with the id "changed".
Markup render_markdown(std::string_view text, int top_level, const std::set<std::size_t>& marked);

}  // namespace stubkeeper::cli
