#pragma once

#include <string_view>

namespace stubkeeper::crawler {

// Whether a request for a page within a site was redirected to its front page, as many sites do
// with removed pages. The site is the host, with or without "www.", or a parent domain of it. A
// front page is the root, an index or home page in it, or the root of a language ("/en/"), without
// a query.
bool redirects_to_front_page(std::string_view address, std::string_view final_address);

}  // namespace stubkeeper::crawler
