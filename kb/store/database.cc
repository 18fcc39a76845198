#include "kb/store/database.h"

#include <sqlite3.h>

#include "base/sha256.h"

namespace stubkeeper::kb {
namespace {

// A constraint or a trigger that refuses a row is a failure of this program, and nothing that the
// user has seen otherwise.
ErrorCode code_of(int sqlite_code) {
  if (sqlite_code == SQLITE_CONSTRAINT_UNIQUE || sqlite_code == SQLITE_CONSTRAINT_PRIMARYKEY)
    return ErrorCode::already_exists;
  switch (sqlite_code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::corrupt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::busy;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return ErrorCode::io;
    default:
      return ErrorCode::internal;
  }
}

const char* advice_for(ErrorCode code) {
  switch (code) {
    case ErrorCode::corrupt:
      return "`stubkeeper doctor` looks closer; `stubkeeper restore` puts a backup back";
    case ErrorCode::io:
      return "what was stored before is safe; make room, or give yourself the right to write there, and run it again";
    case ErrorCode::busy:
      return "another program holds the store; try again once it has ended";
    default:
      return "";
  }
}

// SQLite counts the memory that it uses behind a lock that all connections of the process share.
// Nobody asks for that number, and the lock costs a fifth of the time where two threads work with a
// connection each.
void disable_memory_statistics() {
  [[maybe_unused]] static const int before_any_connection = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// SQLite's address of a file that does not change (https://www.sqlite.org/uri.html).
std::string frozen_file_uri(const std::string& file) {
  std::string uri = "file:";
  for (const char c : file) {
    if (c == '%' || c == '?' || c == '#') {
      uri += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

// The cause of a failure in plain words where it is none of the store's; else SQLite's.
std::string describe(int sqlite_code, const char* message) {
  switch (sqlite_code & 0xFF) {
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return "the file or its folder is read-only for you";
    case SQLITE_FULL:
      return "the disk is full";
    case SQLITE_CANTOPEN:
      return "the file, or the log beside it, cannot be opened";
    default:
      return message;
  }
}

// change_sha256(texts...): the hash of texts with their lengths, so that none runs into the next.
void hash_texts(sqlite3_context* context, int count, sqlite3_value** values) {
  std::string bytes;
  for (int i = 0; i < count; ++i) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[i]));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[i]));
    bytes += std::to_string(size) + ':';
    if (text != nullptr) bytes.append(text, size);
  }
  const std::string hash = sha256_hex(bytes);
  sqlite3_result_text(context, hash.data(), static_cast<int>(hash.size()), SQLITE_TRANSIENT);
}

int bind(sqlite3_stmt* statement, int index, const Value& value) {
  struct Binder {
    sqlite3_stmt* statement;
    int index;
    int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, index); }
    int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, index, number); }
    int operator()(std::string_view text) const {
      // A null pointer would bind NULL; an empty text is not that.
      const char* data = text.data() == nullptr ? "" : text.data();
      return sqlite3_bind_text64(statement, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(Blob blob) const {
      const char* data = blob.bytes.data() == nullptr ? "" : blob.bytes.data();
      return sqlite3_bind_blob64(statement, index, data, blob.bytes.size(), SQLITE_STATIC);
    }
  };
  return std::visit(Binder{statement, index}, value);
}

}  // namespace

