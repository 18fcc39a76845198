#include "kb/sources/snapshots.h"

#include "base/text/strings.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

#define SNAPSHOT_COLUMNS                                                                                \
  "id, document_id, fetched_at, body_sha256, text_sha256, content_type, final_address, title, author, " \
  "site_name, language, published, modified "
#define DOCUMENT_COLUMNS "id, source_id, identity, address, host "
#define PASSAGE_COLUMNS "id, snapshot_id, ordinal, begin_byte, end_byte, likeness_sha256, is_new "

Snapshot snapshot_of(const Row& row) {
  Snapshot snapshot;
  row.read(snapshot.id, snapshot.document_id, snapshot.fetched_at, snapshot.body_sha256, snapshot.text_sha256,
           snapshot.content_type, snapshot.final_address, snapshot.title, snapshot.author, snapshot.site_name,
           snapshot.language, snapshot.published, snapshot.modified);
  return snapshot;
}

DocumentRecord document_of(const Row& row) {
  return {row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4)};
}

Passage passage_of(const Row& row) {
  Passage passage;
  row.read(passage.id, passage.snapshot_id, passage.ordinal, passage.begin_byte, passage.end_byte,
           passage.normalized_sha256, passage.is_new);
  return passage;
}

}  // namespace

Result<DocumentRecord> Snapshots::document(Id source_id, const std::string& identity,
                                           const std::string& address, const std::string& host) {
  Database& database = store_.database();
  STUBKEEPER_TRY(database.run(
      "INSERT INTO document (source_id, identity, address, host) VALUES (?, ?, ?, ?) ON CONFLICT "
      "(source_id, identity) DO NOTHING",
      {source_id, identity, address, host}));
  return database.query_existing("SELECT " DOCUMENT_COLUMNS
                                 "FROM document WHERE source_id = ? AND identity = ?",
                                 {source_id, identity}, document_of, "there is no document " + identity);
}

Result<std::vector<DocumentRecord>> Snapshots::documents_of(Id source_id) {
  return store_.database().query("SELECT " DOCUMENT_COLUMNS "FROM document WHERE source_id = ? ORDER BY id",
                                 {source_id}, document_of);
}

Result<DocumentRecord> Snapshots::get_document(Id document_id) {
  return store_.database().query_existing("SELECT " DOCUMENT_COLUMNS "FROM document WHERE id = ?",
                                          {document_id}, document_of,
                                          "there is no document " + std::to_string(document_id));
}

Result<std::optional<Snapshot>> Snapshots::latest(Id document_id) {
  return store_.database().query_one("SELECT " SNAPSHOT_COLUMNS
                                     "FROM snapshot WHERE document_id = ? ORDER BY id DESC LIMIT 1",
                                     {document_id}, snapshot_of);
}

Result<Snapshot> Snapshots::get(Id snapshot_id) {
  return store_.database().query_existing("SELECT " SNAPSHOT_COLUMNS "FROM snapshot WHERE id = ?",
                                          {snapshot_id}, snapshot_of,
                                          "there is no snapshot " + std::to_string(snapshot_id));
}

Result<std::string> Snapshots::text(const Snapshot& snapshot) {
  return Bodies{store_}.get(snapshot.text_sha256);
}

Result<std::size_t> Snapshots::page_of(const Snapshot& snapshot, std::size_t byte) {
  // Pages of the web and feeds have none, and are not read for that.
  for (const std::string_view unpaged : {"html", "xml", "json"}) {
    if (snapshot.content_type.find(unpaged) != std::string::npos) return std::size_t{0};
  }
  STUBKEEPER_ASSIGN(const std::string whole, text(snapshot));
  return page_at(whole, byte);
}

Result<bool> Snapshots::is_first_read(const Snapshot& snapshot) {
  Database& database = store_.database();
  STUBKEEPER_ASSIGN(const bool has_earlier,
                    database.has_rows("SELECT 1 FROM snapshot WHERE document_id = ? AND id < ? LIMIT 1",
                                      {snapshot.document_id, snapshot.id}));
  if (has_earlier) return false;
  STUBKEEPER_ASSIGN(const DocumentRecord document, get_document(snapshot.document_id));
  STUBKEEPER_ASSIGN(const std::int64_t first_fetch, first_fetch_of(document.source_id));
  if (first_fetch >= snapshot.fetched_at.time_since_epoch().count()) return true;
  return database.has_rows(
      "SELECT 1 FROM linked_address WHERE source_id = ? AND identity = ? AND is_backlog = 1 LIMIT 1",
      {document.source_id, document.identity});
}

Result<std::int64_t> Snapshots::first_fetch_of(Id source_id) {
  const auto known = first_fetches_.find(source_id);
  if (known != first_fetches_.end()) return known->second;
  STUBKEEPER_ASSIGN(const std::int64_t first,
                    store_.database().query_number("SELECT min(fetched_at) FROM document JOIN snapshot "
                                                   "ON document_id = document.id WHERE source_id = ?",
                                                   {source_id}));
  return first_fetches_.emplace(source_id, first).first->second;
}

