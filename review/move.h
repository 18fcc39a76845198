#pragma once

#include <vector>

#include "base/clock.h"
#include "entries/block_diff.h"
#include "kb/records.h"
#include "kb/review/own_version.h"
#include "kb/store/store.h"
#include "review/surroundings.h"

namespace stubkeeper::review {

// A waiting change as it would stand in another part of its entry: what a person looks at before it is
// approved there.
struct MovedText {
  kb::OwnVersion own;  // with the part's heading as the page has it
  std::vector<entries::BlockDifference> difference;
  Surroundings around;
  std::vector<kb::Flag> flags;  // what speaks against it there
};

// A person's version for another part, as it is shown and approved: where a development is made of a text
// that says when ("delivered on 9 July 2026"), it begins with that date, so that it can be seen and changed;
// else it takes the date of its source (kb::own_edit). `today`: "2026-05-07".
kb::OwnVersion dated_version(kb::Store& store, const kb::OwnVersion& own, const std::string& today);

// `own` names the part. The store is not written to. Errors are those of verify_edited(), and of
// kb::text_with_change() where it fits no more.
Result<MovedText> moved_text(kb::Store& store, const kb::Change& change, const kb::OwnVersion& own,
                             Timestamp now);
// The same with the proposed text.
Result<MovedText> moved_text(kb::Store& store, const kb::Change& change, const std::string& part,
                             Timestamp now);

}  // namespace stubkeeper::review
