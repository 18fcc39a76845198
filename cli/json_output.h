#pragma once

#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/session.h"

namespace stubkeeper::cli {

// The one JSON document of a command with --json. Ill-formed UTF-8 in it becomes U+FFFD.
inline void print_json(const Session& session, const nlohmann::ordered_json& json) {
  session.environment.out << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
                          << '\n';
}

}  // namespace stubkeeper::cli
