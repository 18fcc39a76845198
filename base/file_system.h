#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stubkeeper {

enum class FileKind { regular, folder, symbolic_link, other };

struct FileInfo {
  std::string path;  // as given, or relative to the listed folder with '/'
  FileKind kind = FileKind::regular;
  std::uint64_t size = 0;  // bytes
};

struct FileToWrite {
  std::string path;
  std::string_view bytes;
};

// Files, as a seam: tests fill a disk or stop a write half-way. Paths are the platform's own; each error has
// the path in `where`. For one thread at a time.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // All bytes of a regular file. Errors: not_found, io; limit where it is larger than `max_bytes`.
  virtual Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const = 0;

  // Replaces or makes a file: readers, also after a crash, see all of the old bytes or all of the new ones
  // (written beside the target, fsync, rename, fsync of the folder). Keeps an old file's mode; a read-only one
  // is refused (io). Missing parent folders are made.
  virtual Status write_atomically(const std::string& path, std::string_view bytes) = 0;

  // The same for many different files, which wait for the disk together on several threads. Returns the
  // outcome of each; one failure leaves the others alone, and what succeeded is on the disk. `before_replace`
  // is called on the caller's thread with a file's index right before it is renamed; its error keeps the old
  // file. This implementation writes one by one.
  virtual std::vector<Status> write_all_atomically(std::span<const FileToWrite> files,
                                                   const std::function<Status(std::size_t)>& before_replace);

  // Follows no symbolic link. Empty where nothing has that path.
  virtual Result<std::optional<FileInfo>> info(const std::string& path) const = 0;

  // All below a folder, at any depth, sorted by the bytes of its path; links are listed, not followed.
  virtual Result<std::vector<FileInfo>> list_tree(const std::string& folder) const = 0;

  virtual Status make_folders(const std::string& path) = 0;
  virtual Status remove_file(const std::string& path) = 0;
};

// The machine's files, by POSIX calls.
class DiskFileSystem final : public FileSystem {
 public:
  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;
  Status write_atomically(const std::string& path, std::string_view bytes) override;
  std::vector<Status> write_all_atomically(std::span<const FileToWrite> files,
                                           const std::function<Status(std::size_t)>& before_replace) override;
  Result<std::optional<FileInfo>> info(const std::string& path) const override;
  Result<std::vector<FileInfo>> list_tree(const std::string& folder) const override;
  Status make_folders(const std::string& path) override;
  Status remove_file(const std::string& path) override;
};

}  // namespace stubkeeper
