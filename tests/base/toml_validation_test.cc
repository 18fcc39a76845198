#include "base/text/toml_validation.h"

#include "tests/support/catch.h"

using stubkeeper::first_invalid_toml_byte;

TEST_CASE("what TOML has a place for is let through") {
  for (const char* text : {"a = 1\n", "a = \"ä\"\n", "a = 'ä'", "\"ä\" = 1", "a.\"ä\" = 1", "[\"ä\"]\n",
                           "a = [\"ä\", 'ö']", "a = {\"ä\" = \"ö\"}", "a = \"\"\"\nä\"\"\"\"\"\nb = 1",
                           "# ä\na = 1", "a = [\n  \"ä\",\n  \"ö\",\n]\n",
                           "\xEF\xBB\xBF"
                           "a = 1"}) {
    INFO(text);
    CHECK_FALSE(first_invalid_toml_byte(text));
  }
}

TEST_CASE(
    "a character beyond ASCII outside of strings and comments is found, also behind a stray quotation mark") {
  CHECK(first_invalid_toml_byte("a = ä") == 4);
  CHECK(first_invalid_toml_byte("ä = 1") == 0);
  CHECK(first_invalid_toml_byte("a = +/2+'J\xCE\xAC") == 8);
  CHECK(first_invalid_toml_byte("a = 1\"\xCE\xAC\"") == 5);
  CHECK(first_invalid_toml_byte(std::string_view{"a\0", 2}) == 1);
  CHECK(first_invalid_toml_byte("a = \"\xFF\"") == 5);
}
