#pragma once

// toml++ for texts from anywhere. Version 3.3 asserts that malformed input ("[ +") cannot be, and a release
// build then optimizes away the code that handles it; here it does neither. Check texts with
// first_invalid_toml_byte() first (base/text/toml_validation.h).

#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expression) static_assert(true)
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")
