#include "kb/review/refusals.h"

#include <algorithm>
#include <set>

#include "base/text/utf8.h"
#include "kb/review/proposals.h"
#include "kb/review/review.h"
#include "kb/sources/snapshots.h"
#include "kb/store/database.h"
#include "kb/store/enum_names.h"

namespace stubkeeper::kb {
namespace {

constexpr EnumNames<3> subjects{"source", "passage", "kind"};
constexpr std::size_t max_excerpt_characters = 120;

#define REFUSAL_COLUMNS                                                                         \
  "id, subject, entry_id, source_id, likeness_sha256, change_kind, words, reason, refused_by, " \
  "refused_at, lifted_at "

Refusal refusal_of(const Row& row) {
  Refusal refusal;
  std::string subject;
  row.read(refusal.id, subject, refusal.entry_id, refusal.source_id, refusal.normalized_sha256,
           refusal.change_kind, refusal.words, refusal.reason, refusal.refused_by, refusal.refused_at,
           refusal.lifted_at);
  refusal.subject = refusal_subject_from_name(subject).value_or(RefusalSubject::source);
  return refusal;
}

bool is_same_refusal(const Refusal& a, const Refusal& b) {
  return a.subject == b.subject && a.entry_id == b.entry_id && a.source_id == b.source_id &&
         a.normalized_sha256 == b.normalized_sha256 && a.change_kind == b.change_kind;
}

// A quote's source, and the passages of its snapshot that it touches.
struct QuotedSource {
  Id source_id = 0;
  std::string address;
  std::vector<std::pair<std::string, std::string>> passages;  // likeness and text
};

Result<std::vector<QuotedSource>> find_quoted_sources(Store& store, const Change& change) {
  Snapshots snapshots{store};
  std::vector<QuotedSource> all;
  for (const Citation& citation : change.citations) {
    STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(citation.snapshot_id));
    STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
    STUBKEEPER_ASSIGN(const auto passages, snapshots.passages(snapshot.id));
    STUBKEEPER_ASSIGN(const std::string text, snapshots.text(snapshot));
    QuotedSource quoted{document.source_id, document.address, {}};
    for (const Passage& passage : passages) {
      if (passage.begin_byte < citation.end_byte && citation.begin_byte < passage.end_byte)
        quoted.passages.emplace_back(passage.normalized_sha256,
                                     text.substr(passage.begin_byte, passage.end_byte - passage.begin_byte));
    }
    all.push_back(std::move(quoted));
  }
  return all;
}

std::vector<Refusal> make_refusals(const Change& change, const std::vector<QuotedSource>& quoted,
                                   RefusalSubject subject) {
  std::vector<Refusal> refusals;
  const auto add = [&](Refusal refusal) {
    refusal.subject = subject;
    const bool there = std::any_of(refusals.begin(), refusals.end(),
                                   [&](const Refusal& each) { return is_same_refusal(each, refusal); });
    if (!there) refusals.push_back(std::move(refusal));
  };
  if (subject == RefusalSubject::kind) {
    Refusal refusal;
    refusal.change_kind = change.kind;
    refusal.words = change.kind;
    add(std::move(refusal));
  }
  for (const QuotedSource& each : quoted) {
    Refusal refusal;
    if (subject == RefusalSubject::source) {
      refusal.source_id = each.source_id;
      refusal.words = each.address;
      add(std::move(refusal));
    }
    if (subject != RefusalSubject::passage) continue;
    for (const auto& [normalized_hash, text] : each.passages) {
      Refusal of_passage;
      of_passage.normalized_sha256 = normalized_hash;
      of_passage.words = truncate_at_word(to_valid_utf8(text), max_excerpt_characters);
      add(std::move(of_passage));
    }
  }
  return refusals;
}

// Waiting changes that a refusal applies to.
Result<std::vector<Id>> matching_waiting_changes(Store& store, const Refusal& refusal) {
  Database& database = store.database();
  if (refusal.subject == RefusalSubject::kind) {
    return database.query(
        "SELECT change.id FROM change JOIN proposal ON proposal.id = proposal_id "
        "WHERE state = 'waiting' AND change.kind = ?1 AND (?2 = 0 OR entry_id = ?2) ORDER BY change.id",
        {refusal.change_kind, refusal.entry_id}, first_integer);
  }
  if (refusal.subject == RefusalSubject::source) {
    return database.query(
        "SELECT change.id FROM change JOIN proposal ON proposal.id = proposal_id "
        "WHERE change.state = 'waiting' AND (?2 = 0 OR entry_id = ?2) AND change.id IN "
        "(SELECT change_id FROM citation JOIN snapshot ON snapshot.id = snapshot_id "
        "JOIN document ON document.id = document_id WHERE source_id = ?1) ORDER BY change.id",
        {refusal.source_id, refusal.entry_id}, first_integer);
  }
  return database.query(
      "SELECT change.id FROM change JOIN proposal ON proposal.id = proposal_id "
      "WHERE change.state = 'waiting' AND (?2 = 0 OR entry_id = ?2) AND change.id IN "
      "(SELECT change_id FROM citation JOIN passage ON passage.snapshot_id = citation.snapshot_id "
      "AND passage.begin_byte < citation.end_byte AND citation.begin_byte < passage.end_byte "
      "WHERE likeness_sha256 = ?1) ORDER BY change.id",
      {refusal.normalized_sha256, refusal.entry_id}, first_integer);
}

std::string decision_reason(const Refusal& refusal) {
  switch (refusal.subject) {
    case RefusalSubject::source:
      return "never from this source: " + refusal.words;
    case RefusalSubject::passage:
      return "never this passage: " + refusal.words;
    case RefusalSubject::kind:
      return "not this kind: " + refusal.words;
  }
  return "";
}

}  // namespace

