#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "kb/entries/records.h"
#include "kb/store/id.h"

namespace stubkeeper::kb {

struct Proposal {
  Id id = 0;
  Id run_id = 0;
  Id entry_id = 0;
  Id base_revision_id = 0;
  std::string drafter;
  Timestamp created_at;
};

// Who decides: a person by name, or a policy of the configuration.
struct Reviewer {
  AuthorKind kind = AuthorKind::person;
  std::string name;
};

enum class Verdict { approve, reject, edit, undo };
const char* verdict_name(Verdict verdict);
std::optional<Verdict> verdict_from_name(const std::string& name);

struct Decision {
  Id id = 0;
  Id change_id = 0;
  Verdict verdict = Verdict::approve;
  std::string decided_by;
  Timestamp decided_at;
  std::string reason;
  std::string text;      // for an edit: what the person wrote instead
  std::string moved_to;  // for an edit: the part that it was put into, by heading; "" for the proposed one
};

// A filter of changes; fields that are not set let all pass.
struct ChangeFilter {
  std::optional<ChangeState> state = ChangeState::waiting;
  std::string path;             // an entry, or everything below a section
  std::string flag;             // has this unresolved flag
  std::optional<bool> flagged;  // has an unresolved flag, or none
  std::string kind;
  std::optional<bool> first_look;  // of a first look at a source, or news
  Id source_id = 0;                // cites a snapshot of this source
  std::vector<Id> snapshots;       // cites one of these
  Id run_id = 0;
  std::optional<Timestamp> proposed_from;    // at this time or later
  std::optional<Timestamp> proposed_before;  // before this time
  std::string words;  // in its text, or its entry's path or title; ASCII letters in any case
  bool operator==(const ChangeFilter&) const = default;
};

}  // namespace stubkeeper::kb
