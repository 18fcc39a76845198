#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Problems of the store's file, in words, before a run writes to it; empty where none is known.
// The whole file is checked (Store::check_integrity, not thorough), which takes the longer the
// larger it
// is, where
//   - the last check was more than 24 hours ago, or never, or lies in the future;
//   - the last run did not end (killed, power loss, error);
//   - the store's log was there at opening: a process that had it open died, or has it open now;
//   - the file is another one: a copy, a restored backup, the work of a synchronizing program.
// In between SQLite refuses any damaged page that it reads, in a transaction that then stores
// nothing, and
// bodies are compared with their hash whenever they are read. A sound file is noted, except where
// `read_only`.
Result<std::vector<std::string>> check_before_run(Store& store, Timestamp now, bool read_only);

}  // namespace stubkeeper::kb
