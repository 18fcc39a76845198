#include "kb/review/proposals.h"

#include <map>

#include "kb/entries/change_rows.h"
#include "kb/entries/edit_json.h"
#include "kb/review/filter_condition.h"
#include "kb/review/rejection_memory.h"
#include "kb/sources/snapshots.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

Status verify_citation(Store& store, const Citation& citation, std::map<Id, std::string>& texts) {
  auto known = texts.find(citation.snapshot_id);
  if (known == texts.end()) {
    Snapshots snapshots{store};
    STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(citation.snapshot_id));
    STUBKEEPER_ASSIGN(auto text, snapshots.text(snapshot));
    known = texts.emplace(citation.snapshot_id, std::move(text)).first;
  }
  const std::string& text = known->second;
  const bool in_range = citation.begin_byte < citation.end_byte && citation.end_byte <= text.size();
  if (in_range && std::string_view{text}.substr(citation.begin_byte,
                                                citation.end_byte - citation.begin_byte) == citation.quote)
    return {};
  return Error{ErrorCode::corrupt, "a quote is not what stands in its snapshot at that place",
               "snapshot " + std::to_string(citation.snapshot_id), ""};
}

Status insert_citation(Database& database, Id change_id, const Citation& citation) {
  return database.run(
      "INSERT INTO citation (change_id, snapshot_id, begin_byte, end_byte, quote, role) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      {change_id, citation.snapshot_id, static_cast<std::int64_t>(citation.begin_byte),
       static_cast<std::int64_t>(citation.end_byte), citation.quote,
       std::string_view{citation.refutes ? "refutes" : "supports"}});
}

// Marks waiting changes with the same text, or of the same block or field, as superseded by a newer
// one.
Status supersede(Database& database, Id entry_id, Id proposal_id, Id change_id,
                 const Proposals::NewChange& change) {
  const bool replaces = change.edit.kind == entries::EditKind::replace_block ||
                        change.edit.kind == entries::EditKind::remove_block ||
                        change.edit.kind == entries::EditKind::set_field;
  return database.run(
      "UPDATE change SET state = 'superseded', superseded_by = ?7 WHERE state = 'waiting' "
      "AND proposal_id <> ?1 AND proposal_id IN (SELECT id FROM proposal WHERE entry_id = ?2) "
      "AND (new_text = ?3 OR (?4 AND json_extract(edit_json, '$.target') = ?5 "
      "AND json_extract(edit_json, '$.kind') = ?6))",
      {proposal_id, entry_id, change.new_text, std::int64_t{replaces}, change.edit.target,
       std::string_view{entries::edit_kind_name(change.edit.kind)}, change_id});
}

Result<std::vector<const Proposals::NewChange*>> drop_rejected(
    Store& store, Id entry_id, const std::vector<Proposals::NewChange>& changes) {
  std::vector<const Proposals::NewChange*> accepted;
  if (changes.empty()) return accepted;
  STUBKEEPER_ASSIGN(auto rejection_memory, RejectionMemory::read(store, entry_id));
  for (const Proposals::NewChange& change : changes) {
    STUBKEEPER_ASSIGN(const bool is_rejected_change, rejection_memory.is_rejected(change));
    if (!is_rejected_change) accepted.push_back(&change);
  }
  return accepted;
}

// Routings that a condition holds for, by passage.
Result<std::vector<Routing>> read_routings(Database& database, const std::string& condition,
                                           const std::vector<Value>& parameters) {
  std::vector<Routing> routings;
  STUBKEEPER_TRY(database.run(
      "SELECT passage_id, entry_id, reason, stand_in_run_id IS NOT NULL, is_first_look FROM routing "
      "WHERE " +
          condition + " ORDER BY passage_id",
      parameters, [&](const Row& row) -> Status {
        routings.push_back({row.integer(0), row.integer(1), row.view(2) == "names_subject",
                            row.integer(3) != 0, row.integer(4) != 0});
        return {};
      }));
  return routings;
}

}  // namespace

Status Proposals::route(Id run_id, const Routing& routing) {
  return store_.database().run(
      "INSERT INTO routing (passage_id, entry_id, reason, run_id, is_first_look) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT DO NOTHING",
      {routing.passage_id, routing.entry_id,
       std::string_view{routing.names_subject ? "names_subject" : "cites_source"}, run_id,
       std::int64_t{routing.is_first_look}});
}

