#pragma once

#include <string_view>

#include "crawler/content.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// Whether a page is something that was sent in place of what was asked for, told by what it says and how it
// is made; `content` is what was read in it, `address` where it came from after redirects. Careful to call a
// page that: a page with a text of its own is content, whatever its title says, and so is one that only
// speaks of error pages, cookies, logins or robots.
//
// How much text counts as "of its own" and what is looked for is stated beside each rule. Phrases are those
// of wall_phrases.h; where markup decides, it is that of products (challenges, captchas, frameworks), and
// no rule names a site.
NonContentKind detect_non_content(const PageTree& page, const Content& content, std::string_view address);

}  // namespace stubkeeper::crawler
