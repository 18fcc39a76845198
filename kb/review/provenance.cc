#include "kb/review/provenance.h"

#include <algorithm>
#include <map>

#include "base/text/ascii.h"
#include "entries/markdown/lines.h"
#include "kb/entries/change_rows.h"
#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"

namespace stubkeeper::kb {
namespace {

// The origin of all blocks that one revision brought.
struct Origin {
  Revision revision;
  std::vector<Change> changes;
  std::vector<Decision> decisions;
  std::vector<UndoneChange> undone_changes;
};

Result<Origin> load_origin(Store& store, Id revision_id) {
  Origin origin;
  STUBKEEPER_ASSIGN(origin.revision, EntryStore{store}.revision(revision_id));
  STUBKEEPER_ASSIGN(auto changes,
                    read_changes(store.database(),
                                 "SELECT " CHANGE_COLUMNS "FROM approval JOIN change ON change.id = "
                                 "approval.change_id JOIN proposal ON proposal.id = proposal_id "
                                 "WHERE approval.revision_id = ? ORDER BY change.id",
                                 {revision_id}));
  for (Change& change : changes) {
    STUBKEEPER_ASSIGN(const auto decisions, Proposals{store}.decisions(change.id));
    if (change.state == ChangeState::approved) {
      origin.decisions.insert(origin.decisions.end(), decisions.begin(), decisions.end());
      origin.changes.push_back(std::move(change));
      continue;
    }
    const auto undo = std::find_if(decisions.rbegin(), decisions.rend(), [](const Decision& decision) {
      return decision.verdict == Verdict::undo;
    });
    if (undo != decisions.rend()) origin.undone_changes.push_back({change.id, *undo});
  }
  return origin;
}

// Whether a text goes on at a place within a word or a number, as "1,800" does before and behind its comma.
bool is_inside_word(std::string_view text, std::size_t place) {
  if (place == 0 || place >= text.size()) return false;
  const char before = text[place - 1];
  const char following = text[place];
  if (is_ascii_alphanumeric(before) && is_ascii_alphanumeric(following)) return true;
  const auto separates = [](char c) { return c == '.' || c == ','; };
  if (separates(following))
    return is_ascii_digit(before) && place + 1 < text.size() && is_ascii_digit(text[place + 1]);
  return separates(before) && is_ascii_digit(following) && place >= 2 && is_ascii_digit(text[place - 2]);
}

bool contains_words(std::string_view block, const WordQuery& words) {
  if (words.is_line) {
    for (const entries::Line& line : entries::split_lines(block)) {
      if (entries::trim(block.substr(line.begin, line.end - line.begin)) == words.text) return true;
    }
    return false;
  }
  for (std::size_t at = block.find(words.text); at != std::string_view::npos;
       at = block.find(words.text, at + 1)) {
    if (!is_inside_word(block, at) && !is_inside_word(block, at + words.text.size())) return true;
  }
  return false;
}

// A block of a revision.
struct BlockLocation {
  std::string block_id;
  Id revision_id = 0;
};

// The blocks of a revision with their texts.
struct BlockTexts {
  std::vector<BlockRecord> records;
  std::string bytes;