Result<std::vector<Id>> Proposals::entries_waiting_for_draft() {
  return store_.database().query(
      "SELECT id FROM entry WHERE id IN (SELECT entry_id FROM routing WHERE drafted_in_run_id IS NULL) "
      "ORDER BY path",
      {}, first_integer);
}

Result<std::vector<Routing>> Proposals::waiting_for_draft(Id entry_id) {
  return read_routings(
      store_.database(),
      "entry_id = ? AND drafted_in_run_id IS NULL AND NOT EXISTS (SELECT 1 FROM model_batch_passage JOIN "
      "model_batch_item USING (call_id) WHERE passage_id = routing.passage_id AND "
      "model_batch_passage.entry_id = routing.entry_id AND state IN ('open', 'answered'))",
      {entry_id});
}

Result<std::vector<Routing>> Proposals::drafted_in(Id run_id, Id entry_id) {
  return read_routings(store_.database(), "entry_id = ? AND (drafted_in_run_id = ? OR stand_in_run_id = ?)",
                       {entry_id, run_id, run_id});
}

Status Proposals::accept_fallback_drafts() {
  return store_.database().run(
      "UPDATE routing SET drafted_in_run_id = stand_in_run_id "
      "WHERE drafted_in_run_id IS NULL AND stand_in_run_id IS NOT NULL",
      {});
}

Result<Id> Proposals::propose(Id run_id, Id entry_id, Id base_revision_id, const std::string& drafter,
                              Timestamp now, const std::vector<Routing>& drafted,
                              const std::vector<NewChange>& changes) {
  return store_changes(run_id, entry_id, base_revision_id, drafter, now, drafted, changes, false);
}

Result<Id> Proposals::propose_fallback(Id run_id, Id entry_id, Id base_revision_id,
                                       const std::string& drafter, Timestamp now,
                                       const std::vector<Routing>& drafted,
                                       const std::vector<NewChange>& changes) {
  return store_changes(run_id, entry_id, base_revision_id, drafter, now, drafted, changes, true);
}

Result<Id> Proposals::store_changes(Id run_id, Id entry_id, Id base_revision_id, const std::string& drafter,
                                    Timestamp now, const std::vector<Routing>& drafted,
                                    const std::vector<NewChange>& changes, bool is_fallback) {
  Id proposal_id = 0;
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    Database& database = store_.database();
    for (const Routing& routing : drafted) {
      STUBKEEPER_TRY(database.run(
          is_fallback
              ? "UPDATE routing SET stand_in_run_id = ? WHERE passage_id = ? AND entry_id = ?"
              : "UPDATE routing SET drafted_in_run_id = ?, is_kept = 0 WHERE passage_id = ? AND entry_id = ?",
          {run_id, routing.passage_id, routing.entry_id}));
    }
    if (!is_fallback && !drafted.empty()) {
      STUBKEEPER_TRY(
          database.run("UPDATE change SET state = 'superseded' WHERE state = 'waiting' "
                       "AND proposal_id IN (SELECT id FROM proposal WHERE entry_id = ? AND is_stand_in)",
                       {entry_id}));
    }
    STUBKEEPER_ASSIGN(const auto accepted, drop_rejected(store_, entry_id, changes));
    if (accepted.empty()) return {};
    STUBKEEPER_TRY(database.run(
        "INSERT INTO proposal (run_id, entry_id, base_revision_id, drafter, created_at, is_stand_in) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        {run_id, entry_id, base_revision_id, drafter, to_value(now), std::int64_t{is_fallback}}));
    proposal_id = database.last_insert_id();
    std::map<Id, std::string> texts;
    std::int64_t ordinal = 0;
    for (const NewChange* each : accepted) {
      const NewChange& change = *each;
      const std::string edit = edit_to_json(change.edit);
      STUBKEEPER_TRY(database.run(
          "INSERT INTO change (proposal_id, ordinal, kind, edit_json, place, old_text, new_text, "
          "reason, first_look_source_id, state, content_sha256) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'waiting', change_sha256(?4, ?6, ?7))",
          {proposal_id, ++ordinal, change.kind, edit, change.place, change.old_text, change.new_text,
           change.reason, id_or_null(change.first_look_source_id)}));
      const Id change_id = database.last_insert_id();
      STUBKEEPER_TRY(supersede(database, entry_id, proposal_id, change_id, change));
      for (const Citation& citation : change.citations) {
        STUBKEEPER_TRY(verify_citation(store_, citation, texts));
        STUBKEEPER_TRY(insert_citation(database, change_id, citation));
      }
      for (const Flag& flag : change.flags) {
        STUBKEEPER_TRY(
            database.run("INSERT INTO flag (name, detail, change_id, raised_at) VALUES (?, ?, ?, ?)",
                         {flag.name, flag.detail, change_id, to_value(now)}));
      }
    }
    return {};
  }));
  return proposal_id;
}

