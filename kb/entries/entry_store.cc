#include "kb/entries/entry_store.h"

#include <unordered_map>

#include "entries/block_ids.h"
#include "entries/entry_path.h"
#include "entries/merging/line_endings.h"
#include "kb/entries/rebase.h"
#include "kb/store/bodies.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

// An editor that turns all line ends has written nothing.
bool is_same_text(std::string_view a, std::string_view b) {
  return a == b || entries::with_line_endings(a, "\n") == entries::with_line_endings(b, "\n");
}

Entry entry_of(const Row& row) {
  Entry entry;
  std::string kind;
  std::string state;
  row.read(entry.id, entry.path, entry.file, kind, entry.title, state, entry.current_revision_id);
  entry.kind = kind == "section" ? EntryKind::section : EntryKind::entry;
  entry.state = entry_state_from_name(state).value_or(EntryState::published);
  return entry;
}

Revision revision_of(const Row& row) {
  Revision revision;
  std::string author_kind;
  row.read(revision.id, revision.entry_id, revision.number, revision.body_sha256, author_kind,
           revision.author, revision.created_at, revision.note);
  revision.author_kind = author_kind_from_name(author_kind).value_or(AuthorKind::person);
  return revision;
}

#define ENTRY_COLUMNS "id, path, file, kind, title, state, current_revision_id "
#define REVISION_COLUMNS "id, entry_id, number, body_sha256, author_kind, author, created_at, note "

// Block ids are unique in an entry for all time: the revision that brought the block, and a running
// number.
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
    if (!inserted.ok() && inserted.error().code == ErrorCode::already_exists) {
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
  return store_.database().query_existing("SELECT " ENTRY_COLUMNS "FROM entry WHERE id = ?", {id}, entry_of,
                                          "there is no entry " + std::to_string(id));
}

Result<std::optional<Entry>> EntryStore::find(const std::string& path) {
  return store_.database().query_one("SELECT " ENTRY_COLUMNS "FROM entry WHERE path = ?", {path}, entry_of);
}

Result<std::optional<Entry>> EntryStore::find_moved_from(const std::string& old_path) {
  return store_.database().query_one(
      "SELECT " ENTRY_COLUMNS
      "FROM entry WHERE id = (SELECT entry_id FROM entry_move WHERE old_path = ? ORDER BY id DESC LIMIT 1)",
      {old_path}, entry_of);
}

Result<std::vector<Entry>> EntryStore::list() {
  return store_.database().query("SELECT " ENTRY_COLUMNS "FROM entry ORDER BY path", {}, entry_of);
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
    if (!moved.ok() && moved.error().code == ErrorCode::already_exists)
      return Error{ErrorCode::already_exists, "there is an entry at this path already", new_path, ""};
    STUBKEEPER_TRY(moved);
    return store_.database().run(
        "INSERT INTO entry_move (entry_id, old_path, old_file, new_file, moved_at, moved_by) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        {id, entry.path, entry.file, new_file, to_value(now), by});
  });
}

Result<Revision> EntryStore::add_revision(Id entry_id, const std::string& bytes, AuthorKind author_kind,
                                          const std::string& author, Timestamp now, const std::string& note) {
  return add_revision(entry_id, entries::Document::parse(bytes), author_kind, author, now, note);
}

Result<Revision> EntryStore::add_revision(Id entry_id, entries::Document text, AuthorKind author_kind,
                                          const std::string& author, Timestamp now, const std::string& note,
                                          const entries::IdentifiedDocument* current_document,
                                          const KnownBlocks& known) {
  Id revision_id = 0;
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    Database& database = store_.database();
    STUBKEEPER_ASSIGN(const auto entry, get(entry_id));
    STUBKEEPER_ASSIGN(const std::string hash, Bodies{store_}.put(text.print()));
    entries::IdentifiedDocument identified;
    std::unordered_map<std::string, std::pair<std::string, Id>> before;  // block id → text and origin
    int number = 1;
    if (entry.current_revision_id == 0) {
      identified = entries::assign_new_ids(std::move(text), make_block_id_generator(number));
    } else {
      STUBKEEPER_ASSIGN(const auto current, revision(entry.current_revision_id));
      if (current.body_sha256 == hash) {
        revision_id = current.id;
        return {};
      }
      STUBKEEPER_ASSIGN(
          const std::int64_t newest,
          database.query_number("SELECT max(number) FROM revision WHERE entry_id = ?", {entry_id}));
      number = static_cast<int>(newest) + 1;
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
      identified = carry_ids(old_document, std::move(text), make_block_id_generator(number), known);
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
      const bool kept =
          old != before.end() && is_same_text(old->second.first, identified.document.text(block));
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
    return rebase_waiting(store_, entry_id, revision_id, identified);
  }));
  return revision(revision_id);
}

Result<Revision> EntryStore::revision(Id revision_id) {
  return store_.database().query_existing("SELECT " REVISION_COLUMNS "FROM revision WHERE id = ?",
                                          {revision_id}, revision_of,
                                          "there is no revision " + std::to_string(revision_id));
}

Result<Revision> EntryStore::revision_by_number(Id entry_id, int number) {
  return store_.database().query_existing(
      "SELECT " REVISION_COLUMNS "FROM revision WHERE entry_id = ? AND number = ?",
      {entry_id, std::int64_t{number}}, revision_of, "the entry has no revision " + std::to_string(number),
      "`stubkeeper history ENTRY` lists them");
}

Result<std::vector<Revision>> EntryStore::revisions(Id entry_id) {
  return store_.database().query(
      "SELECT " REVISION_COLUMNS "FROM revision WHERE entry_id = ? ORDER BY number", {entry_id}, revision_of);
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
  // A newer program may see other blocks in the same bytes; a block then takes the id of the stored
  // one that it begins in.
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
  return store_.database().query(
      "SELECT block_id, kind, begin_byte, end_byte, origin_revision_id FROM block "
      "WHERE revision_id = ? ORDER BY ordinal",
      {revision_id}, [](const Row& row) {
        BlockRecord block;
        row.read(block.block_id, block.kind, block.begin_byte, block.end_byte, block.origin_revision_id);
        return block;
      });
}

}  // namespace stubkeeper::kb
