#pragma once

#include <string>
#include <vector>

#include "entries/toml_library.h"
#include "llm/prices/price_table.h"

namespace stubkeeper::llm {

// Reads a list of [[price]] in another TOML file, with the errors of parse_price_table().
Result<std::vector<PriceRule>> parse_price_rules(const toml::node& list, const std::string& name);

}  // namespace stubkeeper::llm