Result<std::set<std::pair<std::string, Id>>> Proposals::routed_from(Id snapshot_id) {
  STUBKEEPER_ASSIGN(
      const auto routed,
      store_.database().query("SELECT likeness_sha256, entry_id FROM passage JOIN routing ON passage_id = id "
                              "WHERE snapshot_id = ?",
                              {snapshot_id}, [](const Row& row) {
                                return std::pair{row.text(0), row.integer(1)};
                              }));
  return std::set<std::pair<std::string, Id>>{routed.begin(), routed.end()};
}

Result<std::vector<Change>> Proposals::list(const Filter& filter) {
  const FilterCondition condition{filter};
  return read_changes(store_.database(),
                      "SELECT " CHANGE_COLUMNS
                      "FROM change JOIN proposal ON proposal.id = proposal_id "
                      "JOIN entry ON entry.id = proposal.entry_id WHERE " +
                          condition.sql() + " ORDER BY entry.path, proposal.id, change.ordinal",
                      condition.parameters());
}

Result<Change> Proposals::get(Id change_id) {
  STUBKEEPER_ASSIGN(auto found,
                    read_changes(store_.database(),
                                 "SELECT " CHANGE_COLUMNS
                                 "FROM change JOIN proposal ON proposal.id = proposal_id WHERE change.id = ?",
                                 {change_id}));
  if (found.empty()) {
    return Error{ErrorCode::not_found, "there is no change " + std::to_string(change_id), "",
                 "`stubkeeper review list` shows what waits"};
  }
  return std::move(found.front());
}

Result<std::vector<Id>> Proposals::superseded_by(Id change_id) {
  return store_.database().query("SELECT id FROM change WHERE superseded_by = ? ORDER BY id", {change_id},
                                 first_integer);
}

Result<Proposals::Fate> Proposals::fate(Id change_id) {
  STUBKEEPER_ASSIGN(auto fate,
                    store_.database().query_one(
                        "SELECT coalesce(superseded_by, 0), outdated_because FROM change WHERE id = ?",
                        {change_id}, [](const Row& row) {
                          return Fate{row.integer(0), row.text(1)};
                        }));
  return fate.value_or(Fate{});
}

Result<Proposal> Proposals::proposal(Id proposal_id) {
  return store_.database().query_existing(
      "SELECT id, run_id, entry_id, base_revision_id, drafter, created_at FROM proposal WHERE id = ?",
      {proposal_id},
      [](const Row& row) {
        return Proposal{row.integer(0), row.integer(1), row.integer(2),
                        row.integer(3), row.text(4),    row.time(5)};
      },
      "there is no proposal " + std::to_string(proposal_id));
}

Result<std::vector<Decision>> Proposals::decisions(Id change_id) {
  return store_.database().query(
      "SELECT id, change_id, verdict, decided_by, decided_at, reason, text, moved_to FROM decision "
      "WHERE change_id = ? ORDER BY id",
      {change_id}, [](const Row& row) {
        return Decision{
            row.integer(0), row.integer(1), verdict_from_name(row.text(2)).value_or(Verdict::approve),
            row.text(3),    row.time(4),    row.text(5),
            row.text(6),    row.text(7)};
      });
}

Result<std::vector<std::pair<std::string, std::string>>> Proposals::rejections(Id entry_id) {
  return store_.database().query(
      "SELECT change.new_text, (SELECT reason FROM decision WHERE change_id = change.id "
      "AND verdict = 'reject' ORDER BY id DESC LIMIT 1) "
      "FROM change JOIN proposal ON proposal.id = proposal_id "
      "WHERE entry_id = ? AND change.state = 'rejected' ORDER BY change.id DESC",
      {entry_id}, [](const Row& row) {
        return std::pair{row.text(0), row.text(1)};
      });
}

}  // namespace stubkeeper::kb
