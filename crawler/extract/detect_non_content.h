#pragma once

#include <string_view>

#include "crawler/content.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// The kind of a page that was sent in place of a document, by its text and markup; none for a
// document. `content` was extracted from it, `address` is where it came from after redirects. A
// page with a text of its own is a document, whatever its title is, and so is one that only writes
// about error pages, cookies, logins or robots. Limits and signs are beside each rule. Phrases are
// in phrases.h; markup is that of products (challenges, captchas, frameworks), and no rule is for
// one site.
NonContentKind detect_non_content(const PageTree& page, const Content& content, std::string_view address);

}  // namespace stubkeeper::crawler
