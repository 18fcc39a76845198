#include "kb/review/first_looks.h"

#include <unordered_set>

#include "kb/entries/entry_store.h"
#include "kb/sources/snapshots.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {

Result<std::vector<SourceOfEntry>> FirstLooks::list_uncompared() {
  return store_.database().query(
      "SELECT entry_source.entry_id, entry_source.source_id FROM entry_source "
      "JOIN source ON source.id = entry_source.source_id JOIN entry ON entry.id = entry_source.entry_id "
      "WHERE is_compared = 0 AND source.state <> 'removed' AND entry.state <> 'removed' "
      "AND source.checked_at IS NOT NULL AND source.failures = 0 ORDER BY 1, 2",
      {}, [](const Row& row) {
        return SourceOfEntry{row.integer(0), row.integer(1)};
      });
}

Result<bool> FirstLooks::is_compared(const SourceOfEntry& pair) {
  return store_.database().has_rows(
      "SELECT 1 FROM entry_source WHERE entry_id = ? AND source_id = ? AND is_compared = 1",
      {pair.entry_id, pair.source_id});
}

Status FirstLooks::mark_compared(const SourceOfEntry& pair) {
  return store_.database().run("UPDATE entry_source SET is_compared = 1 WHERE entry_id = ? AND source_id = ?",
                               {pair.entry_id, pair.source_id});
}

Result<std::vector<Entry>> FirstLooks::list_unsearched() {
  STUBKEEPER_ASSIGN(const auto ids, store_.database().query(
                                        "SELECT id FROM entry WHERE kind = 'entry' AND state <> 'removed' "
                                        "AND searched_title IS NOT title ORDER BY id",
                                        {}, first_integer));
  std::vector<Entry> entries;
  for (const Id id : ids) {
    STUBKEEPER_ASSIGN(auto entry, EntryStore{store_}.get(id));
    entries.push_back(std::move(entry));
  }
  return entries;
}

Status FirstLooks::mark_searched(const Entry& entry) {
  return store_.database().run("UPDATE entry SET searched_title = ? WHERE id = ?", {entry.title, entry.id});
}

Result<std::vector<Passage>> FirstLooks::own_passages(Id document_id) {
  Snapshots snapshots{store_};
  STUBKEEPER_ASSIGN(const auto latest, snapshots.latest(document_id));
  if (!latest) return std::vector<Passage>{};
  // A passage was new once where it is the document's own.
  STUBKEEPER_ASSIGN(const auto hashes,
                    store_.database().query("SELECT DISTINCT likeness_sha256 FROM passage JOIN snapshot ON "
                                            "snapshot.id = snapshot_id WHERE document_id = ? AND is_new = 1",
                                            {document_id}, first_text));
  std::unordered_set<std::string> own{hashes.begin(), hashes.end()};
  STUBKEEPER_ASSIGN(auto passages, snapshots.passages(latest->id));
  // Taken out once found: a passage that stands twice counts once.
  std::erase_if(passages, [&](const Passage& passage) { return own.erase(passage.normalized_sha256) == 0; });
  return passages;
}

Result<std::set<std::string>> FirstLooks::compared_passages(Id document_id, Id entry_id) {
  struct Routed {
    std::string hash;
    Id snapshot_id = 0;
    bool is_certain = false;
  };
  STUBKEEPER_ASSIGN(
      const auto all,
      store_.database().query(
          "SELECT likeness_sha256, snapshot.id, is_first_look OR drafted_in_run_id IS NULL FROM routing "
          "JOIN passage ON passage.id = passage_id JOIN snapshot ON snapshot.id = snapshot_id "
          "WHERE document_id = ? AND entry_id = ? AND reason = 'cites_source'",
          {document_id, entry_id}, [](const Row& row) {
            return Routed{row.text(0), row.integer(1), row.integer(2) != 0};
          }));
  Snapshots snapshots{store_};
  std::set<std::string> compared;
  for (const Routed& routed : all) {
    bool is_compared = routed.is_certain;
    if (!is_compared) {
      // Older versions held the first read of a source against a date.
      STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(routed.snapshot_id));
      STUBKEEPER_ASSIGN(const bool is_first_read, snapshots.is_first_read(snapshot));
      is_compared = !is_first_read;
    }
    if (is_compared) compared.insert(routed.hash);
  }
  return compared;
}

