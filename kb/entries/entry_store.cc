#include "kb/entries/entry_store.h"

#include <unordered_map>

#include "entries/block_ids.h"
#include "entries/entry_path.h"
#include "kb/review/rebase.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

Entry entry_of(const Row& row) {
  Entry entry;
  entry.id = row.integer(0);
  entry.path = row.text(1);
  entry.file = row.text(2);
  entry.kind = row.view(3) == "section" ? EntryKind::section : EntryKind::entry;
  entry.title = row.text(4);
  entry.state = entry_state_from_name(row.text(5)).value_or(EntryState::published);
  entry.current_revision_id = row.integer(6);
  return entry;
}

Revision revision_of(const Row& row) {
  Revision revision;
  revision.id = row.integer(0);
  revision.entry_id = row.integer(1);
  revision.number = static_cast<int>(row.integer(2));
  revision.body_sha256 = row.text(3);
  revision.author_kind = author_kind_from_name(row.text(4)).value_or(AuthorKind::person);
  revision.author = row.text(5);
  revision.created_at = row.time(6);
  revision.note = row.text(7);
  return revision;
}

#define ENTRY_COLUMNS "id, path, file, kind, title, state, current_revision_id "
#define REVISION_COLUMNS "id, entry_id, number, body_sha256, author_kind, author, created_at, note "

Result<std::vector<Entry>> entries_by(Database& database, std::string_view sql,
                                      std::initializer_list<Value> parameters) {
  std::vector<Entry> found;
  STUBKEEPER_TRY(database.run(sql, parameters, [&](const Row& row) -> Status {
    found.push_back(entry_of(row));
    return {};
  }));
  return found;
}

Result<std::vector<Revision>> revisions_by(Database& database, std::string_view sql,
                                           std::initializer_list<Value> parameters) {
  std::vector<Revision> found;
  STUBKEEPER_TRY(database.run(sql, parameters, [&](const Row& row) -> Status {
    found.push_back(revision_of(row));
    return {};
  }));
  return found;
}

// Block ids are unique in an entry for all time: the revision that brought the block, and a running number.
std::function<std::string()> make_block_id_generator(int revision_number) {
  return [revision_number, next = 0]() mutable {
    return "b" + std::to_string(revision_number) + "-" + std::to_string(++next);
  };
}

}  // namespace

Result<Entry> EntryStore::add(const NewEntry& entry, AuthorKind author_kind, const std::string& author,
                              Timestamp now, const std::string& note) {
  Id id = 0;
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    Database& database = store_.database();
    const Status inserted = database.run(
        "INSERT INTO entry (path, file, kind, title, state) VALUES (?, ?, ?, ?, ?)",
        {entry.path, entry.file, std::string_view{entry.kind == EntryKind::section ? "section" : "entry"},
         entry.title, std::string_view{entry_state_name(entry.state)}});
    if (!inserted.ok() && inserted.error().code == ErrorCode::conflict) {
      return Error{ErrorCode::already_exists, "there is an entry at this path already", entry.path, ""};
    }
    STUBKEEPER_TRY(inserted);
    id = database.last_insert_id();
    STUBKEEPER_ASSIGN([[maybe_unused]] const auto revision,
                      add_revision(id, entry.bytes, author_kind, author, now, note));
    return {};
  }));
  return get(id);
}

Result<Entry> EntryStore::get(Id id) {
  STUBKEEPER_ASSIGN(auto found,
                    entries_by(store_.database(), "SELECT " ENTRY_COLUMNS "FROM entry WHERE id = ?", {id}));
  if (found.empty()) return Error{ErrorCode::not_found, "there is no entry " + std::to_string(id), "", ""};
  return std::move(found.front());
}

Result<std::optional<Entry>> EntryStore::find(const std::string& path) {
  STUBKEEPER_ASSIGN(
      auto found, entries_by(store_.database(), "SELECT " ENTRY_COLUMNS "FROM entry WHERE path = ?", {path}));
  if (found.empty()) return std::optional<Entry>{};
  return std::optional<Entry>{std::move(found.front())};
}

Result<std::optional<Entry>> EntryStore::find_moved_from(const std::string& old_path) {
  STUBKEEPER_ASSIGN(
      auto found,
      entries_by(store_.database(),
                 "SELECT " ENTRY_COLUMNS
                 "FROM entry WHERE id = (SELECT entry_id FROM entry_move WHERE old_path = ? ORDER BY "
                 "id DESC LIMIT 1)",
                 {old_path}));
  if (found.empty()) return std::optional<Entry>{};
  return std::optional<Entry>{std::move(found.front())};
}

