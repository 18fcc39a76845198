#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

// An address for comparing sources: without fragment and slashes at its end.
std::string_view normalize_source_address(std::string_view address);

bool contains_address(const std::vector<std::string>& addresses, std::string_view address);

// Whether a text has an address, and not merely a longer one that begins like it.
bool text_contains_address(std::string_view text, std::string_view address);

// The http and https addresses in a text, in order: "[title](address)", "<address>" and bare ones.
std::vector<std::string> extract_addresses(std::string_view text);

}  // namespace stubkeeper::entries
