#pragma once

#include <string>
#include <vector>

#include "config/configuration.h"
#include "entries/toml_library.h"
#include "kb/review/policies.h"

namespace stubkeeper::config {

// Reads a list of [[review.policy]]: name and kinds, and where they are set sections and sources. An error
// names the file with its line, as parse_configuration() does: unknown keys, wrong types, a policy without
// name or kinds, two of one name.
Result<std::vector<kb::Policy>> parse_review_policies(const toml::node& list, const std::string& file);

// All policies of a configuration: [review] auto_approve before the others.
std::vector<kb::Policy> all_policies(const Configuration& configuration);

}  // namespace stubkeeper::config