const char* refusal_subject_name(RefusalSubject subject) {
  return enum_name(subjects, subject);
}

std::optional<RefusalSubject> refusal_subject_from_name(std::string_view name) {
  return enum_from_name<RefusalSubject>(subjects, name);
}

bool ActiveRefusals::refuses_source(Id entry_id, Id source_id) const {
  return std::any_of(refusals_.begin(), refusals_.end(), [&](const Refusal& refusal) {
    return refusal.subject == RefusalSubject::source && refusal.source_id == source_id &&
           (refusal.entry_id == 0 || refusal.entry_id == entry_id);
  });
}

bool ActiveRefusals::refuses_passage(Id entry_id, Id source_id, const std::string& normalized_sha256) const {
  return std::any_of(refusals_.begin(), refusals_.end(), [&](const Refusal& refusal) {
    if (refusal.entry_id != 0 && refusal.entry_id != entry_id) return false;
    if (refusal.subject == RefusalSubject::source) return refusal.source_id == source_id;
    return refusal.subject == RefusalSubject::passage && refusal.normalized_sha256 == normalized_sha256;
  });
}

bool ActiveRefusals::refuses_kind(Id entry_id, const std::string& kind) const {
  const auto kinds = refused_kinds(entry_id);
  return std::binary_search(kinds.begin(), kinds.end(), kind);
}

std::vector<std::string> ActiveRefusals::refused_kinds(Id entry_id) const {
  std::set<std::string> kinds;
  for (const Refusal& refusal : refusals_) {
    const bool applies = refusal.entry_id == 0 || refusal.entry_id == entry_id;
    if (applies && refusal.subject == RefusalSubject::kind) kinds.insert(refusal.change_kind);
  }
  return {kinds.begin(), kinds.end()};
}

