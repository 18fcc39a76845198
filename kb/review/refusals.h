#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/review/review.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

enum class RefusalSubject { source, passage, kind };
const char* refusal_subject_name(RefusalSubject subject);
std::optional<RefusalSubject> refusal_subject_from_name(std::string_view name);

// What a person never wants to see proposed again.
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

// The refusals that stand, for asking often. A value: it does not follow what is refused later.
class ActiveRefusals {
 public:
  explicit ActiveRefusals(std::vector<Refusal> refusals) : refusals_(std::move(refusals)) {}
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

  // Refuses what a change shows: each source that it quotes, each passage that a quote stands in, or its
  // kind; for its entry, or for every one. The change is rejected with it, where it waits, and so are the
  // other waiting changes that the refusal speaks of; it is all one transaction. Gives the refusals that were
  // made, none for what was refused already. refused where the change quotes nothing and its kind is not
  // meant; not_found.
  Result<std::vector<Refusal>> refuse(Id change_id, RefusalSubject subject, bool everywhere,
                                      const Reviewer& reviewer, const std::string& reason, Timestamp now);

  // Takes a refusal back: what it turned down waits again, where nobody decided otherwise since. conflict
  // where it was lifted already.
  Status lift(Id refusal_id, const Reviewer& reviewer, Timestamp now);

  Result<std::vector<Refusal>> list(bool include_lifted = false);  // oldest first
  Result<ActiveRefusals> active_refusals();

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