Result<std::vector<Entry>> EntryStore::list() {
  return entries_by(store_.database(), "SELECT " ENTRY_COLUMNS "FROM entry ORDER BY path", {});
}

Status EntryStore::set_state(Id id, EntryState state) {
  return store_.database().run("UPDATE entry SET state = ? WHERE id = ?",
                               {std::string_view{entry_state_name(state)}, id});
}

Status EntryStore::move(Id id, const std::string& new_file, Timestamp now, const std::string& by) {
  return store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto entry, get(id));
    const std::string new_path = entries::entry_path_from_file(new_file);
    const Status moved =
        store_.database().run("UPDATE entry SET path = ?, file = ? WHERE id = ?", {new_path, new_file, id});
    if (!moved.ok() && moved.error().code == ErrorCode::conflict)
      return Error{ErrorCode::already_exists, "there is an entry at this path already", new_path, ""};
    STUBKEEPER_TRY(moved);
    return store_.database().run(
        "INSERT INTO entry_move (entry_id, old_path, old_file, new_file, moved_at, moved_by) VALUES (?, ?, "
        "?, "
        "?, ?, ?)",
        {id, entry.path, entry.file, new_file, to_value(now), by});
  });
}

Result<Revision> EntryStore::add_revision(Id entry_id, const std::string& bytes, AuthorKind author_kind,
                                          const std::string& author, Timestamp now, const std::string& note) {
  STUBKEEPER_ASSIGN(auto text, make_revision_text(entries::Document::parse(bytes)));
  return add_revision(entry_id, std::move(text), author_kind, author, now, note);
}

Result<Revision> EntryStore::add_revision(Id entry_id, RevisionText text, AuthorKind author_kind,
                                          const std::string& author, Timestamp now, const std::string& note,
                                          const entries::IdentifiedDocument* current_document) {
  Id revision_id = 0;
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    Database& database = store_.database();
    STUBKEEPER_ASSIGN(const auto entry, get(entry_id));
    const std::string& hash = text.body.sha256;
    STUBKEEPER_TRY(Bodies{store_}.put(text.body));
    entries::IdentifiedDocument identified;
    std::unordered_map<std::string, std::pair<std::string, Id>> before;  // block id → text and origin
    int number = 1;
    if (entry.current_revision_id == 0) {
      identified = entries::assign_new_ids(std::move(text.document), make_block_id_generator(number));
    } else {
      STUBKEEPER_ASSIGN(const auto current, revision(entry.current_revision_id));
      if (current.body_sha256 == hash) {
        revision_id = current.id;
        return {};
      }
      STUBKEEPER_TRY(database.run("SELECT max(number) FROM revision WHERE entry_id = ?", {entry_id},
                                  [&](const Row& row) -> Status {
                                    number = static_cast<int>(row.integer(0)) + 1;
                                    return {};
                                  }));
      entries::IdentifiedDocument read;
      if (current_document == nullptr) {
        STUBKEEPER_ASSIGN(read, document(current.id));
      }
      const entries::IdentifiedDocument& old_document =
          current_document == nullptr ? read : *current_document;
      STUBKEEPER_ASSIGN(const auto old_blocks, blocks(current.id));
      const std::string_view old_bytes{old_document.document.print()};
      for (const BlockRecord& block : old_blocks) {
        before[block.block_id] = {
            std::string{old_bytes.substr(block.begin_byte, block.end_byte - block.begin_byte)},
            block.origin_revision_id};
      }
      identified = entries::carry_ids(old_document, std::move(text.document), make_block_id_generator(number));
    }
    STUBKEEPER_TRY(
        database.run("INSERT INTO revision (entry_id, number, body_sha256, author_kind, author, created_at, "
                     "note) VALUES (?, ?, ?, ?, ?, ?, ?)",
                     {entry_id, std::int64_t{number}, hash, std::string_view{author_kind_name(author_kind)},
                      author, to_value(now), note}));
    revision_id = database.last_insert_id();
    const auto& document_blocks = identified.document.blocks();
    for (std::size_t i = 0; i < document_blocks.size(); ++i) {
      const entries::Block& block = document_blocks[i];
      const auto old = before.find(identified.ids[i]);
      const bool kept = old != before.end() && old->second.first == identified.document.text(block);
      STUBKEEPER_TRY(database.run(
          "INSERT INTO block (revision_id, ordinal, block_id, kind, begin_byte, end_byte, "
          "origin_revision_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
          {revision_id, static_cast<std::int64_t>(i), identified.ids[i],
           std::string_view{entries::block_kind_name(block.kind)},
           static_cast<std::int64_t>(block.bytes.begin), static_cast<std::int64_t>(block.bytes.end),
           kept ? old->second.second : revision_id}));
    }
    const auto title = identified.document.front_matter().scalar("title");
    STUBKEEPER_TRY(database.run("UPDATE entry SET current_revision_id = ?, title = ? WHERE id = ?",
                                {revision_id, title && !title->empty() ? *title : entry.title, entry_id}));
    if (number == 1) return {};
    identified.file = entry.file;
    identified.conventions = &store_.conventions();
    return rebase_waiting(store_, entry_id, identified);
  }));
  return revision(revision_id);
}

