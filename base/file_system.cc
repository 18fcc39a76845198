#include "base/file_system.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <filesystem>
#include <map>
#include <system_error>

#include "base/parallel_for.h"

namespace stubkeeper {
namespace {

namespace fs = std::filesystem;

Error io_error(const std::string& path, int number, const std::string& what) {
  const bool missing = number == ENOENT || number == ENOTDIR;
  return Error{missing ? ErrorCode::not_found : ErrorCode::io,
               what + ": " + std::generic_category().message(number), path, ""};
}

// Closes a descriptor at the end of its scope.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  bool open() const { return number_ >= 0; }
  // Closes now; false where the system reports a write that failed late.
  bool close() {
    const int number = number_;
    number_ = -1;
    return ::close(number) == 0;
  }

 private:
  int number_;
};

// fsync that really reaches the disk: macOS needs F_FULLFSYNC for that.
bool sync_to_disk(int descriptor) {
#ifdef F_FULLFSYNC
  if (::fcntl(descriptor, F_FULLFSYNC) == 0) return true;
#endif
  return ::fsync(descriptor) == 0;
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

FileKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::regular;
  if (S_ISDIR(mode)) return FileKind::folder;
  if (S_ISLNK(mode)) return FileKind::symbolic_link;
  return FileKind::other;
}

// A file's new bytes in a temporary file beside it.
class StagedFile {
 public:
  explicit StagedFile(std::string path) : path_(std::move(path)) {
    const fs::path parent = fs::path{path_}.parent_path();
    folder_ = parent.empty() ? "." : parent.string();
    // The dot hides the half-written file from a site generator. The name is always the same, so
    // that the next write uses up what a killed program left.
    temporary_ = folder_ + "/." + fs::path{path_}.filename().string() + ".stubkeeper-new";
  }

  const std::string& folder() const { return folder_; }

  Status write(std::string_view bytes) {
    mode_t mode = 0644;
    struct stat state {};
    if (::lstat(path_.c_str(), &state) == 0) {
      mode = state.st_mode & 07777;
      // A rename would replace it, and root could write it; but it is read-only on purpose.
      if ((mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0)
        return io_error(path_, EACCES, "is read-only and cannot be written");
    }
    file_.emplace(::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode));
    if (!file_->open()) return io_error(path_, errno, "cannot be written");
    if (!write_all(file_->number(), bytes)) return fail_and_clean_up("cannot be written");
    if (::fchmod(file_->number(), mode) != 0) return fail_and_clean_up("cannot be given its mode");
    return {};
  }

  Status flush() {
    if (!sync_to_disk(file_->number()) || !file_->close())
      return fail_and_clean_up("cannot be written to disk");
    return {};
  }

  // Keeps the replaced file open: freeing its bytes may wait for the disk while the folder is
  // locked.
  Status replace_target() {
    file_.emplace(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) return fail_and_clean_up("cannot be replaced");
    return {};
  }

  void close_replaced_file() { file_.reset(); }

  void remove_temporary() { ::unlink(temporary_.c_str()); }

 private:
  Status fail_and_clean_up(const std::string& what) {
    const int number = errno;
    remove_temporary();
    return io_error(path_, number, what);
  }

  std::string path_;
  std::string folder_;
  std::string temporary_;
  std::optional<Descriptor> file_;  // the new one, then the one that it replaced
};

Status flush_folder(const std::string& folder) {
  const Descriptor parent{::open(folder.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!parent.open() || !sync_to_disk(parent.number()))
    return io_error(folder, errno, "cannot be written to disk");
  return {};
}

// Flushes files together: a journaling file system writes them in one commit.
constexpr std::size_t max_concurrent_writes = 16;

std::vector<Status> write_group(FileSystem& disk, std::span<const FileToWrite> files,
                                const std::function<Status(std::size_t)>& before_replace) {
  std::vector<Status> outcomes(files.size());
  std::deque<StagedFile> staged;
  std::map<std::string, Status> folders;
  for (std::size_t i = 0; i < files.size(); ++i) {
    staged.emplace_back(files[i].path);
    const auto [folder, is_new] = folders.try_emplace(staged[i].folder());
    if (is_new) folder->second = disk.make_folders(folder->first);
    outcomes[i] = folder->second;
  }
  parallel_for(files.size(), max_concurrent_writes, [&](std::size_t i) {
    if (outcomes[i].ok()) outcomes[i] = staged[i].write(files[i].bytes);
    if (outcomes[i].ok()) outcomes[i] = staged[i].flush();
  });
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!outcomes[i].ok()) continue;
    outcomes[i] = before_replace(i);
    if (outcomes[i].ok()) {
      outcomes[i] = staged[i].replace_target();
    } else {
      staged[i].remove_temporary();
    }
  }
  parallel_for(files.size(), max_concurrent_writes, [&](std::size_t i) { staged[i].close_replaced_file(); });
  for (auto& [folder, flushed] : folders) {
    if (flushed.ok()) flushed = flush_folder(folder);
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (outcomes[i].ok()) outcomes[i] = folders[staged[i].folder()];
  }
  return outcomes;
}

}  // namespace

