#pragma once

#include <set>
#include <string>
#include <vector>

#include "kb/review/proposals.h"
#include "kb/review/refusals.h"

namespace stubkeeper::kb {

// The rejected changes of an entry, by their words and sources, and the refusals in force. Read
// once, for all changes that are to be proposed.
class RejectionMemory {
 public:
  static Result<RejectionMemory> read(Store& store, Id entry_id);

  // Whether a change is not to be proposed: one with the same words, but for case and punctuation,
  // and one of the same sources (or none) was rejected; or its kind, or a passage that it quotes,
  // is refused.
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
