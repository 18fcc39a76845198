#pragma once

#include <string>

namespace stubkeeper::testing {

// A folder of its own for one test, removed with everything in it at the end of the scope.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& below) const { return path_ + "/" + below; }

 private:
  std::string path_;
};

// The bytes of a file; fails the test where it cannot be read.
std::string read_file(const std::string& path);

// Writes a file and its missing parent folders; fails the test where it cannot.
void write_file(const std::string& path, const std::string& bytes);

// Puts a folder with all that is in it in another's place.
void replace_folder(const std::string& from, const std::string& to);

}  // namespace stubkeeper::testing
