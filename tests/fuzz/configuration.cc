#include "config/configuration.h"

#include "entries/conventions.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto read = stubkeeper::config::parse_configuration(as_text(bytes, size), "stubkeeper.toml");
  if (!read.ok()) check_invariant(read.error().where.starts_with("stubkeeper.toml") && !read.error().message.empty());
  for (const char* file : {"entry_types.toml", "house_style.toml", "checks.toml"}) {
    stubkeeper::entries::Conventions conventions = stubkeeper::entries::built_in_conventions();
    const auto taken =
        stubkeeper::entries::override_conventions(conventions, file, as_text(bytes, size), "conventions");
    if (!taken.ok())
      check_invariant(taken.error().where.starts_with("conventions") && !taken.error().message.empty());
  }
  return 0;
}