std::vector<Status> FileSystem::write_all_atomically(
    std::span<const FileToWrite> files, const std::function<Status(std::size_t)>& before_replace) {
  std::vector<Status> outcomes;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Status allowed = before_replace ? before_replace(i) : Status{};
    outcomes.push_back(allowed.ok() ? write_atomically(files[i].path, files[i].bytes) : allowed);
  }
  return outcomes;
}

Result<std::string> DiskFileSystem::read(const std::string& path, std::uint64_t max_bytes) const {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!file.open()) return io_error(path, errno, "cannot be opened");
  struct stat state {};
  if (::fstat(file.number(), &state) != 0) return io_error(path, errno, "cannot be read");
  if (!S_ISREG(state.st_mode)) return Error{ErrorCode::invalid_argument, "is not a regular file", path, ""};
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(
      std::min<std::uint64_t>(static_cast<std::uint64_t>(state.st_size), max_bytes)));
  char buffer[65536];
  for (;;) {
    const ssize_t count = ::read(file.number(), buffer, sizeof buffer);
    if (count < 0) {
      if (errno == EINTR) continue;
      return io_error(path, errno, "cannot be read");
    }
    if (count == 0) return bytes;
    if (bytes.size() + static_cast<std::size_t>(count) > max_bytes) {
      return Error{ErrorCode::limit, "is larger than " + std::to_string(max_bytes) + " bytes", path, ""};
    }
    bytes.append(buffer, static_cast<std::size_t>(count));
  }
}

Status DiskFileSystem::write_atomically(const std::string& path, std::string_view bytes) {
  const FileToWrite file{path, bytes};
  return write_all_atomically({&file, 1}, nullptr).front();
}

std::vector<Status> DiskFileSystem::write_all_atomically(
    std::span<const FileToWrite> files, const std::function<Status(std::size_t)>& before_replace) {
  std::vector<Status> outcomes;
  // Files that are open at once; some systems allow 256.
  constexpr std::size_t max_open_files = 128;
  for (std::size_t begin = 0; begin < files.size(); begin += max_open_files) {
    const auto group = files.subspan(begin, std::min(max_open_files, files.size() - begin));
    const auto before_replace_in_group = [&](std::size_t i) {
      return before_replace ? before_replace(begin + i) : Status{};
    };
    for (Status& outcome : write_group(*this, group, before_replace_in_group))
      outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

Result<std::optional<FileInfo>> DiskFileSystem::info(const std::string& path) const {
  struct stat state {};
  if (::lstat(path.c_str(), &state) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::optional<FileInfo>{};
    return io_error(path, errno, "cannot be looked at");
  }
  return std::optional<FileInfo>{
      FileInfo{path, kind_of(state.st_mode), static_cast<std::uint64_t>(state.st_size)}};
}

Result<std::vector<FileInfo>> DiskFileSystem::list_tree(const std::string& folder) const {
  std::error_code error;
  fs::recursive_directory_iterator walk{folder, error};
  if (error) return io_error(folder, error.value(), "cannot be listed");
  std::vector<FileInfo> files;
  for (const fs::recursive_directory_iterator end; walk != end;) {
    const std::string path = walk->path().string();
    STUBKEEPER_ASSIGN(auto file, info(path));
    if (file) {  // it may be gone since it was listed
      file->path = walk->path().lexically_relative(folder).generic_string();
      files.push_back(*std::move(file));
    }
    walk.increment(error);
    if (error) return io_error(path, error.value(), "cannot be listed");
  }
  std::sort(files.begin(), files.end(), [](const FileInfo& a, const FileInfo& b) { return a.path < b.path; });
  return files;
}

Status DiskFileSystem::make_folders(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return io_error(path, error.value(), "folder cannot be made");
  return {};
}

Status DiskFileSystem::remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0) return io_error(path, errno, "cannot be removed");
  return {};
}

}  // namespace stubkeeper
