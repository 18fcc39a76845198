#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "kb/sources/records.h"
#include "kb/store/id.h"

namespace stubkeeper::kb {

enum class EntryKind { entry, section };
// stub: a name and sources only; never exported. removed: its file was deleted by a person.
enum class EntryState { stub, published, removed };
const char* entry_state_name(EntryState state);
std::optional<EntryState> entry_state_from_name(const std::string& name);

struct Entry {
  Id id = 0;
  std::string path;  // "datacenters/cooling/corintis"
  std::string file;  // "datacenters/cooling/corintis.md"
  EntryKind kind = EntryKind::entry;
  std::string title;
  EntryState state = EntryState::published;
  Id current_revision_id = 0;
};

enum class AuthorKind { person, model, policy, import };
const char* author_kind_name(AuthorKind kind);
std::optional<AuthorKind> author_kind_from_name(const std::string& name);

struct Revision {
  Id id = 0;
  Id entry_id = 0;
  int number = 0;  // 1 for the first
  std::string body_sha256;
  AuthorKind author_kind = AuthorKind::person;
  std::string author;  // a person's name, a drafter's, or a policy's
  Timestamp created_at;
  std::string note;
};

// A block of a revision. `origin_revision_id`: the revision that gave it its text.
struct BlockRecord {
  std::string block_id;
  std::string kind;
  std::size_t begin_byte = 0;
  std::size_t end_byte = 0;
  Id origin_revision_id = 0;
};

// A passage that waits for a draft, and the entry it concerns.
struct Routing {
  Id passage_id = 0;
  Id entry_id = 0;
  bool names_subject = false;       // else the entry cites the source
  bool has_fallback_draft = false;  // another drafter drafted it in place of the model that it waits for
  bool is_first_look = false;       // its source's text was never held against the entry before
};

enum class ChangeState { waiting, approved, rejected, outdated, superseded };
const char* change_state_name(ChangeState state);
std::optional<ChangeState> change_state_from_name(const std::string& name);

// The kind of change that only moves the date of the last review.
inline constexpr const char* rechecked_kind = "rechecked";

struct Change {
  Id id = 0;
  Id proposal_id = 0;
  Id entry_id = 0;
  int ordinal = 0;
  std::string kind;       // "add development", "write summary", "rechecked", ...
  std::string edit_json;  // an entries::Edit, see kb/entries/edit_json.h
  std::string place;      // for people: "Notable Developments"
  std::string old_text;
  std::string new_text;
  std::string reason;
  ChangeState state = ChangeState::waiting;
  Id applied_revision_id = 0;
  Id first_look_source_id =
      0;  // the source whose first look it comes of (kb/review/first_looks.h); 0 for news
  std::vector<Citation> citations;
  std::vector<Flag> flags;  // unresolved ones first
};

// Whether a change has an unresolved flag.
bool is_flagged(const Change& change);

}  // namespace stubkeeper::kb
