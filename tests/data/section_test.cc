// The research section of a real site through import and export.

#include <filesystem>

#include "tests/data/real_data.h"
#include "tests/data/section.h"
#include "tests/support/catch.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper::testing;

TEST_CASE("the real section comes through import and export byte for byte, and Hugo builds it") {
  const std::string data = real_data();
  if (data.empty()) return;
  const TemporaryFolder folder;
  const std::string kb = folder / "kb";
  REQUIRE(run_stubkeeper({"init", kb}).exit_code == 0);
  const auto imported = run_stubkeeper({"import", "--kb", kb, data + "/research-section"});
  INFO(imported.err);
  REQUIRE(imported.exit_code == 0);
  CHECK(imported.out.find("379 added") != std::string::npos);

  const auto exported = run_stubkeeper({"export", "--kb", kb, "--to", folder / "out"});
  INFO(exported.err);
  REQUIRE(exported.exit_code == 0);
  const auto before = read_files_below(data + "/research-section");
  const auto after = read_files_below(folder / "out");
  CHECK(before.size() == 379);
  CHECK(describe_differences(before, after) == "");

  const std::string site = build_with_hugo(folder / "out", folder.path());
  CHECK(std::filesystem::exists(site + "/research/datacenters/cooling/corintis/index.html"));

  SECTION("a second import and a second export find nothing to do") {
    CHECK(run_stubkeeper({"import", "--kb", kb, data + "/research-section"})
              .out.find("0 added, 0 revised, 379 unchanged") != std::string::npos);
    const auto again = run_stubkeeper({"export", "--kb", kb, "--to", folder / "out", "--dry-run"});
    CHECK(again.exit_code == 0);
    CHECK(again.out.find("0 written, 0 taken in, 379 unchanged") != std::string::npos);
  }
}

TEST_CASE("check --fix of the real section changes only what the fixes name, and Hugo still builds it") {
  const std::string data = real_data();
  if (data.empty()) return;
  const TemporaryFolder folder;
  const std::string section = folder / "section";
  std::filesystem::copy(data + "/research-section", section, std::filesystem::copy_options::recursive);
  // The data is read-only, and so is its copy.
  for (const auto& item : std::filesystem::recursive_directory_iterator{section})
    std::filesystem::permissions(item.path(), std::filesystem::perms::owner_write,
                                 std::filesystem::perm_options::add);
  const auto found = run_stubkeeper({"check", "--folder", section});
  CHECK(found.exit_code == 1);
  CHECK(found.out.find("[changelog-length]") != std::string::npos);
  // No page of the section leads nowhere: Hugo, which builds it, is of the same opinion.
  CHECK(found.out.find("[relref-target]") == std::string::npos);
  CHECK(found.out.find("[relref-ambiguous]") == std::string::npos);

  const auto fixed = run_stubkeeper({"check", "--folder", section, "--fix"});
  CHECK(fixed.out.find("[relref-prefix]") == std::string::npos);
  CHECK(fixed.out.find("[relref-form]") == std::string::npos);
  build_with_hugo(section, folder.path());
  CHECK(run_stubkeeper({"check", "--folder", section, "--fix"}).err.find("mended") == std::string::npos);
}
