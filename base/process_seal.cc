#include "base/process_seal.h"

#if defined(__linux__)
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdint>

#include "base/seccomp_filter.h"
#elif defined(__APPLE__)
#include <sandbox.h>
#endif

namespace stubkeeper {

#if defined(__linux__)
namespace {

// Libraries of the system have no functions for these yet.
long landlock_create_ruleset(const landlock_ruleset_attr* attributes, std::size_t size, std::uint32_t flags) {
  return ::syscall(SYS_landlock_create_ruleset, attributes, size, flags);
}

// All accesses to files that a version of Landlock knows, and that this was compiled to know.
std::uint64_t all_file_accesses(long version) {
  std::uint64_t accesses = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
#ifdef LANDLOCK_ACCESS_FS_REFER
  if (version >= 2) accesses |= LANDLOCK_ACCESS_FS_REFER;
#endif
#ifdef LANDLOCK_ACCESS_FS_TRUNCATE
  if (version >= 3) accesses |= LANDLOCK_ACCESS_FS_TRUNCATE;
#endif
  return version >= 1 ? accesses : 0;
}

void allow_reading(int ruleset, const std::string& folder) {
  landlock_path_beneath_attr rule{};
  rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  rule.parent_fd = ::open(folder.c_str(), O_PATH | O_CLOEXEC);
  if (rule.parent_fd < 0) return;  // it is not there
  ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  ::close(rule.parent_fd);
}

bool restrict_files(const std::vector<std::string>& readable_folders) {
  const long version = landlock_create_ruleset(nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = all_file_accesses(version);
  if (attributes.handled_access_fs == 0) return false;
  const auto ruleset = static_cast<int>(landlock_create_ruleset(&attributes, sizeof attributes, 0));
  if (ruleset < 0) return false;
  for (const std::string& folder : readable_folders) allow_reading(ruleset, folder);
  const bool done = ::syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  ::close(ruleset);
  return done;
}

}  // namespace

ProcessSeal seal_this_process(const std::vector<std::string>& readable_folders) {
  ProcessSeal seal;
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return seal;
  seal.files = restrict_files(readable_folders);
  seal.network = install_seccomp_filter(!readable_folders.empty());
  seal.files = seal.files || (seal.network && readable_folders.empty());
  return seal;
}

#elif defined(__APPLE__)

ProcessSeal seal_this_process(const std::vector<std::string>&) {
  // Deprecated since 10.8 without a successor for programs outside of the App Store; Chromium and OpenSSH use it.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
  char* failure = nullptr;
  const bool done = ::sandbox_init(kSBXProfilePureComputation, SANDBOX_NAMED, &failure) == 0;
  if (failure != nullptr) ::sandbox_free_error(failure);
#pragma clang diagnostic pop
  return {done, done};
}

#else

ProcessSeal seal_this_process(const std::vector<std::string>&) {
  return {};
}

#endif

}  // namespace stubkeeper
