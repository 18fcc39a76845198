#include "kb/store/store.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "kb/store/bodies.h"
#include "kb/store/database.h"
#include "kb/store/migrations.h"

namespace stubkeeper::kb {
namespace {

constexpr std::int64_t application_id = 0x5354424B;  // "STBK"

Status prepare_connection(Database& database) {
  STUBKEEPER_TRY(database.script("PRAGMA journal_mode = WAL"));
  STUBKEEPER_TRY(database.script("PRAGMA synchronous = FULL"));
  // So that a run's writes are checkpointed once, not after each group of answers. (A larger page
  // cache than SQLite's 2 MB costs more in page faults than it saves.)
  STUBKEEPER_TRY(database.script("PRAGMA wal_autocheckpoint = 4096"));
  return database.script("PRAGMA foreign_keys = ON");
}

Result<Store::FileIdentity> identity_of(const std::string& file) {
  struct stat state {};
  if (::stat(file.c_str(), &state) != 0) return Error{ErrorCode::io, std::strerror(errno), file, ""};
  return Store::FileIdentity{static_cast<std::int64_t>(state.st_dev),
                             static_cast<std::int64_t>(state.st_ino)};
}

// SQLite removes the log when the last connection is closed.
bool has_wal(const std::string& file) {
  struct stat state {};
  return ::stat((file + "-wal").c_str(), &state) == 0;
}

bool is_writable(const std::string& file) {
  const std::string folder = std::filesystem::path{file}.parent_path().string();
  return ::access(file.c_str(), W_OK) == 0 && ::access(folder.empty() ? "." : folder.c_str(), W_OK) == 0;
}

// A connection that only reads, as far as the rights to the file and its folder allow it.
Result<std::unique_ptr<Database>> open_to_read(const std::string& file) {
  if (::access(file.c_str(), R_OK) != 0)
    return Error{ErrorCode::io, std::string{"cannot be read: "} + std::strerror(errno), file,
                 "`ls -l` shows whose it is; the store itself may be sound"};
  STUBKEEPER_ASSIGN(auto database, Database::open(file, Database::Mode::read_only));
  if (is_writable(file) || has_wal(file)) return database;
  // SQLite makes a log's index beside the file even to read; without a log the file alone is the whole store.
  return Database::open(file, Database::Mode::frozen);
}

// Checks, without writing, that a file is a store and not a newer program's.
Status check_is_store(const std::string& file) {
  struct stat state {};
  if (::stat(file.c_str(), &state) != 0 && errno == ENOENT) {
    return Error{ErrorCode::not_found, "there is no store", file,
                 "`stubkeeper init DIR` makes a knowledge base"};
  }
  STUBKEEPER_ASSIGN(const auto database, open_to_read(file));
  const auto id = database->query_number("PRAGMA application_id", {});
  if (!id.ok() && id.error().code == ErrorCode::corrupt)
    return Error{id.error().code, id.error().message, file,
                 "it is damaged or no SQLite database; `stubkeeper restore` puts a backup back"};
  if (!id.ok()) return id.error();
  if (*id != application_id) {
    return Error{ErrorCode::corrupt, "is a SQLite database, but not stubkeeper's", file,
                 "is --kb the right folder?"};
  }
  STUBKEEPER_ASSIGN(const auto version, database->query_number("PRAGMA user_version", {}));
  if (version > latest_schema_version()) {
    return Error{ErrorCode::unsupported,
                 "was written by a newer stubkeeper: schema " + std::to_string(version) +
                     ", and this one knows " + std::to_string(latest_schema_version()),
                 file, "install the newer version; nothing was changed"};
  }
  return {};
}

// A store that cannot be brought up to date must be so already.
Status require_latest_schema(Database& database) {
  STUBKEEPER_ASSIGN(const auto version, database.query_number("PRAGMA user_version", {}));
  if (version == latest_schema_version()) return {};
  return Error{ErrorCode::io,
               "was written by an earlier version and cannot be brought up to date: it is read-only for you",
               database.file(), "give yourself the right to write to it and to its folder"};
}

}  // namespace

Store::Store(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::create(const std::string& file) {
  const int descriptor = ::open(file.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    const bool there = errno == EEXIST;
    return Error{there ? ErrorCode::already_exists : ErrorCode::io,
                 there ? "is there already" : std::strerror(errno), file, ""};
  }
  ::close(descriptor);
  STUBKEEPER_ASSIGN(auto database, Database::open(file, Database::Mode::read_write));
  STUBKEEPER_TRY(database->script("PRAGMA application_id = " + std::to_string(application_id)));
  STUBKEEPER_TRY(prepare_connection(*database));
  STUBKEEPER_TRY(migrate(*database, latest_schema_version()));
  std::unique_ptr<Store> store{new Store{std::move(database)}};
  STUBKEEPER_ASSIGN(store->file_identity_, identity_of(file));
  return store;
}

Result<std::unique_ptr<Store>> Store::open(const std::string& file) {
  const bool had_wal = has_wal(file);
  STUBKEEPER_TRY(check_is_store(file));
  STUBKEEPER_ASSIGN(auto database, is_writable(file) ? Database::open(file, Database::Mode::read_write)
                                                     : open_to_read(file));
  if (is_writable(file)) {
    STUBKEEPER_TRY(prepare_connection(*database));
    STUBKEEPER_TRY(migrate(*database, latest_schema_version()));
  } else {
    STUBKEEPER_TRY(require_latest_schema(*database));
  }
  std::unique_ptr<Store> store{new Store{std::move(database)}};
  STUBKEEPER_ASSIGN(store->file_identity_, identity_of(file));
  store->had_wal_at_open_ = had_wal;
  return store;
}

Result<std::unique_ptr<Store>> Store::in_memory() {
  STUBKEEPER_ASSIGN(auto database, Database::open(":memory:", Database::Mode::create));
  STUBKEEPER_TRY(prepare_connection(*database));
  STUBKEEPER_TRY(migrate(*database, latest_schema_version()));
  return std::unique_ptr<Store>{new Store{std::move(database)}};
}

Status Store::run_in_transaction(const std::function<Status()>& steps) {
  if (database_->in_transaction()) return steps();
  STUBKEEPER_TRY(database_->script("BEGIN IMMEDIATE"));
  Status status = steps();
  if (status.ok()) status = database_->script("COMMIT");
  // Some errors roll back by themselves; a second rollback would only hide the first error.
  if (!status.ok() && database_->in_transaction()) static_cast<void>(database_->script("ROLLBACK"));
  return status;
}

Status Store::run_in_savepoint(const std::function<Status()>& step) {
  if (!database_->in_transaction()) return run_in_transaction(step);
  STUBKEEPER_TRY(database_->script("SAVEPOINT attempt"));
  const Status status = step();
  // Some errors roll back the whole transaction.
  if (!database_->in_transaction()) return status;
  if (!status.ok()) STUBKEEPER_TRY(database_->script("ROLLBACK TO attempt"));
  STUBKEEPER_TRY(database_->script("RELEASE attempt"));
  return status;
}

Result<std::vector<Status>> Store::dry_run(const std::vector<std::function<Status()>>& steps) {
  STUBKEEPER_TRY(database_->script("BEGIN IMMEDIATE"));
  std::vector<Status> outcomes;
  for (const auto& step : steps) {
    outcomes.push_back(run_in_savepoint(step));
    // Some errors end the transaction, and later steps would be kept.
    if (!database_->in_transaction()) return outcomes.back().error();
  }
  STUBKEEPER_TRY(database_->script("ROLLBACK"));
  return outcomes;
}

Result<std::vector<std::string>> Store::check_integrity(bool thorough) const {
  std::vector<std::string> problems;
  const auto note = [&](const Row& row) -> Status {
    if (const std::string text = row.text(0); text != "ok") problems.push_back(text);
    return {};
  };
  // The quick check, made before runs, leaves the constraints of rows, which are checked on
  // writing, to the thorough one.
  if (!thorough) STUBKEEPER_TRY(database_->script("PRAGMA ignore_check_constraints = ON"));
  const Status checked = database_->run(thorough ? "PRAGMA integrity_check" : "PRAGMA quick_check", {}, note);
  if (!thorough) STUBKEEPER_TRY(database_->script("PRAGMA ignore_check_constraints = OFF"));
  if (!checked.ok()) problems.push_back(checked.error().message);
  if (!thorough || !problems.empty()) return problems;
  const Status references = database_->run("PRAGMA foreign_key_check", {}, [&](const Row& row) -> Status {
    problems.push_back("a row of " + row.text(0) + " refers to a missing row of " + row.text(2));
    return {};
  });
  if (!references.ok()) problems.push_back(references.error().message);
  if (!problems.empty()) return problems;
  STUBKEEPER_ASSIGN(const auto hashes,
                    database_->query("SELECT sha256 FROM body ORDER BY sha256", {}, first_text));
  Bodies bodies{const_cast<Store&>(*this)};
  for (const std::string& hash : hashes) {
    const auto body = bodies.get(hash);
    if (!body.ok()) problems.push_back(body.error().message);
  }
  STUBKEEPER_ASSIGN(
      const auto changed,
      database_->query("SELECT id FROM change WHERE state = 'waiting' AND content_sha256 <> '' "
                       "AND content_sha256 <> change_sha256(edit_json, old_text, new_text) ORDER BY id",
                       {}, first_integer));
  for (const std::int64_t id : changed)
    problems.push_back("the text of change " + std::to_string(id) +
                       ", which waits for review, is not the one that was proposed: reject it");
  return problems;
}

Status Store::backup_to(const std::string& file) const {
  const int descriptor = ::open(file.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    const bool there = errno == EEXIST;
    return Error{there ? ErrorCode::already_exists : ErrorCode::io,
                 there ? "is there already" : std::strerror(errno), file,
                 there ? "name a file that is not there yet" : ""};
  }
  ::close(descriptor);
  STUBKEEPER_ASSIGN(const auto target, Database::open(file, Database::Mode::read_write));
  STUBKEEPER_TRY(target->script("PRAGMA synchronous = FULL"));
  sqlite3_backup* backup = sqlite3_backup_init(target->handle(), "main", database_->handle(), "main");
  if (backup == nullptr) return Error{ErrorCode::io, sqlite3_errmsg(target->handle()), file, ""};
  const int stepped = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (stepped != SQLITE_DONE || finished != SQLITE_OK) {
    const Error error{ErrorCode::io, std::string{"cannot be written: "} + sqlite3_errmsg(target->handle()),
                      file, ""};
    ::unlink(file.c_str());
    return error;
  }
  return {};
}

void Store::set_conventions(entries::Conventions conventions) {
  owned_conventions_ = std::make_unique<const entries::Conventions>(std::move(conventions));
  conventions_ = owned_conventions_.get();
}

int Store::schema_version() const {
  const auto version = database_->query_number("PRAGMA user_version", {});
  return version.ok() ? static_cast<int>(*version) : 0;
}

}  // namespace stubkeeper::kb
