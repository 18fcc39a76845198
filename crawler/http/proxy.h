#pragma once

#include <string>

#include "crawler/url.h"

namespace stubkeeper::crawler {

// The proxy that the environment names for an address (http_proxy, https_proxy, all_proxy and no_proxy, as
// curl reads them), or "".
std::string proxy_for(const Url& url);

}  // namespace stubkeeper::crawler
