#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// UTF-8 by Unicode's full case folding ("STRASSE" and "Straße" are one), for comparing. Of a text over a
// million bytes the rest is left as it is.
std::string fold_case(std::string_view text);

}  // namespace stubkeeper::crawler
