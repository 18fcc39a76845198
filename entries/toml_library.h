#pragma once

// toml++, for texts that anyone may have written. Version 3.3 asserts what malformed input breaks ("[ +": a table's name that begins with
// no key), and in a release build lets the compiler assume it, although the branches behind handle it with an error: here it does
// neither. Look at texts with first_invalid_toml_byte() first (base/text/toml_validation.h).

#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expression) static_assert(true)
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")
