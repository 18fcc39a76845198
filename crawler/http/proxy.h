#pragma once

#include <string>

#include "crawler/url.h"

namespace stubkeeper::crawler {

// The proxy of the environment for an address (http_proxy, https_proxy, all_proxy and no_proxy, as
// curl reads them), or "".
std::string proxy_for(const Url& url);

}  // namespace stubkeeper::crawler
