#pragma once

#include <string>
#include <vector>

namespace stubkeeper::testing {

// Names of the test's own in the system's resolver, for as long as the object lives; every other name is
// looked up as ever. The object stands in for getaddrinfo() of the whole process, also for libraries, which
// find the program's before the C library's. macOS binds libraries to the C library's own; `works` is false
// there.
class FakeDns {
 public:
#ifdef __APPLE__
  static constexpr bool works = false;
#else
  static constexpr bool works = true;
#endif

  FakeDns();
  ~FakeDns();
  FakeDns(const FakeDns&) = delete;
  FakeDns& operator=(const FakeDns&) = delete;

  // From now on the name has these addresses; with none, it is not known.
  void answer(const std::string& name, const std::vector<std::string>& addresses);
  // How often it was asked for.
  int lookups(const std::string& name) const;
};

}  // namespace stubkeeper::testing
