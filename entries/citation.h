#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"

namespace stubkeeper::entries {

// A quote for or against a change: a byte range of a snapshot's text, with the words in it.
struct Citation {
  std::int64_t id = 0;  // 0: not stored
  std::int64_t snapshot_id = 0;
  std::size_t begin_byte = 0;
  std::size_t end_byte = 0;
  std::string quote;  // the snapshot's own bytes in that range
  bool refutes = false;
};

// A reason to look, by a stable name such as "number-not-in-quote".
struct Flag {
  std::int64_t id = 0;  // 0: not stored
  std::string name;
  std::string detail;
  Timestamp raised_at{};
  std::optional<Timestamp> resolved_at{};
};

}  // namespace stubkeeper::entries
