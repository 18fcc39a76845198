#pragma once

#include <string>

namespace stubkeeper::testing {

// The folder of real data that STUBKEEPER_TEST_DATA names, or "" where it is not set: then the test says that
// it is skipped, which CTest shows, and returns.
std::string real_data();

}  // namespace stubkeeper::testing