Result<std::set<std::string>> FirstLooks::routed_passages(Id document_id, Id entry_id) {
  STUBKEEPER_ASSIGN(const auto hashes,
                    store_.database().query(
                        "SELECT likeness_sha256 FROM routing JOIN passage ON passage.id = passage_id "
                        "JOIN snapshot ON snapshot.id = snapshot_id WHERE document_id = ? AND entry_id = ?",
                        {document_id, entry_id}, first_text));
  return std::set<std::string>{hashes.begin(), hashes.end()};
}

Status FirstLooks::route(Id run_id, const Routing& routing) {
  return store_.database().run(
      "INSERT INTO routing (passage_id, entry_id, reason, run_id, is_first_look) VALUES (?1, ?2, ?3, ?4, 1) "
      "ON CONFLICT DO UPDATE SET reason = min(reason, ?3), is_first_look = 1, is_kept = 0, "
      "drafted_in_run_id = NULL, stand_in_run_id = NULL",
      {routing.passage_id, routing.entry_id,
       std::string_view{routing.names_subject ? "names_subject" : "cites_source"}, run_id});
}

Status FirstLooks::keep(Id entry_id, const std::set<Id>& passages) {
  for (const Id passage : passages) {
    STUBKEEPER_TRY(store_.database().run(
        "UPDATE routing SET is_kept = 1 WHERE passage_id = ? AND entry_id = ?", {passage, entry_id}));
  }
  return {};
}

#define PASSAGES_OF_SOURCE                                                                     \
  "+passage_id IN (SELECT passage.id FROM passage JOIN snapshot ON snapshot.id = snapshot_id " \
  "JOIN document ON document.id = document_id WHERE document.source_id = ?2)"

Status FirstLooks::reopen_kept(const SourceOfEntry& pair) {
  return store_.database().run(
      "UPDATE routing SET is_kept = 0, is_first_look = 1, drafted_in_run_id = NULL, stand_in_run_id = NULL "
      "WHERE entry_id = ?1 AND is_kept = 1 AND " PASSAGES_OF_SOURCE,
      {pair.entry_id, pair.source_id});
}

Status FirstLooks::forget_kept(Id entry_id) {
  return store_.database().run("UPDATE routing SET is_kept = 0 WHERE entry_id = ? AND is_kept = 1",
                               {entry_id});
}

Result<FirstLooks::Counts> FirstLooks::counts(const SourceOfEntry& pair) {
  Counts counts;
  counts.entry_id = pair.entry_id;
  STUBKEEPER_TRY(store_.database().run(
      "SELECT (SELECT count(*) FROM routing WHERE entry_id = ?1 AND is_kept = 1 AND " PASSAGES_OF_SOURCE
      "), count(*), coalesce(sum(change.state = 'waiting'), 0), coalesce(sum(change.state = 'waiting' AND "
      "is_stand_in), 0) FROM change JOIN proposal ON proposal.id = proposal_id WHERE proposal.entry_id = ?1 AND first_look_source_id = ?2 AND change.state <> 'superseded'",
      {pair.entry_id, pair.source_id}, [&](const Row& row) -> Status {
        row.read(counts.kept_passages, counts.changes, counts.waiting, counts.waiting_stand_ins);
        return {};
      }));
  return counts;
}

#undef PASSAGES_OF_SOURCE

Result<std::set<std::string>> FirstLooks::waiting_texts(const SourceOfEntry& pair) {
  STUBKEEPER_ASSIGN(
      const auto texts,
      store_.database().query("SELECT new_text FROM change JOIN proposal ON proposal.id = proposal_id "
                              "WHERE proposal.entry_id = ? AND first_look_source_id = ? AND NOT is_stand_in "
                              "AND change.state = 'waiting'",
                              {pair.entry_id, pair.source_id}, first_text));
  return std::set<std::string>{texts.begin(), texts.end()};
}

Result<std::vector<FirstLooks::Counts>> FirstLooks::counts_of_source(Id source_id) {
  STUBKEEPER_ASSIGN(
      const auto entries,
      store_.database().query(
          "SELECT proposal.entry_id FROM change JOIN proposal ON proposal.id = proposal_id "
          "WHERE first_look_source_id = ?1 UNION SELECT entry_id FROM routing WHERE is_kept = 1 AND +passage_id "
          "IN (SELECT passage.id FROM passage JOIN snapshot ON snapshot.id = snapshot_id JOIN document ON "
          "document.id = document_id WHERE document.source_id = ?1) ORDER BY 1",
          {source_id}, first_integer));
  std::vector<Counts> all;
  for (const Id entry : entries) {
    STUBKEEPER_ASSIGN(const auto found, counts({entry, source_id}));
    if (found.changes + found.kept_passages > 0) all.push_back(found);
  }
  return all;
}

}  // namespace stubkeeper::kb
