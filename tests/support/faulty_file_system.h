#pragma once

#include <functional>
#include <string>

#include "base/file_system.h"

namespace stubkeeper::testing {

// The machine's files on a bad day: a disk that is full, and somebody who edits, moves or deletes files
// between two steps of the program.
class FaultyFileSystem final : public FileSystem {
 public:
  bool disk_full = false;
  // Called with the path right before a file is read; what it does to the disk is what the read finds.
  std::function<void(const std::string&)> before_read = [](const std::string&) {};
  // Called right after a file was read.
  std::function<void(const std::string&)> after_read = [](const std::string&) {};

  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override {
    before_read(path);
    auto bytes = disk_.read(path, max_bytes);
    after_read(path);
    return bytes;
  }
  Status write_atomically(const std::string& path, std::string_view bytes) override {
    if (disk_full) return Error{ErrorCode::io, "there is no space left", path, ""};
    return disk_.write_atomically(path, bytes);
  }
  std::vector<Status> write_all_atomically(std::span<const FileToWrite> files,
                                           const std::function<Status(std::size_t)>& before_replace) override {
    if (disk_full) return FileSystem::write_all_atomically(files, before_replace);
    return disk_.write_all_atomically(files, before_replace);
  }
  Result<std::optional<FileInfo>> info(const std::string& path) const override { return disk_.info(path); }
  Result<std::vector<FileInfo>> list_tree(const std::string& folder) const override {
    return disk_.list_tree(folder);
  }
  Status make_folders(const std::string& path) override { return disk_.make_folders(path); }
  Status remove_file(const std::string& path) override { return disk_.remove_file(path); }

 private:
  DiskFileSystem disk_;
};

}  // namespace stubkeeper::testing
