#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// What a text says in quotation marks ("...", “...”), where that is three words or more: fewer are a name or
// a term. What stands between dots that leave something out ("...", "[...]") is a piece of its own.
std::vector<std::string> find_quotations(std::string_view text);

// The quotations of a text that do not stand in another one. Marks, dashes, white space, capitals and the
// punctuation at their ends do not count.
std::vector<std::string> find_missing_quotations(std::string_view text, std::string_view source);

}  // namespace stubkeeper::llm
