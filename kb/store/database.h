#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
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
inline Value to_value(const std::optional<std::int64_t>& number) {
  return number ? Value{*number} : Value{nullptr};
}
// A row's number, NULL for 0.
inline Value id_or_null(std::int64_t id) {
  return id == 0 ? Value{nullptr} : Value{id};
}

inline Value text_or_null(const std::string& text) {
  return text.empty() ? Value{nullptr} : Value{std::string_view{text}};
}

// The current row of a running statement; columns from 0.
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
  std::optional<std::int64_t> optional_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional{integer(column)};
  }

  // Reads the first columns, in their order, into these variables.
  template <typename... Targets>
  void read(Targets&... targets) const {
    int column = 0;
    (read_column(column++, targets), ...);
  }

 private:
  template <typename Integer>
  requires std::is_integral_v<Integer>
  void read_column(int column, Integer& target) const { target = static_cast<Integer>(integer(column)); }
  void read_column(int column, std::string& target) const { target = text(column); }
  void read_column(int column, Timestamp& target) const { target = time(column); }
  void read_column(int column, std::optional<Timestamp>& target) const { target = optional_time(column); }

  sqlite3_stmt* statement_;
};

// The first column of a row.
inline std::int64_t first_integer(const Row& row) {
  return row.integer(0);
}
inline std::string first_text(const Row& row) {
  return row.text(0);
}

// A connection to SQLite, the only code that calls it. Statements are prepared once and kept;
// parameters are bound, never pasted. Errors carry SQLite's message: corrupt, busy, io (disk full, or
// no right to write), already_exists (a row with such a key) or internal, a broken rule of the store's too. One
// thread at a time.
class Database {
 public:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  // frozen: a file that nobody writes to, in a folder where no log can be made beside it; read only.
  enum class Mode { read_only, frozen, read_write, create };
  static Result<std::unique_ptr<Database>> open(const std::string& file, Mode mode);
  ~Database();

  // Runs a statement; `row` is called for each row until it returns an error, which is given on.
  Status run(std::string_view sql, const std::vector<Value>& parameters,
             const std::function<Status(const Row&)>& row = nullptr);

  // The rows of a query, each as `read`, a function of a Row, gives it.
  template <typename Read, typename T = std::invoke_result_t<Read&, const Row&>>
  Result<std::vector<T>> query(std::string_view sql, const std::vector<Value>& parameters, Read read) {
    std::vector<T> found;
    STUBKEEPER_TRY(run(sql, parameters, [&](const Row& row) -> Status {
      found.push_back(read(row));
      return {};
    }));
    return found;
  }

  // The row of a query that has one at most.
  template <typename Read, typename T = std::invoke_result_t<Read&, const Row&>>
  Result<std::optional<T>> query_one(std::string_view sql, const std::vector<Value>& parameters, Read read) {
    std::optional<T> found;
    STUBKEEPER_TRY(run(sql, parameters, [&](const Row& row) -> Status {
      found = read(row);
      return {};
    }));
    return found;
  }

  // The row of a query that has one; not_found with this message and advice where there is none.
  template <typename Read, typename T = std::invoke_result_t<Read&, const Row&>>
  Result<T> query_existing(std::string_view sql, const std::vector<Value>& parameters, Read read,
                           std::string message, std::string advice = "") {
    STUBKEEPER_ASSIGN(auto found, query_one(sql, parameters, read));
    if (!found) return Error{ErrorCode::not_found, std::move(message), "", std::move(advice)};
    return *std::move(found);
  }

  // The number in the one row of a query, such as a count; 0 where it has none.
  Result<std::int64_t> query_number(std::string_view sql, const std::vector<Value>& parameters);
  Result<bool> has_rows(std::string_view sql, const std::vector<Value>& parameters);

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
  Status step_all(sqlite3_stmt* statement, const std::function<Status(const Row&)>& row);

  std::string file_;
  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, SqlHash, std::equal_to<>>
      statements_;
};

}  // namespace stubkeeper::kb
