#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace stubkeeper {

// The failure of one item among many, such as a source or an entry, which ends nothing for the others.
struct ItemFailure {
  std::string item;  // an address or a path
  Error error;
};

// Whether an error is of the item that was worked on. An error of the store, the machine or the program
// (corrupt, busy, io, internal) is not: whatever comes next would meet it too.
bool is_item_failure(const Error& error);

// Adds an item's failure to `failures`. Error: one that is not of the item.
Status collect_item_failure(std::vector<ItemFailure>& failures, std::string item, const Status& outcome);

}  // namespace stubkeeper
