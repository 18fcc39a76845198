#include "cli/git_revision.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <optional>
#include <vector>

extern char** environ;

namespace stubkeeper::cli {
namespace {

std::string_view field(std::string_view header, std::size_t begin, std::size_t size) {
  const std::string_view bytes = header.substr(begin, size);
  return bytes.substr(0, bytes.find('\0'));
}

std::size_t parse_octal(std::string_view text) {
  std::size_t number = 0;
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  std::from_chars(text.data() + begin, text.data() + text.size(), number, 8);
  return number;
}

// The value of "path" in the records "25 path=name\n" of a pax header.
std::string pax_path(std::string_view records) {
  constexpr std::string_view key = " path=";
  const std::size_t at = records.find(key);
  if (at == std::string_view::npos) return "";
  const std::size_t begin = at + key.size();
  return std::string{records.substr(begin, records.find('\n', begin) - begin)};
}

// What git prints, or its last words where it fails.
Result<std::string> run_git(const std::vector<std::string>& arguments, const std::string& folder) {
  std::array<int, 2> pipe_ends{};
  if (::pipe(pipe_ends.data()) != 0) return Error{ErrorCode::io, "no pipe to git can be opened", folder, ""};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, pipe_ends[0]);
  posix_spawn_file_actions_addclose(&actions, pipe_ends[1]);
  std::vector<std::string> words{"git", "-C", folder};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t child = 0;
  const int failure = posix_spawnp(&child, "git", &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe_ends[1]);
  std::string output;
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = ::read(pipe_ends[0], buffer.data(), buffer.size());
    if (count > 0) output.append(buffer.data(), static_cast<std::size_t>(count));
    if (count == 0 || (count < 0 && errno != EINTR)) break;
  }
  ::close(pipe_ends[0]);
  if (failure != 0) return Error{ErrorCode::io, "git cannot be run", folder, "install git"};
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return Error{ErrorCode::invalid_argument, "git does not give that revision of the folder", folder,
                 "git's own words stand above"};
  return output;
}

}  // namespace

Result<std::map<std::string, std::string>> read_git_revision(const std::string& folder,
                                                             const std::string& revision) {
  if (revision.empty() || revision.starts_with('-'))
    return Error{ErrorCode::invalid_argument, "\"" + revision + "\" is no revision", "",
                 "such as HEAD~1 or main"};
  STUBKEEPER_ASSIGN(const std::string archive,
                    run_git({"archive", "--format=tar", revision, "--", "."}, folder));
  auto files = read_tar(archive);
  std::erase_if(files, [](const auto& file) { return !file.first.ends_with(".md"); });
  return files;
}

std::map<std::string, std::string> read_tar(std::string_view archive) {
  constexpr std::size_t block = 512;
  std::map<std::string, std::string> files;
  std::string long_path;
  for (std::size_t at = 0; at + block <= archive.size();) {
    const std::string_view header = archive.substr(at, block);
    const std::size_t size = parse_octal(field(header, 124, 12));
    if (header.front() == '\0' || size > archive.size() - at - block) break;
    const std::string_view bytes = archive.substr(at + block, size);
    at += block + (size + block - 1) / block * block;
    const char type = header[156];
    if (type == 'x') {
      long_path = pax_path(bytes);
      continue;
    }
    const std::string prefix{field(header, 345, 155)};
    std::string path = !long_path.empty()
                           ? long_path
                           : (prefix.empty() ? "" : prefix + "/") + std::string{field(header, 0, 100)};
    long_path.clear();
    if (path.starts_with("./")) path.erase(0, 2);
    if (type == '0' || type == '\0') files.emplace(std::move(path), bytes);
  }
  return files;
}

}  // namespace stubkeeper::cli
