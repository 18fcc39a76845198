#pragma once

#include <map>
#include <string>
#include <vector>

struct sqlite3;

namespace stubkeeper::testing {

// A knowledge base's store as others read it: by SQL, libzstd and OpenSSL, with nothing of the program's own
// code. Borrowing nothing; open as long as the object lives.
class StoreReader {
 public:
  explicit StoreReader(const std::string& kb);
  ~StoreReader();
  StoreReader(const StoreReader&) = delete;
  StoreReader& operator=(const StoreReader&) = delete;

  // The rows of a query, values by their columns' names; NULL is "". `?` stand for the values in turn.
  using Row = std::map<std::string, std::string>;
  std::vector<Row> rows(const std::string& sql, const std::vector<std::string>& values = {}) const;
  Row row(const std::string& sql, const std::vector<std::string>& values = {}) const;  // of exactly one
  // The bytes that are stored under a hash; fails the test where that is not theirs.
  std::string bytes(const std::string& sha256) const;

 private:
  sqlite3* database_ = nullptr;
};

}  // namespace stubkeeper::testing
