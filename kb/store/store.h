#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "entries/conventions.h"

namespace stubkeeper::kb {

class Database;

// The knowledge base's SQLite file (kb.sqlite): WAL, synchronous=FULL, foreign keys, application_id
// "STBK". Its tables are read and written by the classes of the other rooms (Sources, Snapshots,
// EntryStore, ...), which borrow it. One thread at a time; several processes may have it open
// (busy_timeout 10 s).
class Store {
 public:
  // Makes a new store with the newest schema. already_exists where the file is there.
  static Result<std::unique_ptr<Store>> create(const std::string& file);

  // Opens a store and migrates it to the newest schema; without the right to write it can be read,
  // if it has that schema. not_found; io where it cannot be read; corrupt where the file is no
  // SQLite database or another program's; unsupported, and nothing is written, where a newer
  // program wrote it.
  static Result<std::unique_ptr<Store>> open(const std::string& file);

  // A store in memory, for tests.
  static Result<std::unique_ptr<Store>> in_memory();

  ~Store();

  // Runs `steps` in one transaction, or in the one that is open. Their error rolls back and is
  // given on.
  Status run_in_transaction(const std::function<Status()>& steps);

  // Runs a step of a transaction that may fail alone: its own writes are rolled back then, and the
  // transaction goes on. Without an open transaction it is one.
  Status run_in_savepoint(const std::function<Status()>& step);

  // The outcomes of steps, each run after the ones before it that succeeded; nothing that they
  // write is kept. Not within a transaction. An error where the store itself fails, as on a full
  // disk.
  Result<std::vector<Status>> dry_run(const std::vector<std::function<Status()>>& steps);

  // Problems of the file, in words, by SQLite's quick check; or (thorough) by its whole check,
  // foreign keys, and every body's hash. Reads only.
  Result<std::vector<std::string>> check_integrity(bool thorough) const;

  // Copies the store to one file, while others may write (SQLite's backup API). already_exists.
  Status backup_to(const std::string& file) const;

  // The file's device and inode; zeros for a store in memory.
  struct FileIdentity {
    std::int64_t device = 0;
    std::int64_t inode = 0;
  };
  const FileIdentity& file_identity() const { return file_identity_; }
  // Whether its log was there at opening: a process that had it open was killed, or has it open
  // still.
  bool had_wal_at_open() const { return had_wal_at_open_; }

  // The number of the newest migration applied.
  int schema_version() const;

  Database& database() { return *database_; }

  // The conventions of this knowledge base's entries; the built-in ones until others are set. Set
  // them before anything is read.
  const entries::Conventions& conventions() const { return *conventions_; }
  void set_conventions(entries::Conventions conventions);

 private:
  explicit Store(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
  FileIdentity file_identity_;
  bool had_wal_at_open_ = false;
  std::unique_ptr<const entries::Conventions> owned_conventions_;
  const entries::Conventions* conventions_ = &entries::built_in_conventions();
};

}  // namespace stubkeeper::kb
