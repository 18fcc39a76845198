#include "entries/renamed_keys.h"

#include <array>

#include "schema/embedded_files.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::entries;

namespace {

constexpr std::size_t comment_lines = 2;  // of schema/renamed_keys.txt
constexpr std::array renamed = std::to_array<RenamedKey>({
    {"limit", "max_count"},
    {"part.*.longest", "max_sentences"},
});

}  // namespace

TEST_CASE("old names of keys are replaced in every table that a star means, and keep their lines") {
  toml::table root =
      toml::parse("limit = 3\n[part.summary]\nlongest = 4\n[part.risks]\nlongest = 5\nlong = 1\n").table();
  const auto notices = rename_old_keys(root, renamed, "types.toml");
  REQUIRE(notices.ok());
  CHECK(notices->size() == 3);
  CHECK(notices->back() ==
        "types.toml:3: part.summary.longest is called part.summary.max_sentences now; "
        "the old name is still read");
  CHECK(root["max_count"].value<int>() == 3);
  CHECK(root["part"]["risks"]["max_sentences"].value<int>() == 5);
  CHECK(root["part"]["risks"]["max_sentences"].node()->source().begin.line == 5);
  CHECK_FALSE(root["part"]["risks"].as_table()->contains("longest"));
  CHECK(root["part"]["risks"].as_table()->contains("long"));
}

TEST_CASE("a star means each table of an array, and what is no table is left alone") {
  toml::table root = toml::parse("limit = 1\n[[part]]\nlongest = 4\n[[part]]\nlongest = 5\n").table();
  CHECK(rename_old_keys(root, renamed, "x")->size() == 3);
  CHECK(root["part"][1]["max_sentences"].value<int>() == 5);
  toml::table flat = toml::parse("part = 3\n").table();
  CHECK(rename_old_keys(flat, renamed, "x")->empty());
}

TEST_CASE("a key that is set by both its names is an error with the line of the old one") {
  toml::table root = toml::parse("[part.summary]\nmax_sentences = 4\nlongest = 5\n").table();
  const auto both = rename_old_keys(root, renamed, "types.toml");
  REQUIRE_FALSE(both.ok());
  CHECK(both.error().where == "types.toml:3");
  CHECK(both.error().message == "part.summary.longest and part.summary.max_sentences are both set");
}

TEST_CASE("every renamed key of schema/renamed_keys.txt is of a file that reads them") {
  std::size_t count = 0;
  for (const char* file : {"entry_types.toml", "house_style.toml", "publishers.toml", "stubkeeper.toml"})
    count += renamed_keys(file).size();
  const std::string_view text = schema::embedded_file("renamed_keys.txt").value_or("");
  CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) == count + comment_lines);
}