Result<Revision> EntryStore::revision(Id revision_id) {
  STUBKEEPER_ASSIGN(auto found,
                    revisions_by(store_.database(), "SELECT " REVISION_COLUMNS "FROM revision WHERE id = ?",
                                 {revision_id}));
  if (found.empty())
    return Error{ErrorCode::not_found, "there is no revision " + std::to_string(revision_id), "", ""};
  return std::move(found.front());
}

Result<Revision> EntryStore::revision_by_number(Id entry_id, int number) {
  STUBKEEPER_ASSIGN(auto found,
                    revisions_by(store_.database(),
                                 "SELECT " REVISION_COLUMNS "FROM revision WHERE entry_id = ? AND number = ?",
                                 {entry_id, std::int64_t{number}}));
  if (found.empty()) {
    return Error{ErrorCode::not_found, "the entry has no revision " + std::to_string(number), "",
                 "`stubkeeper history ENTRY` lists them"};
  }
  return std::move(found.front());
}

Result<std::vector<Revision>> EntryStore::revisions(Id entry_id) {
  return revisions_by(store_.database(),
                      "SELECT " REVISION_COLUMNS "FROM revision WHERE entry_id = ? ORDER BY number",
                      {entry_id});
}

Result<std::string> EntryStore::bytes(const Revision& revision) {
  return Bodies{store_}.get(revision.body_sha256);
}

Result<std::string> EntryStore::current_bytes(const Entry& entry) {
  STUBKEEPER_ASSIGN(const auto current, revision(entry.current_revision_id));
  return bytes(current);
}

Result<entries::IdentifiedDocument> EntryStore::document(Id revision_id) {
  STUBKEEPER_ASSIGN(const auto of, revision(revision_id));
  STUBKEEPER_ASSIGN(auto text, bytes(of));
  STUBKEEPER_ASSIGN(const auto records, blocks(revision_id));
  STUBKEEPER_ASSIGN(auto entry, get(of.entry_id));
  entries::IdentifiedDocument identified{
      entries::Document::parse(std::move(text)), {}, std::move(entry.file), &store_.conventions()};
  const auto& parsed = identified.document.blocks();
  // A newer program may see other blocks in the same bytes; a block then takes the id of the stored one that
  // it begins in.
  std::size_t record = 0;
  int extra = 0;
  for (const entries::Block& block : parsed) {
    while (record < records.size() && records[record].begin_byte < block.bytes.begin) ++record;
    const bool same = record < records.size() && records[record].begin_byte == block.bytes.begin;
    identified.ids.push_back(same ? records[record].block_id
                                  : "x" + std::to_string(revision_id) + "-" + std::to_string(++extra));
  }
  return identified;
}

Result<std::vector<BlockRecord>> EntryStore::blocks(Id revision_id) {
  std::vector<BlockRecord> records;
  STUBKEEPER_TRY(store_.database().run(
      "SELECT block_id, kind, begin_byte, end_byte, origin_revision_id FROM block WHERE revision_id = ? "
      "ORDER BY ordinal",
      {revision_id}, [&](const Row& row) -> Status {
        records.push_back({row.text(0), row.text(1), static_cast<std::size_t>(row.integer(2)),
                           static_cast<std::size_t>(row.integer(3)), row.integer(4)});
        return {};
      }));
  return records;
}

}  // namespace stubkeeper::kb