Result<std::vector<Refusal>> Refusals::refuse(Id change_id, RefusalSubject subject, bool everywhere,
                                              const Reviewer& reviewer, const std::string& reason,
                                              Timestamp now) {
  std::vector<Refusal> made;
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    Database& database = store_.database();
    STUBKEEPER_ASSIGN(const auto change, Proposals{store_}.get(change_id));
    STUBKEEPER_ASSIGN(const auto quoted, find_quoted_sources(store_, change));
    auto refusals = make_refusals(change, quoted, subject);
    if (refusals.empty()) {
      return Error{
          ErrorCode::refused, "change " + std::to_string(change_id) + " quotes nothing", "",
          "its kind can be refused: `stubkeeper review never " + std::to_string(change_id) + " --kind`"};
    }
    STUBKEEPER_ASSIGN(const auto active_refusals, list());
    for (Refusal& refusal : refusals) {
      refusal.entry_id = everywhere ? 0 : change.entry_id;
      refusal.reason = reason;
      refusal.refused_by = reviewer.name;
      refusal.refused_at = now;
      const bool known = std::any_of(active_refusals.begin(), active_refusals.end(),
                                     [&](const Refusal& each) { return is_same_refusal(each, refusal); });
      if (known) continue;
      STUBKEEPER_TRY(database.run(
          "INSERT INTO refusal (subject, entry_id, source_id, likeness_sha256, change_kind, words, reason, "
          "refused_by, refused_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          {std::string_view{refusal_subject_name(subject)}, id_or_null(refusal.entry_id),
           id_or_null(refusal.source_id), text_or_null(refusal.normalized_sha256),
           text_or_null(refusal.change_kind), refusal.words, reason, reviewer.name, to_value(now)}));
      refusal.id = database.last_insert_id();
      STUBKEEPER_ASSIGN(const auto waiting, matching_waiting_changes(store_, refusal));
      for (const Id id : waiting) {
        STUBKEEPER_TRY(reject_change(store_, id, reviewer, decision_reason(refusal), now));
        STUBKEEPER_TRY(database.run("INSERT INTO refused_change (refusal_id, change_id) VALUES (?, ?)",
                                    {refusal.id, id}));
      }
      made.push_back(std::move(refusal));
    }
    return {};
  }));
  return made;
}

Status Refusals::lift(Id refusal_id, const Reviewer& reviewer, Timestamp now) {
  return store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto all, list(true));
    const auto refusal =
        std::find_if(all.begin(), all.end(), [&](const Refusal& each) { return each.id == refusal_id; });
    if (refusal == all.end()) {
      return Error{ErrorCode::not_found, "there is no refusal " + std::to_string(refusal_id), "",
                   "`stubkeeper review refusals` lists them"};
    }
    if (refusal->lifted_at) {
      return Error{ErrorCode::conflict, "refusal " + std::to_string(refusal_id) + " is lifted already", "",
                   ""};
    }
    STUBKEEPER_TRY(store_.database().run("UPDATE refusal SET lifted_by = ?, lifted_at = ? WHERE id = ?",
                                         {reviewer.name, to_value(now), refusal_id}));
    STUBKEEPER_ASSIGN(const auto changes,
                      store_.database().query(
                          "SELECT change_id FROM refused_change JOIN change ON change.id = change_id "
                          "WHERE refusal_id = ? AND state = 'rejected' AND (SELECT reason FROM decision "
                          "WHERE decision.change_id = change.id ORDER BY decision.id DESC LIMIT 1) = ? "
                          "ORDER BY change_id",
                          {refusal_id, decision_reason(*refusal)}, first_integer));
    for (const Id id : changes)
      STUBKEEPER_TRY(undo_rejection(store_, id, reviewer, "the refusal was lifted", now));
    return {};
  });
}

Result<std::vector<Refusal>> Refusals::list(bool include_lifted) {
  return store_.database().query("SELECT " REFUSAL_COLUMNS
                                 "FROM refusal WHERE ? OR lifted_at IS NULL ORDER BY id",
                                 {std::int64_t{include_lifted}}, refusal_of);
}

Result<ActiveRefusals> Refusals::active_refusals() {
  STUBKEEPER_ASSIGN(auto refusals, list());
  return ActiveRefusals{std::move(refusals)};
}

}  // namespace stubkeeper::kb
