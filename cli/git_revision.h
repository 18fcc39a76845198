#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/subprocess.h"

namespace stubkeeper::cli {

// The Markdown files of a folder as a revision of its git repository has them, by their path below the folder.
// invalid_argument where git does not give them.
Result<std::map<std::string, std::string>> read_git_revision(SubprocessRunner& subprocesses,
                                                             const std::string& folder,
                                                             const std::string& revision);

// The regular files of a tar archive as git-archive(1) writes it: ustar, with pax headers for long paths
// (POSIX.1-2001). One that is cut short gives what came whole.
std::map<std::string, std::string> read_tar(std::string_view archive);

}  // namespace stubkeeper::cli
