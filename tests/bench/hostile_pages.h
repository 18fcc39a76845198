#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::bench {

// Pages of 10 MB that were made to hurt whoever parses them.
const std::vector<std::string>& list_hostile_pages();

// "" for a name that is none of them.
std::string hostile_page(std::string_view name);

}  // namespace stubkeeper::bench
