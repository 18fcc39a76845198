#include "kb/sources/snapshots.h"

#include "base/text/page_breaks.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

#define SNAPSHOT_COLUMNS                                                                                \
  "id, document_id, fetched_at, body_sha256, text_sha256, content_type, final_address, title, author, " \
  "site_name, language, "                                                                               \
  "published, modified "

Snapshot snapshot_of(const Row& row) {
  Snapshot snapshot;
  snapshot.id = row.integer(0);
  snapshot.document_id = row.integer(1);
  snapshot.fetched_at = row.time(2);
  snapshot.body_sha256 = row.text(3);
  snapshot.text_sha256 = row.text(4);
  snapshot.content_type = row.text(5);
  snapshot.final_address = row.text(6);
  snapshot.title = row.text(7);
  snapshot.author = row.text(8);
  snapshot.site_name = row.text(9);
  snapshot.language = row.text(10);
  snapshot.published = row.text(11);
  snapshot.modified = row.text(12);
  return snapshot;
}

Result<std::optional<Snapshot>> one_snapshot(Database& database, std::string_view sql, Id id) {
  std::optional<Snapshot> found;
  STUBKEEPER_TRY(database.run(sql, {id}, [&](const Row& row) -> Status {
    found = snapshot_of(row);
    return {};
  }));
  return found;
}

DocumentRecord document_of(const Row& row) {
  return {row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4)};
}

Passage passage_of(const Row& row) {
  Passage passage;
  passage.id = row.integer(0);
  passage.snapshot_id = row.integer(1);
  passage.ordinal = static_cast<int>(row.integer(2));
  passage.begin_byte = static_cast<std::size_t>(row.integer(3));
  passage.end_byte = static_cast<std::size_t>(row.integer(4));
  passage.normalized_sha256 = row.text(5);
  passage.is_new = row.integer(6) != 0;
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
  DocumentRecord document;
  STUBKEEPER_TRY(database.run(
      "SELECT id, source_id, identity, address, host FROM document WHERE source_id = ? AND identity = ?",
      {source_id, identity}, [&](const Row& row) -> Status {
        document = document_of(row);
        return {};
      }));
  return document;
}

Result<std::vector<DocumentRecord>> Snapshots::documents_of(Id source_id) {
  std::vector<DocumentRecord> documents;
  STUBKEEPER_TRY(store_.database().run(
      "SELECT id, source_id, identity, address, host FROM document WHERE source_id = ? ORDER BY id",
      {source_id}, [&](const Row& row) -> Status {
        documents.push_back(document_of(row));
        return {};
      }));
  return documents;
}

Result<DocumentRecord> Snapshots::get_document(Id document_id) {
  std::optional<DocumentRecord> found;
  STUBKEEPER_TRY(
      store_.database().run("SELECT id, source_id, identity, address, host FROM document WHERE id = ?",
                            {document_id}, [&](const Row& row) -> Status {
                              found = document_of(row);
                              return {};
                            }));
  if (!found)
    return Error{ErrorCode::not_found, "there is no document " + std::to_string(document_id), "", ""};
  return *std::move(found);
}

Result<std::optional<Snapshot>> Snapshots::latest(Id document_id) {
  return one_snapshot(
      store_.database(),
      "SELECT " SNAPSHOT_COLUMNS "FROM snapshot WHERE document_id = ? ORDER BY id DESC LIMIT 1", document_id);
}

Result<Snapshot> Snapshots::get(Id snapshot_id) {
  STUBKEEPER_ASSIGN(
      auto found,
      one_snapshot(store_.database(), "SELECT " SNAPSHOT_COLUMNS "FROM snapshot WHERE id = ?", snapshot_id));
  if (!found)
    return Error{ErrorCode::not_found, "there is no snapshot " + std::to_string(snapshot_id), "", ""};
  return *std::move(found);
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
  bool first = true;
  STUBKEEPER_TRY(store_.database().run(
      "SELECT 1 FROM snapshot AS earlier JOIN document AS its ON its.id = earlier.document_id "
      "WHERE (earlier.document_id = ?1 AND earlier.id < ?2) OR (its.source_id = (SELECT source_id FROM "
      "document WHERE id = ?1) AND earlier.fetched_at < ?3 AND NOT EXISTS (SELECT 1 FROM document AS this "
      "JOIN "
      "linked_address ON linked_address.source_id = this.source_id AND linked_address.identity = "
      "this.identity WHERE this.id = ?1 AND is_backlog = 1)) LIMIT 1",
      {snapshot.document_id, snapshot.id, to_value(snapshot.fetched_at)}, [&](const Row&) -> Status {
        first = false;
        return {};
      }));
  return first;
}

Result<std::vector<Passage>> Snapshots::passages(Id snapshot_id) {
  std::vector<Passage> passages;
  STUBKEEPER_TRY(
      store_.database().run("SELECT id, snapshot_id, ordinal, begin_byte, end_byte, likeness_sha256, is_new "
                            "FROM passage WHERE snapshot_id = ? ORDER BY ordinal",
                            {snapshot_id}, [&](const Row& row) -> Status {
                              passages.push_back(passage_of(row));
                              return {};
                            }));
  return passages;
}

Result<Passage> Snapshots::passage(Id passage_id) {
  std::optional<Passage> found;
  STUBKEEPER_TRY(
      store_.database().run("SELECT id, snapshot_id, ordinal, begin_byte, end_byte, likeness_sha256, is_new "
                            "FROM passage WHERE id = ?",
                            {passage_id}, [&](const Row& row) -> Status {
                              found = passage_of(row);
                              return {};
                            }));
  if (!found) return Error{ErrorCode::not_found, "there is no passage " + std::to_string(passage_id), "", ""};
  return *std::move(found);
}

Result<std::vector<std::string>> Snapshots::passage_hashes(Id document_id, bool all_snapshots) {
  std::vector<std::string> hashes;
  STUBKEEPER_TRY(store_.database().run(all_snapshots ? "SELECT DISTINCT likeness_sha256 FROM passage JOIN snapshot ON "
                                              "snapshot.id = snapshot_id WHERE document_id = ?"
                                            : "SELECT likeness_sha256 FROM passage WHERE snapshot_id = "
                                              "(SELECT max(id) FROM snapshot WHERE document_id = ?)",
                                       {document_id}, [&](const Row& row) -> Status {
                                         hashes.push_back(row.text(0));
                                         return {};
                                       }));
  return hashes;
}

Result<Id> Snapshots::add(Id document_id, NewSnapshot& snapshot) {
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    Bodies bodies{store_};
    Database& database = store_.database();
    Snapshot& metadata = snapshot.metadata;
    metadata.document_id = document_id;
    STUBKEEPER_ASSIGN(metadata.body_sha256, bodies.put(snapshot.body));
    STUBKEEPER_ASSIGN(metadata.text_sha256, bodies.put(snapshot.text));
    STUBKEEPER_TRY(
        database.run("INSERT INTO snapshot (document_id, fetched_at, body_sha256, text_sha256, content_type, "
                     "final_address, title, author, "
                     "site_name, language, published, modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     {document_id, to_value(metadata.fetched_at), metadata.body_sha256, metadata.text_sha256,
                      metadata.content_type, metadata.final_address, metadata.title, metadata.author, metadata.site_name,
                      metadata.language, metadata.published, metadata.modified}));
    metadata.id = database.last_insert_id();
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
  std::int64_t number = 0;
  STUBKEEPER_TRY(store_.database().run("SELECT count(*) FROM snapshot", {}, [&](const Row& row) -> Status {
    number = row.integer(0);
    return {};
  }));
  return number;
}

}  // namespace stubkeeper::kb
