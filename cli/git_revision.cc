#include "cli/git_revision.h"

#include <algorithm>
#include <charconv>

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

}  // namespace

Result<std::map<std::string, std::string>> read_git_revision(SubprocessRunner& subprocesses,
                                                             const std::string& folder,
                                                             const std::string& revision) {
  if (revision.empty() || revision.starts_with('-'))
    return Error{ErrorCode::invalid_argument, "\"" + revision + "\" is no revision", "",
                 "such as HEAD~1 or main"};
  SubprocessCommand git;
  git.arguments = {"git", "-C", folder, "archive", "--format=tar", revision, "--", "."};
  git.timeout = std::chrono::minutes{2};
  git.max_output_bytes = 256'000'000;
  STUBKEEPER_ASSIGN(const SubprocessResult archive, subprocesses.run(git));
  if (archive.exit_code != 0) {
    return Error{ErrorCode::invalid_argument, "git has no revision \"" + revision + "\" of the folder",
                 folder, "`git log` in it lists them"};
  }
  auto files = read_tar(archive.output);
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
