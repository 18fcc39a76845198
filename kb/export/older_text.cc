#include "kb/export/older_text.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/sha256.h"
#include "base/text/strings.h"
#include "entries/block_ids.h"
#include "entries/markdown/lines.h"
#include "kb/entries/entry_store.h"
#include "kb/export/page_similarity.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

// The latest revision that a text of the entry was, or was exported from.
Result<std::optional<Id>> find_revision_with(Store& store, Id entry_id, const std::string& sha256) {
  return store.database().query_one(
      "SELECT id FROM revision WHERE entry_id = ?1 AND (body_sha256 = ?2 OR id IN (SELECT revision_id FROM "
      "exported_text WHERE entry_id = ?1 AND body_sha256 = ?2)) ORDER BY number DESC LIMIT 1",
      {entry_id, std::string_view{sha256}}, first_integer);
}

Result<int> count_changes_since(Store& store, const Revision& revision) {
  STUBKEEPER_ASSIGN(
      const std::int64_t count,
      store.database().query_number(
          "SELECT count(*) FROM change JOIN revision ON revision.id = change.applied_revision_id "
          "WHERE revision.entry_id = ? AND revision.number > ? AND change.state = 'approved'",
          {revision.entry_id, std::int64_t{revision.number}}));
  return static_cast<int>(count);
}

bool is_text_block(const entries::Block& block) {
  return block.kind != entries::BlockKind::blank && block.kind != entries::BlockKind::front_matter;
}

std::map<std::string, std::string> texts_by_id(const entries::IdentifiedDocument& page) {
  std::map<std::string, std::string> texts;
  const auto& blocks = page.document.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (is_text_block(blocks[i])) texts[page.ids[i]] = entries::trim(page.document.text(blocks[i]));
  }
  return texts;
}

// The changes that came into the entry with any of some revisions and are approved still.
Result<int> count_changes_of(Store& store, const std::set<Id>& revisions) {
  std::set<Id> changes;
  for (const Id revision : revisions) {
    STUBKEEPER_ASSIGN(
        const auto approved,
        store.database().query("SELECT change_id FROM approval JOIN change ON change.id = change_id "
                               "WHERE revision_id = ? AND change.state = 'approved'",
                               {revision}, first_integer));
    changes.insert(approved.begin(), approved.end());
  }
  return static_cast<int>(changes.size());
}

}  // namespace

Result<std::optional<OlderText>> find_older_text(Store& store, const Entry& entry, const std::string& disk) {
  STUBKEEPER_ASSIGN(auto found, find_revision_with(store, entry.id, sha256_hex(disk)));
  if (!found && disk.find('\r') != std::string::npos) {
    const std::string unix_lines = replace_all(disk, "\r\n", "\n");
    STUBKEEPER_ASSIGN(found, find_revision_with(store, entry.id, sha256_hex(unix_lines)));
  }
  if (!found || *found == entry.current_revision_id) return std::optional<OlderText>{};
  OlderText older;
  STUBKEEPER_ASSIGN(older.revision, EntryStore{store}.revision(*found));
  STUBKEEPER_ASSIGN(older.missing_changes, count_changes_since(store, older.revision));
  return std::optional{std::move(older)};
}

Result<int> count_lost_changes(Store& store, const Entry& entry, const std::string& text) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto current, entries.document(entry.current_revision_id));
  STUBKEEPER_ASSIGN(const auto records, entries.blocks(entry.current_revision_id));
  int next = 0;
  const auto now = texts_by_id(entries::carry_ids(current, entries::Document::parse(text),
                                                  [&] { return "new-" + std::to_string(++next); }));
  const auto before = texts_by_id(current);
  std::set<Id> lost;
  std::map<Id, std::map<std::string, std::string>> texts_before;  // of a revision's predecessor
  for (const BlockRecord& block : records) {
    const auto had = before.find(block.block_id);
    const auto has = now.find(block.block_id);
    if (had == before.end() || lost.contains(block.origin_revision_id)) continue;
    if (has == now.end()) {
      lost.insert(block.origin_revision_id);
      continue;
    }
    if (has->second == had->second) continue;
    if (!texts_before.contains(block.origin_revision_id)) {
      STUBKEEPER_ASSIGN(const auto origin, entries.revision(block.origin_revision_id));
      auto& texts = texts_before[origin.id];
      if (origin.number > 1) {
        STUBKEEPER_ASSIGN(const auto previous, entries.revision_by_number(entry.id, origin.number - 1));
        STUBKEEPER_ASSIGN(const auto page, entries.document(previous.id));
        texts = texts_by_id(page);
      }
    }
    const auto& texts = texts_before[block.origin_revision_id];
    const auto was = texts.find(block.block_id);
    if (was != texts.end() && was->second == has->second) lost.insert(block.origin_revision_id);
  }
  return count_changes_of(store, lost);
}

Result<std::optional<Revision>> find_most_similar_revision(Store& store, const Entry& entry,
                                                           const std::string& text) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto revisions, entries.revisions(entry.id));
  const PageBlocks blocks{text};
  std::optional<Revision> best;
  double best_similarity = min_page_similarity;
  for (const Revision& revision : revisions) {
    STUBKEEPER_ASSIGN(const std::string bytes, entries.bytes(revision));
    const double similarity = blocks.similarity(PageBlocks{bytes});
    if (similarity < best_similarity) continue;
    best_similarity = similarity;
    best = revision;
  }
  return best;
}

}  // namespace stubkeeper::kb
