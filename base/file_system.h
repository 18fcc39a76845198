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
  std::string path;  // as asked for, or below the listed folder with '/'
  FileKind kind = FileKind::regular;
  std::uint64_t size = 0;  // bytes
};

struct FileToWrite {
  std::string path;
  std::string_view bytes;
};

// Files, as a seam: tests make a disk full, a file read-only, or a write die half-way.
// Paths are the platform's own; every error names the path in `where`. Threads: one at a time.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // All bytes of a regular file. not_found, io, or limit where it is larger than `most` bytes.
  virtual Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const = 0;

  // Replaces or makes a file so that a reader, or the next start after a crash, sees the old bytes or the new
  // ones whole: written beside the target, fsync, rename, fsync of the folder. Keeps the mode of a file that
  // is there, and refuses one that nobody may write (io). Missing parent folders are made.
  virtual Status write_atomically(const std::string& path, std::string_view bytes) = 0;

  // The same for many files, which wait for the disk together, on several threads: all are written beside
  // their targets and flushed, then each is renamed, then each folder is flushed once. When it returns, what
  // it calls written is on the disk. `before_replace` is asked, on the caller's thread, with a file's index right
  // before it is renamed; its error leaves the file as it is. No two files are the same one. Gives the outcome
  // of each: one that fails leaves the others alone. This one writes them one by one, for what has no better
  // way.
  virtual std::vector<Status> write_all_atomically(std::span<const FileToWrite> files,
                                                   const std::function<Status(std::size_t)>& before_replace);

  // Follows no symbolic link. Nothing there: an empty optional.
  virtual Result<std::optional<FileInfo>> info(const std::string& path) const = 0;

  // Everything below a folder, at every depth, sorted by path (bytewise); links are listed, not followed.
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
