#include "tests/data/section.h"

#include <filesystem>
#include <sstream>

#include "tests/support/catch.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace stubkeeper::testing {

namespace fs = std::filesystem;

std::map<std::string, std::string> read_files_below(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& item : fs::recursive_directory_iterator{folder}) {
    if (item.is_regular_file())
      files[item.path().lexically_relative(folder).generic_string()] = read_file(item.path().string());
  }
  return files;
}

std::string describe_differences(const std::map<std::string, std::string>& a,
                        const std::map<std::string, std::string>& b) {
  std::string text;
  for (const auto& [name, bytes] : a) {
    const auto found = b.find(name);
    if (found == b.end()) {
      text += "only in the first: " + name + "\n";
    } else if (found->second != bytes) {
      text += "differs: " + name + "\n";
    }
  }
  for (const auto& [name, bytes] : b) {
    if (!a.contains(name)) text += "only in the second: " + name + "\n";
  }
  return text;
}

std::string build_with_hugo(const std::string& section, const std::string& scratch) {
  const fs::path site = fs::path{scratch} / "site";
  fs::remove_all(site);
  fs::copy(STUBKEEPER_SOURCE "/tests/data/site", site, fs::copy_options::recursive);
  fs::create_directories(site / "content");
  fs::copy(section, site / "content/research", fs::copy_options::recursive);
  const auto built = run_program({"hugo", "--source", site.string(), "--destination",
                                  (site / "public").string(), "--panicOnWarning", "--printPathWarnings"});
  INFO(built.out << built.err);
  REQUIRE(built.exit_code == 0);
  std::istringstream lines{built.out + built.err};
  for (std::string line; std::getline(lines, line);) {
    // The section's own front matter asks for what Hugo knows since 0.125, and Debian's is older.
    if (line.find("Unknown Sitemap field: disable") != std::string::npos) continue;
    CHECK(line.find("ERROR") == std::string::npos);
    CHECK(line.find("WARN") == std::string::npos);
  }
  return (site / "public").string();
}

}  // namespace stubkeeper::testing
