#pragma once

#include <string>

namespace stubkeeper::crawler {

// XML of the open web (UTF-8) without the mistakes that stop a recovering parser before it can recover: text
// before the first tag, characters that XML forbids, entities of HTML that nobody declared, a bare "&" ("Fish
// & Chips") or "<" ("<3"), which become the characters that their writer saw. CDATA sections, comments and
// declarations keep theirs.
std::string repair_xml(std::string utf8);

}  // namespace stubkeeper::crawler
