#pragma once

#include <string>

namespace stubkeeper::crawler {

// XML without the mistakes at which a recovering parser stops: text before the first tag, forbidden
// characters, undeclared entities of HTML, a bare "&" ("Fish & Chips") or "<" ("<3"), which become
// the intended characters. CDATA sections, comments and declarations are kept. In and out: UTF-8.
std::string repair_xml(std::string utf8);

}  // namespace stubkeeper::crawler
