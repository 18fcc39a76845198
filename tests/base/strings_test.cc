#include "base/text/strings.h"

#include <cstdint>

#include "base/text/url.h"
#include "tests/support/catch.h"

using namespace stubkeeper;

namespace {

using Parts = std::vector<std::string_view>;

}  // namespace

TEST_CASE("texts are split and joined") {
  CHECK(split("a,,b", ',') == Parts{"a", "", "b"});
  CHECK(split("one\ntwo\n", '\n') == Parts{"one", "two"});
  CHECK(split("", '\n').empty());
  CHECK(split_nonempty("  a \t b\n") == Parts{"a", "b"});
  CHECK(split_nonempty("a/./b", "/.") == Parts{"a", "b"});
  CHECK(join(Parts{"a", "b"}, ", ") == "a, b");
  CHECK(join(Parts{}, ", ").empty());
  std::string list;
  append_with_separator(list, "; ", "a");
  append_with_separator(list, "; ", "b");
  CHECK(list == "a; b");
  CHECK(replace_all("aXbX", "X", "XX") == "aXXbXX");
  CHECK(to_single_line("a\n\tb") == "a  b");
}

TEST_CASE("lists are asked for values") {
  std::vector<std::string> list{"a"};
  add_once(list, "a");
  add_once(list, "b");
  CHECK(list == std::vector<std::string>{"a", "b"});
  CHECK(contains(list, "b"));
  CHECK_FALSE(contains(list, "c"));
  CHECK(contains_any("some text", {"xyz", "me t"}));
  CHECK(ends_with_any("a.xml", {".txt", ".xml"}));
  CHECK_FALSE(starts_with_any("a.xml", {"b"}));
}

TEST_CASE("numbers are whole texts within a range") {
  CHECK(parse_number<int>("12") == 12);
  CHECK(parse_number<int>("-1") == -1);
  for (const char* text : {"", "12a", " 12", "99999999999", "+1", "1.5"}) CHECK_FALSE(parse_number<int>(text));
  CHECK_FALSE(parse_number<std::int64_t>("0", 1));
  CHECK_FALSE(parse_number<int>("65536", 0, 65535));
  CHECK(parse_digits("2026-05-07", 5, 2) == 5);
  CHECK_FALSE(parse_digits("2026-5", 5, 2));
  CHECK_FALSE(parse_digits("2026-+5", 5, 2));
}

TEST_CASE("counts have their plural") {
  CHECK(pluralize(1, "day") == "1 day");
  CHECK(pluralize(0, "day") == "0 days");
  CHECK(pluralize(2, "entry", "entries") == "2 entries");
  CHECK(pluralize(1, "entry", "entries") == "1 entry");
}

TEST_CASE("paths have a name and a folder") {
  CHECK(file_name("a/b/c.md") == "c.md");
  CHECK(file_name("c.md") == "c.md");
  CHECK(parent_folder("a/b/c.md") == "a/b");
  CHECK(parent_folder("c.md").empty());
}

TEST_CASE("an address has a host and a path") {
  CHECK(url_host("https://User:pw@News.Example.org.:8080/a?b") == "news.example.org");
  CHECK(url_host("HTTP://example.org") == "example.org");
  CHECK(url_host("http://[::1]:8080/v1") == "[::1]");
  CHECK(url_host("https://example.org\\@evil.example") == "example.org");
  CHECK(url_host("ftp://example.org").empty());
  CHECK(url_host("example.org").empty());
  CHECK(url_host_without_www("https://www.example.org/") == "example.org");
  CHECK(url_path_and_rest("https://example.org/a?b#c") == "/a?b#c");
  CHECK(url_path_and_rest("https://example.org?b") == "?b");
  CHECK(url_path_and_rest("https://example.org").empty());
  CHECK(url_path_and_rest("/a/b") == "/a/b");
  CHECK(is_same_or_subdomain("a.example.org", "example.org"));
  CHECK(is_same_or_subdomain("example.org", "example.org"));
  CHECK_FALSE(is_same_or_subdomain("anexample.org", "example.org"));
}
