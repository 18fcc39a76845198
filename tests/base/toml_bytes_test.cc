#include "base/text/toml_bytes.h"

#include "tests/support/catch.h"

using stubkeeper::first_byte_not_toml;

TEST_CASE("what TOML has a place for is let through") {
  for (const char* text : {"a = 1\n", "a = \"ä\"\n", "a = 'ä'", "\"ä\" = 1", "a.\"ä\" = 1", "[\"ä\"]\n",
                           "a = [\"ä\", 'ö']", "a = {\"ä\" = \"ö\"}", "a = \"\"\"\nä\"\"\"\"\"\nb = 1",
                           "# ä\na = 1", "a = [\n  \"ä\",\n  \"ö\",\n]\n",
                           "\xEF\xBB\xBF"
                           "a = 1"}) {
    INFO(text);
    CHECK_FALSE(first_byte_not_toml(text));
  }
}

TEST_CASE(
    "a character beyond ASCII outside of strings and comments is found, also behind a stray quotation mark") {
  CHECK(first_byte_not_toml("a = ä") == 4);
  CHECK(first_byte_not_toml("ä = 1") == 0);
  CHECK(first_byte_not_toml("a = +/2+'J\xCE\xAC") == 8);
  CHECK(first_byte_not_toml("a = 1\"\xCE\xAC\"") == 5);
  CHECK(first_byte_not_toml(std::string_view{"a\0", 2}) == 1);
  CHECK(first_byte_not_toml("a = \"\xFF\"") == 5);
}
