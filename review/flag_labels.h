#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::review {

// What a flag is called where there is no room for what it says and what to check (flag_meaning): "the
// company's own word" for interested-source. Each of llm::flag_kinds() has one; an unknown name is told with
// spaces in place of its hyphens.
std::string flag_label(std::string_view name);

}  // namespace stubkeeper::review