Result<std::vector<Passage>> Snapshots::passages(Id snapshot_id) {
  return store_.database().query("SELECT " PASSAGE_COLUMNS
                                 "FROM passage WHERE snapshot_id = ? ORDER BY ordinal",
                                 {snapshot_id}, passage_of);
}

Result<Passage> Snapshots::passage(Id passage_id) {
  return store_.database().query_existing("SELECT " PASSAGE_COLUMNS "FROM passage WHERE id = ?", {passage_id},
                                          passage_of, "there is no passage " + std::to_string(passage_id));
}

Result<std::vector<std::string>> Snapshots::passage_hashes(Id document_id, bool all_snapshots) {
  return store_.database().query(
      all_snapshots
          ? "SELECT DISTINCT likeness_sha256 FROM passage JOIN snapshot ON snapshot.id = snapshot_id "
            "WHERE document_id = ?1 UNION SELECT likeness_sha256 FROM pruned_passage WHERE document_id = ?1"
          : "SELECT likeness_sha256 FROM passage WHERE snapshot_id = "
            "(SELECT max(id) FROM snapshot WHERE document_id = ?)",
      {document_id}, first_text);
}

Result<Id> Snapshots::add(Id document_id, NewSnapshot& snapshot) {
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    Bodies bodies{store_};
    Database& database = store_.database();
    Snapshot& metadata = snapshot.metadata;
    metadata.document_id = document_id;
    if (metadata.body_sha256.empty()) {
      STUBKEEPER_ASSIGN(metadata.body_sha256, bodies.put(snapshot.body));
    }
    STUBKEEPER_ASSIGN(metadata.text_sha256, bodies.put(snapshot.text));
    STUBKEEPER_TRY(
        database.run("INSERT INTO snapshot (document_id, fetched_at, body_sha256, text_sha256, content_type, "
                     "final_address, title, author, site_name, language, published, modified) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     {document_id, to_value(metadata.fetched_at), metadata.body_sha256, metadata.text_sha256,
                      metadata.content_type, metadata.final_address, metadata.title, metadata.author,
                      metadata.site_name, metadata.language, metadata.published, metadata.modified}));
    metadata.id = database.last_insert_id();
    STUBKEEPER_TRY(database.run("DELETE FROM unremarkable_look WHERE document_id = ?", {document_id}));
    for (Passage& passage : snapshot.passages) {
      passage.snapshot_id = metadata.id;
      STUBKEEPER_TRY(database.run(
          "INSERT INTO passage (snapshot_id, ordinal, begin_byte, end_byte, likeness_sha256, is_new) VALUES "
          "(?, ?, ?, ?, ?, ?)",
          {metadata.id, std::int64_t{passage.ordinal}, static_cast<std::int64_t>(passage.begin_byte),
           static_cast<std::int64_t>(passage.end_byte), passage.normalized_sha256,
           std::int64_t{passage.is_new}}));
      passage.id = database.last_insert_id();
    }
    return {};
  }));
  return snapshot.metadata.id;
}

Result<std::int64_t> Snapshots::count() {
  return store_.database().query_number("SELECT count(*) FROM snapshot", {});
}

Result<std::optional<Snapshots::UnremarkableLook>> Snapshots::unremarkable_look(Id document_id) {
  return store_.database().query_one(
      "SELECT text_sha256, seen_at, looks FROM unremarkable_look WHERE document_id = ?", {document_id},
      [](const Row& row) {
        return UnremarkableLook{row.text(0), row.time(1), row.integer(2)};
      });
}

Status Snapshots::note_unremarkable_look(Id document_id, const std::string& text_sha256, Timestamp at) {
  return store_.database().run(
      "INSERT INTO unremarkable_look (document_id, text_sha256, seen_at) VALUES (?, ?, ?) "
      "ON CONFLICT (document_id) DO UPDATE SET text_sha256 = excluded.text_sha256, "
      "seen_at = excluded.seen_at, looks = looks + 1",
      {document_id, text_sha256, to_value(at)});
}

Result<FirstSeen> find_first_seen(Store& store, const Snapshot& snapshot, std::string_view words) {
  STUBKEEPER_ASSIGN(
      const auto earlier,
      store.database().query("SELECT id FROM snapshot WHERE document_id = ? AND id < ? ORDER BY id DESC",
                             {snapshot.document_id, snapshot.id}, first_integer));
  Snapshots snapshots{store};
  FirstSeen first{snapshot.fetched_at, false, snapshot.id, 0};
  for (const Id id : earlier) {
    STUBKEEPER_ASSIGN(const auto before, snapshots.get(id));
    STUBKEEPER_ASSIGN(const std::string text, snapshots.text(before));
    if (text.find(words) == std::string::npos) {
      first.was_absent_before = true;
      first.absent_snapshot_id = id;
      break;
    }
    first.at = before.fetched_at;
    first.snapshot_id = id;
  }
  return first;
}

}  // namespace stubkeeper::kb
