#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/program.h"

namespace stubkeeper::testing {

// Steps of a test through the real program.

// The report of a refresh, whatever its exit code.
inline nlohmann::json refresh_report(const std::string& kb, bool force = false) {
  std::vector<std::string> words{"refresh", "--kb", kb, "--json"};
  if (force) words.push_back("--force");
  const auto result = run_stubkeeper(words);
  INFO(result.out << result.err);
  auto report = nlohmann::json::parse(result.out, nullptr, false);
  REQUIRE_FALSE(report.is_discarded());
  return report;
}

// A command that has to succeed.
inline void run_ok(const std::vector<std::string>& words) {
  const auto result = run_stubkeeper(words);
  INFO(words.front() << ": " << result.out << result.err);
  REQUIRE(result.exit_code == 0);
}

}  // namespace stubkeeper::testing
