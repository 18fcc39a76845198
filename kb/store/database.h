#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace stubkeeper::kb {

// A value bound to a parameter. Texts and blobs must outlive the statement's run.
struct Blob {
  std::string_view bytes;
};
using Value = std::variant<std::nullptr_t, std::int64_t, std::string_view, Blob>;

inline Value to_value(Timestamp time) {
  return time.time_since_epoch().count();
}
inline Value to_value(const std::optional<Timestamp>& time) {
  return time ? to_value(*time) : Value{nullptr};
}
// A row's number, NULL for 0.
inline Value id_or_null(std::int64_t id) {
  return id == 0 ? Value{nullptr} : Value{id};
}

// A row while its statement stands on it; columns from 0.
class Row {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
  std::int64_t integer(int column) const;
  std::string text(int column) const;       // of a text or a blob
  std::string_view view(int column) const;  // valid until the next row
  bool is_null(int column) const;
  Timestamp time(int column) const { return Timestamp{std::chrono::milliseconds{integer(column)}}; }
  std::optional<Timestamp> optional_time(int column) const {
    return is_null(column) ? std::nullopt : std::optional{time(column)};
  }

 private:
  sqlite3_stmt* statement_;
};

// A connection to SQLite: the one place that calls it. Statements are prepared once and kept; parameters are
// bound, never pasted. Errors carry SQLite's own words, with corrupt, busy, io and limit (disk full) told
// apart. One thread at a time.
class Database {
 public:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  enum class Mode { read_only, read_write, create };
  static Result<std::unique_ptr<Database>> open(const std::string& file, Mode mode);
  ~Database();

  // Runs a statement; `row` is called for each row until it returns an error, which is given on.
  Status run(std::string_view sql, std::initializer_list<Value> parameters,
             const std::function<Status(const Row&)>& row = nullptr);
  Status run(std::string_view sql, const std::vector<Value>& parameters,
             const std::function<Status(const Row&)>& row = nullptr);
  // Several statements without parameters, such as a migration.
  Status script(const std::string& sql);

  std::int64_t last_insert_id() const;
  int changes() const;
  // Whether a transaction is open.
  bool in_transaction() const;

  sqlite3* handle() { return handle_.get(); }
  const std::string& file() const { return file_; }

 private:
  // Looks statements up by text that is not copied for it.
  struct SqlHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view sql) const { return std::hash<std::string_view>{}(sql); }
  };

  Database(std::unique_ptr<sqlite3, Close> handle, std::string file);
  Result<sqlite3_stmt*> prepared(std::string_view sql);
  Error error(std::string_view what) const;
  Status run_with(std::string_view sql, std::span<const Value> parameters,
                  const std::function<Status(const Row&)>& row);
  Status step_all(sqlite3_stmt* statement, const std::function<Status(const Row&)>& row);

  std::string file_;
  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, SqlHash, std::equal_to<>>
      statements_;
};

}  // namespace stubkeeper::kb
