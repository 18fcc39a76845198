#pragma once

#include <map>
#include <string>

namespace stubkeeper::testing {

// The bytes of every regular file below a folder, by its path below it.
std::map<std::string, std::string> read_files_below(const std::string& folder);

// The names of files that are in one and not, or with other bytes, in the other.
std::string describe_differences(const std::map<std::string, std::string>& a,
                        const std::map<std::string, std::string>& b);

// Builds the section with Debian's Hugo in the site of tests/data/site, whose content/research it becomes,
// below `scratch`. Fails the test where Hugo is missing or says that a page is wrong. Gives the folder that
// was built.
std::string build_with_hugo(const std::string& section, const std::string& scratch);

}  // namespace stubkeeper::testing
