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

// The knowledge base's SQLite file (kb.sqlite): WAL, synchronous=FULL, foreign keys on, application_id
// "STBK". The tables are reached through the classes beside this one (Sources, Snapshots, EntryStore, ...),
// which borrow it. One thread at a time; several processes may have it open (busy_timeout 10 s).
class Store {
 public:
  // Makes a new store with the newest schema. already_exists where the file is there.
  static Result<std::unique_ptr<Store>> create(const std::string& file);

  // Opens a store and migrates it to the newest schema, each migration and its version bump in one
  // transaction. not_found; corrupt where the file is no SQLite database or not one of ours; unsupported
  // where a newer program wrote it (nothing is written then).
  static Result<std::unique_ptr<Store>> open(const std::string& file);

  // Another connection to the same file, which only reads, for one other thread: it sees what is committed.
  // It goes by this one's conventions, so this one outlives it. not_found for a store in memory.
  Result<std::unique_ptr<Store>> reader() const;

  // A store in memory, for tests.
  static Result<std::unique_ptr<Store>> in_memory();

  ~Store();

  // Runs `steps` in one transaction: all of it is stored or none. Within another atomically() it joins that
  // one. The error of `steps` rolls back and is given on.
  Status run_in_transaction(const std::function<Status()>& steps);

  // One of several steps of a transaction that may fail by itself: what it stored is taken back then, and the
  // transaction goes on with what was stored before. Without a transaction it is one.
  Status run_in_savepoint(const std::function<Status()>& step);

  // SQLite's quick check of the file; or (thorough) its whole check, foreign keys, and every body against its
  // hash. Problems in words; empty: sound. Reads only.
  Result<std::vector<std::string>> check_integrity(bool thorough) const;

  // A copy of the whole store as one file, while others may be writing (SQLite's backup API). already_exists.
  Status backup_to(const std::string& file) const;

  // Which file it is, on which file system; zeros for one in memory.
  struct FileIdentity {
    std::int64_t device = 0;
    std::int64_t inode = 0;
  };
  const FileIdentity& file_identity() const { return file_identity_; }
  // Whether its log lay beside it when it was opened: somebody who had it open was killed, or has it open
  // still.
  bool had_wal_at_open() const { return had_wal_at_open_; }

  // The number of the newest migration applied.
  int schema_version() const;

  Database& database() { return *database_; }

  // What the entries of this knowledge base go by: the built-in conventions until others are set, which the
  // store then keeps. Set before anything is read.
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
