#pragma once

#include <optional>
#include <string>

#include "kb/records.h"

namespace stubkeeper::kb {

// Which changes are meant; what is not set lets all pass.
struct ChangeFilter {
  std::optional<ChangeState> state = ChangeState::waiting;
  std::string path;             // an entry, or everything below a section
  std::string flag;             // has this unresolved flag
  std::optional<bool> flagged;  // has an unresolved flag, or none
  std::string kind;
  Id source_id = 0;  // cites a snapshot of this source
  Id run_id = 0;
  std::optional<Timestamp> proposed_from;    // at this time or later
  std::optional<Timestamp> proposed_before;  // before this time
  std::string words;  // stands in its text or its entry's path or title; ASCII letters in any case
  bool operator==(const ChangeFilter&) const = default;
};

}  // namespace stubkeeper::kb