std::int64_t Row::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string_view Row::view(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return data == nullptr ? std::string_view{}
                         : std::string_view{static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

std::string Row::text(int column) const {
  return std::string{view(column)};
}

bool Row::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

void Database::Close::operator()(sqlite3* handle) const {
  sqlite3_close_v2(handle);
}
void Database::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Database::Database(std::unique_ptr<sqlite3, Close> handle, std::string file)
    : file_(std::move(file)), handle_(std::move(handle)) {}

Database::~Database() {
  statements_.clear();
}

Result<std::unique_ptr<Database>> Database::open(const std::string& file, Mode mode) {
  const int flags = SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX |
                    (mode == Mode::read_only ? SQLITE_OPEN_READONLY
                     : mode == Mode::frozen  ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
                     : mode == Mode::create  ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                             : SQLITE_OPEN_READWRITE);
  disable_memory_statistics();
  sqlite3* raw = nullptr;
  const std::string name = mode == Mode::frozen ? frozen_file_uri(file) : file;
  const int code = sqlite3_open_v2(name.c_str(), &raw, flags, nullptr);
  std::unique_ptr<sqlite3, Close> handle{raw};
  if (code != SQLITE_OK) {
    return Error{code_of(code), std::string{"cannot be opened: "} + describe(code, sqlite3_errstr(code)),
                 file, advice_for(code_of(code))};
  }
  constexpr int busy_timeout_ms = 10'000;
  sqlite3_busy_timeout(raw, busy_timeout_ms);
  // The file's own schema may not call functions with side effects.
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  constexpr int three_texts = 3;
  sqlite3_create_function_v2(raw, "change_sha256", three_texts,
                             SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr, hash_texts,
                             nullptr, nullptr, nullptr);
  return std::unique_ptr<Database>{new Database{std::move(handle), file}};
}

Error Database::error(std::string_view what) const {
  const int sqlite_code = sqlite3_extended_errcode(handle_.get());
  const ErrorCode code = code_of(sqlite_code);
  return Error{code, std::string{what} + ": " + describe(sqlite_code, sqlite3_errmsg(handle_.get())), file_,
               advice_for(code)};
}

Result<sqlite3_stmt*> Database::prepared(std::string_view sql) {
  const auto known = statements_.find(sql);
  if (known != statements_.end()) return known->second.get();
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                         &raw, nullptr) != SQLITE_OK) {
    return error("the store cannot answer");
  }
  statements_.emplace(sql, std::unique_ptr<sqlite3_stmt, Finalize>{raw});
  return raw;
}

Status Database::step_all(sqlite3_stmt* statement, const std::function<Status(const Row&)>& row) {
  for (;;) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) return {};
    if (code != SQLITE_ROW) return error("the store refuses");
    if (row) STUBKEEPER_TRY(row(Row{statement}));
  }
}

Status Database::run(std::string_view sql, const std::vector<Value>& parameters,
                     const std::function<Status(const Row&)>& row) {
  STUBKEEPER_ASSIGN(sqlite3_stmt * statement, prepared(sql));
  // A statement that is running already is prepared again for the inner use.
  std::unique_ptr<sqlite3_stmt, Finalize> inner_statement;
  if (sqlite3_stmt_busy(statement) != 0) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr) !=
        SQLITE_OK) {
      return error("the store cannot answer");
    }
    inner_statement.reset(raw);
    statement = raw;
  }
  Status status;
  int index = 0;
  for (const Value& value : parameters) {
    if (bind(statement, ++index, value) != SQLITE_OK && status.ok()) status = error("a value does not fit");
  }
  if (status.ok()) status = step_all(statement, row);
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  return status;
}

Result<std::int64_t> Database::query_number(std::string_view sql, const std::vector<Value>& parameters) {
  STUBKEEPER_ASSIGN(const auto number, query_one(sql, parameters, first_integer));
  return number.value_or(0);
}

Result<bool> Database::has_rows(std::string_view sql, const std::vector<Value>& parameters) {
  STUBKEEPER_ASSIGN(const auto row, query_one(sql, parameters, first_integer));
  return row.has_value();
}

Status Database::script(const std::string& sql) {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return error("the store refuses");
  return {};
}

std::int64_t Database::last_insert_id() const {
  return sqlite3_last_insert_rowid(handle_.get());
}
int Database::changes() const {
  return sqlite3_changes(handle_.get());
}
bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle_.get()) == 0;
}

}  // namespace stubkeeper::kb
