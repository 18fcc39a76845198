#pragma once

#include <string>

#include "tests/support/program.h"

namespace stubkeeper::testing {

// Validates a file of JSON against a file with its JSON Schema (draft 7), by a validator from elsewhere: exit
// code 0 where it is valid, else what is wrong is in the output. Fails the test where there is no validator.
ProgramResult validate_by_schema(const std::string& file, const std::string& schema);

}  // namespace stubkeeper::testing
