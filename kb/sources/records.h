#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "entries/citation.h"
#include "kb/store/id.h"

namespace stubkeeper::kb {

// active: fetched when due. paused: not fetched. gone: its address answers no more. removed: taken
// off the list, by a person or because another source has its address now. Snapshots stay citable
// in each state.
enum class SourceState { active, paused, gone, removed };
const char* source_state_name(SourceState state);
std::optional<SourceState> source_state_from_name(const std::string& name);

// How often a feed says that it may be fetched (RSS ttl, skipHours, skipDays); zeros where it says
// nothing.
struct VisitHints {
  std::int64_t min_minutes = 0;     // between two fetches
  std::uint32_t skipped_hours = 0;  // bit n: the hour n of the day (0 to 23) in GMT
  std::uint32_t skipped_days = 0;   // bit n: the day n of the week in GMT, 0 for Sunday
};

struct Source {
  Id id = 0;
  std::string kind = "page";  // the name of a row of cron/kinds/source_kinds.cc
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

// A page itself, or an item of a feed. `identity` is unique within the source.
struct DocumentRecord {
  Id id = 0;
  Id source_id = 0;
  std::string identity;
  std::string address;
  std::string host;  // of the address, lower case, without port; "" for a local file
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
  std::string normalized_sha256;  // of the text in the form in which it is compared with older passages
  // In no earlier snapshot of the document, and no boilerplate of its host
  // (kb/sources/host_boilerplate.h).
  bool is_new = false;
};

using entries::Citation;
using entries::Flag;

}  // namespace stubkeeper::kb
