#include "kb/provenance.h"

#include <algorithm>
#include <map>

#include "kb/change_rows.h"
#include "kb/database.h"
#include "kb/entry_store.h"
#include "kb/proposals.h"

namespace stubkeeper::kb {
namespace {

// Where a block came from is the same for all blocks of one revision.
struct Origin {
  Revision revision;
  std::vector<Change> changes;
  std::vector<Decision> decisions;
};

Result<Origin> origin_of(Store& store, Id revision_id) {
  Origin origin;
  STUBKEEPER_ASSIGN(origin.revision, EntryStore{store}.revision(revision_id));
  STUBKEEPER_ASSIGN(
      origin.changes,
      read_changes(store.database(),
                   "SELECT " CHANGE_COLUMNS "FROM change JOIN proposal ON proposal.id = proposal_id "
                   "WHERE change.applied_revision_id = ? AND change.state = 'approved' ORDER BY change.id",
                   {revision_id}));
  for (const Change& change : origin.changes) {
    STUBKEEPER_ASSIGN(const auto decisions, Proposals{store}.decisions(change.id));
    origin.decisions.insert(origin.decisions.end(), decisions.begin(), decisions.end());
  }
  return origin;
}

std::size_t count_lines(std::string_view text) {
  std::size_t lines = 0;
  for (const char c : text) lines += c == '\n' ? 1 : 0;
  return text.ends_with('\n') || text.empty() ? lines : lines + 1;
}

}  // namespace

Result<std::vector<Provenance>> why(Store& store, Id entry_id, std::size_t line) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(entry_id));
  STUBKEEPER_ASSIGN(const auto identified, entries.document(entry.current_revision_id));
  STUBKEEPER_ASSIGN(const auto records, entries.blocks(entry.current_revision_id));
  std::map<std::string, Id> origin_by_block;
  for (const BlockRecord& record : records) origin_by_block[record.block_id] = record.origin_revision_id;
  const entries::Block* wanted = line == 0 ? nullptr : identified.document.block_at_line(line);
  if (line != 0 && wanted == nullptr) {
    return Error{ErrorCode::not_found, entry.path + " has no line " + std::to_string(line), "", ""};
  }

  std::map<Id, Origin> origins;
  std::vector<Provenance> found;
  const auto& blocks = identified.document.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (wanted != nullptr ? &blocks[i] != wanted : blocks[i].kind == entries::BlockKind::blank) continue;
    const auto by_block = origin_by_block.find(identified.ids[i]);
    const Id origin_id = by_block == origin_by_block.end() ? entry.current_revision_id : by_block->second;
    auto origin = origins.find(origin_id);
    if (origin == origins.end()) {
      STUBKEEPER_ASSIGN(auto read, origin_of(store, origin_id));
      origin = origins.emplace(origin_id, std::move(read)).first;
    }
    Provenance provenance;
    provenance.text = std::string{identified.document.text(blocks[i])};
    provenance.first_line = blocks[i].first_line;
    provenance.last_line = blocks[i].first_line + count_lines(provenance.text) - 1;
    provenance.block_id = identified.ids[i];
    provenance.block_kind = entries::block_kind_name(blocks[i].kind);
    provenance.part = blocks[i].part;
    provenance.origin = origin->second.revision;
    provenance.changes = origin->second.changes;
    provenance.decisions = origin->second.decisions;
    found.push_back(std::move(provenance));
  }
  return found;
}

Result<WordsOrigin> origin_of_words(Store& store, Id entry_id, const std::string& block_id,
                                    std::string_view words) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(entry_id));
  STUBKEEPER_ASSIGN(auto revision, entries.revision(entry.current_revision_id));
  Id brought_by = 0;
  for (;;) {
    STUBKEEPER_ASSIGN(const auto records, entries.blocks(revision.id));
    const auto record = std::find_if(records.begin(), records.end(),
                                     [&](const BlockRecord& each) { return each.block_id == block_id; });
    if (record == records.end()) break;
    STUBKEEPER_ASSIGN(const std::string bytes, entries.bytes(revision));
    const std::string_view block =
        std::string_view{bytes}.substr(record->begin_byte, record->end_byte - record->begin_byte);
    if (block.find(words) == std::string_view::npos) break;
    // The block has been the same since then; the words may be older than it.
    brought_by = record->origin_revision_id;
    STUBKEEPER_ASSIGN(const auto origin, entries.revision(brought_by));
    if (origin.number == 1) break;
    STUBKEEPER_ASSIGN(revision, entries.revision_by_number(entry_id, origin.number - 1));
  }
  if (brought_by == 0) {
    return Error{ErrorCode::not_found, "these words do not stand in block " + block_id + " of " + entry.path,
                 "", ""};
  }
  STUBKEEPER_ASSIGN(auto origin, origin_of(store, brought_by));
  return WordsOrigin{std::move(origin.revision), std::move(origin.changes), std::move(origin.decisions)};
}

}  // namespace stubkeeper::kb
