#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// The quotations of a text ("...", “...”) of three words or more: fewer are a name or a term. Dots
// that leave something out ("...", "[...]") part a quotation into several.
std::vector<std::string> find_quotations(std::string_view text);

// The quotations of a text that are not in another one. Marks, dashes, white space, capitals and
// the punctuation at their ends do not count.
std::vector<std::string> find_missing_quotations(std::string_view text, std::string_view source);

}  // namespace stubkeeper::llm
