#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kb/review/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

enum class RefusalSubject { source, passage, kind };
const char* refusal_subject_name(RefusalSubject subject);
std::optional<RefusalSubject> refusal_subject_from_name(std::string_view name);

// A source, passage or kind of change that is never to be proposed again.
struct Refusal {
  Id id = 0;
  RefusalSubject subject = RefusalSubject::source;
  Id entry_id = 0;  // 0: for every entry
  Id source_id = 0;
  std::string normalized_sha256;  // of a passage, as Passage has it
  std::string change_kind;
  std::string words;  // for people: the source's address, the passage's beginning, or the kind
  std::string reason;
  std::string refused_by;
  Timestamp refused_at;
  std::optional<Timestamp> lifted_at;
};

// The refusals in force at one time.
class ActiveRefusals {
 public:
  explicit ActiveRefusals(std::vector<Refusal> refusals) : refusals_(std::move(refusals)) {}
  bool refuses_source(Id entry_id, Id source_id) const;
  bool refuses_passage(Id entry_id, Id source_id, const std::string& normalized_sha256) const;
  bool refuses_kind(Id entry_id, const std::string& kind) const;
  std::vector<std::string> refused_kinds(Id entry_id) const;  // sorted, each once
  bool empty() const { return refusals_.empty(); }

 private:
  std::vector<Refusal> refusals_;
};

// "Never from this source", "never this passage", "not this kind". Borrows the store.
class Refusals {
 public:
  explicit Refusals(Store& store) : store_(store) {}

  // Refuses each source that a change quotes, each passage that has one of its quotes, or its kind,
  // for its entry or for all. Rejects the change, if it waits, and the other waiting changes that
  // the refusal applies to. Gives the new refusals. refused where the change quotes nothing and its
  // kind is not meant; not_found. One transaction.
  Result<std::vector<Refusal>> refuse(Id change_id, RefusalSubject subject, bool everywhere,
                                      const Reviewer& reviewer, const std::string& reason, Timestamp now);

  // Lifts a refusal: the changes that it rejected wait again, if nobody decided otherwise since.
  // conflict where it is lifted already.
  Status lift(Id refusal_id, const Reviewer& reviewer, Timestamp now);

  Result<std::vector<Refusal>> list(bool include_lifted = false);  // oldest first
  Result<ActiveRefusals> active_refusals();

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
