#pragma once

// consteval where the compiler has all of it (GCC 11, clang 17). clang 14 destroys the temporaries of a call
// with a consteval argument when they were never made: there it is constexpr, and GCC alone refuses what
// is no constant.
#ifdef __cpp_consteval
#define STUBKEEPER_CONSTEVAL consteval
#else
#define STUBKEEPER_CONSTEVAL constexpr
#endif
