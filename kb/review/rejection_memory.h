#pragma once

#include <set>
#include <string>
#include <vector>

#include "kb/review/proposals.h"
#include "kb/review/refusals.h"

namespace stubkeeper::kb {

// What a person turned down for an entry: changes by what they say and whose words they rest on, and what the
// standing refusals speak of. Read once, for all changes that are to be proposed.
class RejectionMemory {
 public:
  static Result<RejectionMemory> read(Store& store, Id entry_id);

  // Whether a change is not to be proposed: it says in the same words, whatever their case and punctuation,
  // what was rejected on the word of one of the same sources (or both rest on none); or its kind, or a
  // passage that it quotes, is refused.
  Result<bool> is_rejected(const Proposals::NewChange& change);

 private:
  RejectionMemory(Store& store, Id entry_id, ActiveRefusals refusals)
      : store_(&store), entry_id_(entry_id), refusals_(std::move(refusals)) {}
  Result<std::set<Id>> sources_of(const std::vector<Citation>& citations);

  struct Rejected {
    std::string words;
    std::set<Id> sources;
  };
  Store* store_;
  Id entry_id_;
  ActiveRefusals refusals_;
  std::vector<Rejected> rejected_;
};

}  // namespace stubkeeper::kb
