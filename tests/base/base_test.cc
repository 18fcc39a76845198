#include <filesystem>

#include "base/clock.h"
#include "base/file_system.h"
#include "base/sha256.h"
#include "base/text/utf8.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using stubkeeper::testing::read_file;
using stubkeeper::testing::TemporaryFolder;
using stubkeeper::testing::write_file;

TEST_CASE("a moment is printed as RFC 3339 and read back") {
  const auto time = parse_rfc3339("2026-06-29T12:34:56Z");
  REQUIRE(time);
  CHECK(rfc3339(*time) == "2026-06-29T12:34:56Z");
  CHECK(iso_date(*time) == "2026-06-29");
  CHECK(parse_rfc3339("2026-06-29T14:34:56+02:00") == time);
  CHECK(parse_rfc3339("2026-06-29T12:34:56.250Z") == *time + std::chrono::milliseconds{250});
  CHECK(rfc3339(*parse_rfc3339("2026-06-29")) == "2026-06-29T00:00:00Z");
}

TEST_CASE("what is no RFC 3339 date is not read as one") {
  for (const char* text : {"", "2026", "2026-13-01", "2026-02-30", "2026-06-29T25:00:00Z", "2026-06-29T12:00",
                           "29.06.2026", "2026-06-29T12:34:56", "2026-06-29T12:34:56+2"}) {
    INFO(text);
    CHECK_FALSE(parse_rfc3339(text));
  }
}

TEST_CASE("SHA-256 agrees with FIPS 180-2's example") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("ill-formed UTF-8 is found at its first byte") {
  CHECK_FALSE(first_invalid_utf8("z\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"));
  CHECK(first_invalid_utf8("ab\xFF") == 2);
  CHECK(first_invalid_utf8("\xC0\x80") == 0);
  CHECK(first_invalid_utf8("a\xED\xA0\x80") == 1);
  CHECK(first_invalid_utf8("a\xE2\x82") == 1);
  CHECK(to_valid_utf8(std::string_view{"a\xE2\x82z\0", 5}) == "a\xEF\xBF\xBDz\xEF\xBF\xBD");
}

TEST_CASE("what a terminal would obey is not printable") {
  CHECK(sanitize_for_terminal("a\x1b[31mb\xE2\x80\xAE"
                  "c\td\n") ==
        "a\xEF\xBF\xBD[31mb\xEF\xBF\xBD"
        "c\td\n");
}

TEST_CASE("a file is replaced whole and keeps its mode") {
  const TemporaryFolder folder;
  DiskFileSystem files;
  REQUIRE(files.write_atomically(folder / "a/b.md", "one").ok());
  REQUIRE(files.write_atomically(folder / "a/b.md", "two").ok());
  CHECK(read_file(folder / "a/b.md") == "two");
  const auto listed = files.list_tree(folder.path());
  REQUIRE(listed.ok());
  REQUIRE(listed->size() == 2);
  CHECK((*listed)[1].path == "a/b.md");
}

TEST_CASE("files written together are each replaced whole, and one that fails leaves the others alone") {
  const TemporaryFolder folder;
  DiskFileSystem files;
  write_file(folder / "one.md", "old one");
  write_file(folder / "two.md", "old two");
  std::filesystem::permissions(folder / "two.md", std::filesystem::perms::owner_read);
  write_file(folder / "three.md", "old three");
  std::vector<std::string> paths;
  for (const char* name : {"one.md", "two.md", "three.md", "new/four.md"}) paths.push_back(folder / name);
  std::vector<FileToWrite> wanted;
  for (const std::string& path : paths) wanted.push_back({path, "new"});
  for (int i = 0; i < 200; ++i) paths.push_back(folder / ("many/" + std::to_string(i)));
  for (std::size_t i = 4; i < paths.size(); ++i) wanted.push_back({paths[i], paths[i]});
  std::vector<std::size_t> looked_at;
  const auto outcomes = files.write_all_atomically(wanted, [&](std::size_t i) -> Status {
    looked_at.push_back(i);
    if (i == 2) return Error{ErrorCode::conflict, "changed meanwhile", "", ""};
    return {};
  });
  REQUIRE(outcomes.size() == wanted.size());
  CHECK(outcomes[0].ok());
  CHECK(outcomes[1].error().code == ErrorCode::io);
  CHECK(outcomes[2].error().code == ErrorCode::conflict);
  CHECK(outcomes[3].ok());
  CHECK(read_file(folder / "one.md") == "new");
  CHECK(read_file(folder / "two.md") == "old two");
  CHECK(read_file(folder / "three.md") == "old three");
  CHECK(read_file(folder / "new/four.md") == "new");
  for (std::size_t i = 4; i < paths.size(); ++i) CHECK(read_file(paths[i]) == paths[i]);
  // Not asked about what could not be written anyway.
  CHECK(looked_at.size() == wanted.size() - 1);
  for (const auto& item : std::filesystem::recursive_directory_iterator{folder / ""})
    CHECK(item.path().filename().string().find(".stubkeeper-new") == std::string::npos);
}

TEST_CASE("a missing file and a file over the limit are errors that name the path") {
  const TemporaryFolder folder;
  const DiskFileSystem files;
  const auto missing = files.read(folder / "none", 10);
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().code == ErrorCode::not_found);
  CHECK(missing.error().where == folder / "none");
  write_file(folder / "large", "12345678901");
  const auto large = files.read(folder / "large", 10);
  REQUIRE_FALSE(large.ok());
  CHECK(large.error().code == ErrorCode::limit);
}
