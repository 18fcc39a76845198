#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// Where a page sends its readers on to by itself.
struct DeclaredMove {
  std::string address;  // http or https, absolute, and not the page's own
  bool is_instant = false;
};

// A refresh to another address (HTML, "shared declarative refresh steps"): of the Refresh header, or of a
// page's first <meta http-equiv=refresh> outside of <noscript>. One that waits counts up to half a minute, and
// only on a page with little text, which says that it moved; others are slide shows and tickers.
std::optional<DeclaredMove> find_declared_move(std::string_view body, std::string_view content_type,
                                               std::string_view refresh_header, std::string_view address);

}  // namespace stubkeeper::crawler
