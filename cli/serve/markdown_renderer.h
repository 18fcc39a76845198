#pragma once

#include <set>
#include <string_view>

#include "cli/serve/markup.h"

namespace stubkeeper::cli {

// Renders Markdown (CommonMark with GFM's tables, strikethrough, autolinks and footnotes) for
// readers: raw HTML and shortcodes as plain text, images as their description, links only to http
// and https addresses. Without front matter. Headings begin at `top_level`. Blocks on `marked`
// lines, counted from 1, are marked, the first with the id "changed".
Markup render_markdown(std::string_view text, int top_level, const std::set<std::size_t>& marked);

}  // namespace stubkeeper::cli
