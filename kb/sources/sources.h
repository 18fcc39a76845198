#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The parts of a good answer that are kept with its source.
struct SuccessfulFetch {
  bool changed = false;  // it brought new text
  std::string etag;
  std::string last_modified;
  std::string validated_address;  // that gave these two
  std::string title;              // "": as it was
  VisitHints hints;
  Timestamp next_due;
  Id not_modified_run_id = 0;  // the run, where it said "not modified"; nothing else is recorded of it
};

// Sources, and the entries that cite them. Borrows the store.
class Sources {
 public:
  explicit Sources(Store& store) : store_(store) {}

  // Adds a source, due at once; where the address is there already, gives that one's id (and makes a removed
  // one active again).
  Result<Id> add(const std::string& kind, const std::string& address, const std::string& title, Timestamp now);
  Result<Source> get(Id id);
  // The source at an address, or one that moved away from it.
  Result<std::optional<Source>> find(const std::string& address);
  // The source that has the address now.
  Result<std::optional<Source>> at_address(const std::string& address);
  // All sources but removed ones, by id.
  Result<std::vector<Source>> list();
  Status set_state(Id id, SourceState state);

  // After a good answer; ends any row of failures. "Not modified" prolongs the row of such answers,
  // which Runs::record ends.
  Status answered(Id id, const SuccessfulFetch& answer, Timestamp now);
  // After a failure; validators stay.
  Status failed(Id id, Timestamp now, const std::string& error, Timestamp next_due);
  // Not fetched now, but later.
  Status postpone(Id id, Timestamp next_due);

  // So that the next answer is a whole one.
  Status clear_validators(Id id);

  Status link_to_entry(Id source_id, Id entry_id);
  Result<std::vector<Id>> entries_of(Id source_id);
  // Sources of an entry that are not removed.
  Result<std::vector<Source>> of_entry(Id entry_id);

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
