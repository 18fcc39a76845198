#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/session.h"

namespace stubkeeper::cli {

// What came of one of the ids that a command of the review was given.
struct IdOutcome {
  std::string list;           // of the JSON answer, that it goes into where it was done: "changes"
  nlohmann::ordered_json id;  // as it stands there
  std::string name;           // as it stands in a message
  Status status;
};

// Says what came of each: `word` is what was done ("approved"), `lists` are those of the JSON answer, in
// order. One that failed is named and does not stop the others (exit code 3; 1 where all failed); the error
// of a single one is given on, unless JSON is asked for.
Result<int> report_outcomes(const Session& session, const std::string& word,
                          const std::vector<std::string>& lists, const std::vector<IdOutcome>& outcomes);

}  // namespace stubkeeper::cli
