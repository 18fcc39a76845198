#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace stubkeeper::kb {

// The number of a row; 0 is none.
using Id = std::int64_t;

enum class SourceKind { page, feed, sitemap, pdf, search, file };
const char* source_kind_name(SourceKind kind);
std::optional<SourceKind> source_kind_from_name(const std::string& name);

// active: looked at when due. paused: kept, not looked at. gone: its address answers no more; its snapshots
// stay citable. removed: taken off the list, by a person or because another source has its address now; its
// snapshots stay.
enum class SourceState { active, paused, gone, removed };
const char* source_state_name(SourceState state);
std::optional<SourceState> source_state_from_name(const std::string& name);

// What a feed said of how often it may be looked at; nothing said is all zeros.
struct VisitHints {
  std::int64_t min_minutes = 0;   // between two looks
  std::uint32_t skipped_hours = 0;  // bit n: the hour n of the day (0 to 23) in GMT
  std::uint32_t skipped_days = 0;   // bit n: the day n of the week in GMT, 0 for Sunday
};

struct Source {
  Id id = 0;
  SourceKind kind = SourceKind::page;
  std::string address;
  std::string title;
  SourceState state = SourceState::active;
  Timestamp added_at;
  Timestamp due_at;
  std::optional<Timestamp> checked_at;  // the last answer of any sort
  std::optional<Timestamp> changed_at;  // the last answer that brought new text
  std::string etag;                     // of the last good answer, verbatim
  std::string last_modified;
  std::string validated_address;  // the address, after redirects, that gave them; "": the source's own
  int failures = 0;               // in a row
  std::optional<Timestamp> failing_since;
  std::string last_error;
  int absences = 0;  // failures in a row that count towards "gone"
  std::optional<Timestamp> absent_at;
  std::optional<Timestamp> gone_at;
  VisitHints hints;
  bool has_permanent_redirect = false;  // its address was last seen to lead elsewhere for good
};

// What a source leads to: a page itself, or an item of a feed. `identity` is unique within the source.
struct DocumentRecord {
  Id id = 0;
  Id source_id = 0;
  std::string identity;
  std::string address;
  std::string host;  // of the address, lower case, without port; "" for what is on no host
};

struct Snapshot {
  Id id = 0;
  Id document_id = 0;
  Timestamp fetched_at;
  std::string body_sha256;  // of the bytes as they were fetched
  std::string text_sha256;  // of the extracted text
  std::string content_type;
  std::string final_address;
  std::string title;
  std::string author;
  std::string site_name;
  std::string language;
  std::string published;  // RFC 3339 or the part of it that is known
  std::string modified;
};

struct Passage {
  Id id = 0;
  Id snapshot_id = 0;
  int ordinal = 0;
  std::size_t begin_byte = 0;  // in the snapshot's text
  std::size_t end_byte = 0;
  std::string normalized_sha256;  // of the text as it counts for "is this new?"
  // Against all snapshots of the same document, and not what repeats on its host (kb/sources/host_boilerplate.h).
  bool is_new = false;
};

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

// A block of a revision. `origin_revision_id`: the revision in which it got the text that it has here.
struct BlockRecord {
  std::string block_id;
  std::string kind;
  std::size_t begin_byte = 0;
  std::size_t end_byte = 0;
  Id origin_revision_id = 0;
};

enum class ChangeState { waiting, approved, rejected, outdated, superseded };
const char* change_state_name(ChangeState state);
std::optional<ChangeState> change_state_from_name(const std::string& name);

struct Proposal {
  Id id = 0;
  Id run_id = 0;
  Id entry_id = 0;
  Id base_revision_id = 0;
  std::string drafter;
  Timestamp created_at;
};

// A change ↔ a byte range of a snapshot's text, with the words that stand there.
struct Citation {
  Id id = 0;
  Id snapshot_id = 0;
  std::size_t begin_byte = 0;
  std::size_t end_byte = 0;
  std::string quote;  // the snapshot's own bytes in that range
  bool refutes = false;
};

struct Flag {
  Id id = 0;
  std::string name;
  std::string detail;
  Timestamp raised_at;
  std::optional<Timestamp> resolved_at;
};

// The kind of change that says nothing new and moves the date of the review.
inline constexpr const char* rechecked_kind = "rechecked";

struct Change {
  Id id = 0;
  Id proposal_id = 0;
  Id entry_id = 0;
  int ordinal = 0;
  std::string kind;       // "add development", "write summary", "rechecked", ...
  std::string edit_json;  // an entries::Edit, see kb/review/edit_json.h
  std::string place;      // for people: "Notable Developments"
  std::string old_text;
  std::string new_text;
  std::string reason;
  ChangeState state = ChangeState::waiting;
  Id applied_revision_id = 0;
  std::vector<Citation> citations;
  std::vector<Flag> flags;  // unresolved ones first
};

// Whether something is found against a change that is not resolved.
bool is_flagged(const Change& change);

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

enum class RunState { running, done, partial, failed, interrupted };
const char* run_state_name(RunState state);
std::optional<RunState> run_state_from_name(const std::string& name);

struct Run {
  Id id = 0;
  Timestamp started_at;
  std::optional<Timestamp> ended_at;
  RunState state = RunState::running;
  std::string drafter;
  std::string report_json;
  std::int64_t tokens_spent = 0;
  std::int64_t micro_usd_spent = 0;
};

enum class FetchResultKind { new_document, changed, unchanged, not_modified, failed };
const char* fetch_result_name(FetchResultKind kind);

struct FetchRecord {
  Id run_id = 0;
  Id source_id = 0;
  Timestamp at;
  FetchResultKind outcome = FetchResultKind::failed;
  int http_status = 0;
  std::string error;
  std::int64_t bytes = 0;
};

}  // namespace stubkeeper::kb