  static Result<BlockTexts> of(EntryStore& entries, const Revision& revision) {
    BlockTexts texts;
    STUBKEEPER_ASSIGN(texts.records, entries.blocks(revision.id));
    STUBKEEPER_ASSIGN(texts.bytes, entries.bytes(revision));
    return texts;
  }
  const BlockRecord* find(const std::string& block_id) const {
    const auto record = std::find_if(records.begin(), records.end(),
                                     [&](const BlockRecord& each) { return each.block_id == block_id; });
    return record == records.end() ? nullptr : &*record;
  }
  std::string_view text_of(const BlockRecord& record) const {
    return std::string_view{bytes}.substr(record.begin_byte, record.end_byte - record.begin_byte);
  }
  std::ptrdiff_t count_with(const WordQuery& words) const {
    return std::count_if(records.begin(), records.end(),
                         [&](const BlockRecord& record) { return contains_words(text_of(record), words); });
  }
};

// The revision since which a block has had the words without a break; 0 where it has not.
Result<Id> introducing_revision(EntryStore& entries, Id entry_id, const BlockLocation& place,
                                const WordQuery& words) {
  STUBKEEPER_ASSIGN(auto revision, entries.revision(place.revision_id));
  Id introduced_by = 0;
  for (;;) {
    STUBKEEPER_ASSIGN(const BlockTexts texts, BlockTexts::of(entries, revision));
    const BlockRecord* record = texts.find(place.block_id);
    if (record == nullptr || !contains_words(texts.text_of(*record), words)) return introduced_by;
    // The block has not changed since then; the words may be older.
    introduced_by = record->origin_revision_id;
    STUBKEEPER_ASSIGN(const auto origin, entries.revision(introduced_by));
    if (origin.number == 1) return introduced_by;
    STUBKEEPER_ASSIGN(revision, entries.revision_by_number(entry_id, origin.number - 1));
  }
}

// The last block with the words before this revision: one of the same text, or, where no other
// block of the revision has them, any.
Result<std::optional<BlockLocation>> previous_location(EntryStore& entries, const Revision& revision,
                                                       const std::string& block_id, const WordQuery& words) {
  STUBKEEPER_ASSIGN(const BlockTexts now, BlockTexts::of(entries, revision));
  const BlockRecord* record_now = now.find(block_id);
  if (record_now == nullptr) return std::optional<BlockLocation>{};
  const std::string_view block = now.text_of(*record_now);
  const bool only_here = now.count_with(words) == 1;
  for (int number = revision.number - 1; number > 0; --number) {
    STUBKEEPER_ASSIGN(const auto earlier, entries.revision_by_number(revision.entry_id, number));
    STUBKEEPER_ASSIGN(const BlockTexts then, BlockTexts::of(entries, earlier));
    for (const BlockRecord& record : then.records) {
      const std::string_view text = then.text_of(record);
      if (text == block || (only_here && contains_words(text, words)))
        return std::optional{BlockLocation{record.block_id, earlier.id}};
    }
  }
  return std::optional<BlockLocation>{};
}

std::size_t count_lines(std::string_view text) {
  std::size_t lines = 0;
  for (const char c : text) lines += c == '\n' ? 1 : 0;
  return text.ends_with('\n') || text.empty() ? lines : lines + 1;
}

}  // namespace

bool has_reviewer_edit(const std::vector<Decision>& decisions) {
  std::map<Id, Verdict> last;
  for (const Decision& decision : decisions) last[decision.change_id] = decision.verdict;
  return std::any_of(last.begin(), last.end(),
                     [](const auto& decided) { return decided.second == Verdict::edit; });
}

Result<std::vector<Provenance>> find_provenance(Store& store, Id entry_id, std::size_t line) {
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
      STUBKEEPER_ASSIGN(auto read, load_origin(store, origin_id));
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
    provenance.undone_changes = origin->second.undone_changes;
    found.push_back(std::move(provenance));
  }
  return found;
}

Result<WordsOrigin> find_words_origin(Store& store, Id entry_id, const std::string& block_id,
                                      const WordQuery& words) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(entry_id));
  BlockLocation place{block_id, entry.current_revision_id};
  std::optional<Revision> in_place_since;
  for (;;) {
    STUBKEEPER_ASSIGN(const Id introduced_by, introducing_revision(entries, entry_id, place, words));
    if (introduced_by == 0) {
      return Error{ErrorCode::not_found,
                   "these words do not stand in block " + block_id + " of " + entry.path, "", ""};
    }
    STUBKEEPER_ASSIGN(auto origin, load_origin(store, introduced_by));
    std::optional<BlockLocation> earlier;
    if (origin.changes.empty() && origin.undone_changes.empty()) {
      STUBKEEPER_ASSIGN(earlier, previous_location(entries, origin.revision, place.block_id, words));
    }
    if (!earlier) {
      return WordsOrigin{std::move(origin.revision), std::move(origin.changes), std::move(origin.decisions),
                         std::move(origin.undone_changes), std::move(in_place_since)};
    }
    if (!in_place_since) in_place_since = std::move(origin.revision);
    place = *std::move(earlier);
  }
}

}  // namespace stubkeeper::kb
