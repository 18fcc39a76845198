#pragma once

#include <string_view>

namespace stubkeeper::crawler {

// Whether a request for a page within a site ended, after redirects, at the site's front page: how many sites
// say that a page is gone. The site is the host, with or without "www.", or one that the host is a part of. A
// front page is the root, an index or home page in it, or the root of a language ("/en/"); an address with a
// query is none.
bool redirects_to_front_page(std::string_view address, std::string_view final_address);

}  // namespace stubkeeper::crawler
