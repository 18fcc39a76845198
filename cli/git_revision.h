#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace stubkeeper::cli {

// The Markdown files of a folder as a revision of its git repository has them, by their path below the folder.
// Runs git, which needs the folder to be in a repository; its own words are the error.
Result<std::map<std::string, std::string>> read_git_revision(const std::string& folder,
                                                             const std::string& revision);

// The regular files of a tar archive as git-archive(1) writes it: ustar, with pax headers for long paths
// (POSIX.1-2001). One that is cut short gives what came whole.
std::map<std::string, std::string> read_tar(std::string_view archive);

}  // namespace stubkeeper::cli
