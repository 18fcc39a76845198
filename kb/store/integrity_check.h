#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What is wrong with the store's file, in words, to be asked before a run writes to it; empty: nothing is
// known. The whole file is checked (Store::check_integrity, not thorough), which takes the longer the larger
// it is, unless nothing can have happened to it since it was last found sound. It is checked where
//   - that was more than 24 hours ago, or never, or lies in the future;
//   - the last run did not come to its end (it was killed, the power went, or it met an error);
//   - the store's log lay beside it when it was opened: somebody died who had it open, or has it open now;
//   - it is another file: a copy, a backup that was put back, what a synchronizing program made of it.
// In between SQLite itself refuses a page that is no page whenever it comes upon one, in a transaction that
// then stores nothing, and stored bytes are compared with their hash whenever they are read.
// A sound file is noted as such, except where `read_only`.
Result<std::vector<std::string>> check_before_run(Store& store, Timestamp now, bool read_only);

}  // namespace stubkeeper::kb
