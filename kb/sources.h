#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store.h"

namespace stubkeeper::kb {

// Sources, and which entries lean on them. Borrows the store.
class Sources {
 public:
  explicit Sources(Store& store) : store_(store) {}

  // Adds a source, due at once; where the address is there already, gives that one's id (and makes a removed
  // one active again).
  Result<Id> add(SourceKind kind, const std::string& address, const std::string& title, Timestamp now);
  Result<Source> get(Id id);
  Result<std::optional<Source>> find(const std::string& address);
  // All sources but removed ones, by id.
  Result<std::vector<Source>> list();
  // Active sources with due_at <= now, the longest due first.
  Result<std::vector<Source>> due(Timestamp now);
  Status set_state(Id id, SourceState state);

  // After an answer: validators, times and the end of any failure. `changed` where it brought new text.
  Status answered(Id id, Timestamp now, bool changed, const std::string& etag,
                  const std::string& last_modified, Timestamp next_due, const std::string& title);
  // After a failure: counts it and keeps the message; validators stay.
  Status failed(Id id, Timestamp now, const std::string& error, Timestamp next_due);

  // The next answer is to be a whole one.
  Status forget_validators(Id id);

  Status link_to_entry(Id source_id, Id entry_id);
  Status unlink_from_entry(Id source_id, Id entry_id);
  Result<std::vector<Id>> entries_of(Id source_id);
  // Sources of an entry that are not removed.
  Result<std::vector<Source>> of_entry(Id entry_id);

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
