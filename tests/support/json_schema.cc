#include "tests/support/json_schema.h"

#include <filesystem>

namespace stubkeeper::testing {

// jsonschema is Debian's python3-jsonschema, check-jsonschema Homebrew's.
ProgramResult validate_by_schema(const std::string& file, const std::string& schema) {
  if (std::filesystem::exists("/usr/bin/jsonschema"))
    return run_program({"/usr/bin/jsonschema", "-i", file, schema});
  return run_program({"check-jsonschema", "--schemafile", schema, file});
}

}  // namespace stubkeeper::testing
