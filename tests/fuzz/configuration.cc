#include "cron/configuration.h"

#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto read = stubkeeper::cron::parse_configuration(as_text(bytes, size), "stubkeeper.toml");
  if (!read.ok()) promise(read.error().where.starts_with("stubkeeper.toml") && !read.error().message.empty());
  return 0;
}
