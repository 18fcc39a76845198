#include "kb/split.h"

#include <algorithm>
#include <set>

#include "entries/block_diff.h"
#include "entries/document.h"
#include "entries/edit.h"
#include "entries/edits/parts.h"
#include "entries/markdown/lines.h"
#include "kb/change_rows.h"
#include "kb/database.h"
#include "kb/edit_json.h"
#include "kb/entry_store.h"
#include "kb/proposals.h"
#include "schema/base/ascii.h"

namespace stubkeeper::kb {
namespace {

struct Part {
  std::string text;     // of the edit
  std::string changed;  // the words that are new or gone, for choosing quotes
};

std::vector<Part> blocks_of(const std::string& text) {
  const auto document = entries::Document::parse(text);
  std::vector<Part> parts;
  for (const entries::Block& block : document.blocks()) {
    if (block.kind == entries::BlockKind::blank) continue;
    const std::string own{entries::without_line_ends(document.text(block))};
    const bool nested = block.kind == entries::BlockKind::list_item && block.depth > 0;
    const bool row = block.kind == entries::BlockKind::table_row;
    // Rows of a table, and a heading without what stands below it, are nothing by themselves.
    if (row) return {{text, text}};
    const bool below_heading = !parts.empty() && parts.back().text.starts_with('#');
    if ((nested || below_heading) && !parts.empty()) {
      parts.back().text += (nested ? "\n" : "\n\n") + own;
    } else {
      parts.push_back({own, ""});
    }
  }
  for (Part& part : parts) part.changed = part.text;
  return parts;
}

bool ends_sentence(std::string_view kept) {
  for (const std::string_view mark : {". ", "! ", "? ", ".\n", "!\n", "?\n", "\n\n"}) {
    if (kept.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

// The block with one of its changed sentences at a time.
std::vector<Part> sentences_of(std::string_view before, std::string_view after) {
  const auto runs = entries::readable_runs(entries::word_diff(before, after));
  using Kind = entries::WordRun::Kind;
  std::vector<std::size_t> part_of_run(runs.size(), 0);
  std::size_t part = 0;
  bool changed = false;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].kind != Kind::kept) {
      changed = true;
    } else if (changed && ends_sentence(runs[i].text)) {
      ++part;
      changed = false;
    }
    part_of_run[i] = part;
  }
  const std::size_t count = changed ? part + 1 : part;
  std::vector<Part> parts(count);
  for (std::size_t each = 0; each < count; ++each) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const bool mine = runs[i].kind != Kind::kept && part_of_run[i] == each;
      if (mine) parts[each].changed += runs[i].text + " ";
      // The others' words stay as they were.
      if (runs[i].kind == Kind::kept || (runs[i].kind == Kind::added) == mine)
        parts[each].text += runs[i].text;
    }
  }
  return parts;
}

std::vector<Part> parts_of_edit(const entries::Edit& edit) {
  using enum entries::EditKind;
  if (edit.kind == insert_before || edit.kind == insert_after || edit.kind == add_to_part)
    return blocks_of(edit.text);
  if (edit.kind == replace_block && !edit.expected.empty())
    return sentences_of(entries::without_line_ends(edit.expected), entries::without_line_ends(edit.text));
  return {};
}

std::set<std::string> telling_words(std::string_view text) {
  constexpr std::size_t shortest = 5;
  std::set<std::string> words;
  for (const std::string_view unit : entries::word_units(text)) {
    const bool figure = std::any_of(unit.begin(), unit.end(), is_ascii_digit);
    if (figure || (entries::holds_word(unit) && unit.size() >= shortest)) words.insert(ascii_lower(unit));
  }
  return words;
}

std::vector<const Citation*> citations_for(const Part& part, const std::vector<Citation>& all) {
  const auto words = telling_words(part.changed);
  std::vector<const Citation*> chosen;
  for (const Citation& citation : all) {
    const auto quoted = telling_words(citation.quote);
    if (std::any_of(quoted.begin(), quoted.end(),
                    [&](const std::string& word) { return words.contains(word); }))
      chosen.push_back(&citation);
  }
  if (chosen.empty()) {
    for (const Citation& citation : all) chosen.push_back(&citation);
  }
  return chosen;
}

Result<Id> add_part(Store& store, const Change& whole, const entries::IdentifiedDocument& document,
                    entries::Edit edit, const Part& part) {
  Database& database = store.database();
  edit.text = part.text;
  STUBKEEPER_ASSIGN(const auto preview, entries::preview_edit(document, edit));
  STUBKEEPER_TRY(database.run(
      "INSERT INTO change (proposal_id, ordinal, kind, edit_json, place, old_text, new_text, reason, state) "
      "VALUES (?1, (SELECT max(ordinal) + 1 FROM change WHERE proposal_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, "
      "'waiting')",
      {whole.proposal_id, whole.kind, edit_to_json(edit), preview.place, preview.old_text, preview.new_text,
       whole.reason}));
  const Id id = database.last_insert_id();
  for (const Citation* citation : citations_for(part, whole.citations)) {
    STUBKEEPER_TRY(database.run(
        "INSERT INTO citation (change_id, snapshot_id, begin_byte, end_byte, quote, role) SELECT ?, "
        "snapshot_id, begin_byte, end_byte, quote, role FROM citation WHERE id = ?",
        {id, citation->id}));
  }
  STUBKEEPER_TRY(database.run(
      "INSERT INTO flag (name, detail, change_id, raised_at) SELECT name, detail, ?, raised_at FROM flag "
      "WHERE change_id = ? AND resolved_at IS NULL ORDER BY id",
      {id, whole.id}));
  return id;
}

// The revisions that the parts before this one brought, where it is a part of a split change.
Result<std::set<Id>> revisions_of_earlier_parts(Store& store, const Change& part, const entries::Edit& edit) {
  STUBKEEPER_ASSIGN(
      const auto of_proposal,
      read_changes(store.database(),
                   "SELECT " CHANGE_COLUMNS
                   "FROM proposal JOIN change ON proposal.id = proposal_id WHERE proposal.id = ? AND "
                   "change.id < ? ORDER BY change.id",
                   {part.proposal_id, part.id}));
  bool is_split = false;
  std::set<Id> revisions;
  for (const Change& other : of_proposal) {
    STUBKEEPER_ASSIGN(const auto others, edit_from_json(other.edit_json));
    if (others.kind != edit.kind || others.target != edit.target) continue;
    // Within one proposal a change is superseded by its parts alone.
    if (other.state == ChangeState::superseded) {
      is_split = true;
      revisions.clear();
    }
    if (other.state == ChangeState::approved) revisions.insert(other.applied_revision_id);
  }
  return is_split ? revisions : std::set<Id>{};
}

}  // namespace

Result<std::string> block_to_go_behind(Store& store, const Change& change, const entries::Edit& edit,
                                       const entries::IdentifiedDocument& document, Id revision_id) {
  STUBKEEPER_ASSIGN(const auto revisions, revisions_of_earlier_parts(store, change, edit));
  if (revisions.empty()) return edit.target;
  std::set<std::string> of_earlier_parts;
  STUBKEEPER_TRY(store.database().run("SELECT block_id, origin_revision_id FROM block WHERE revision_id = ?",
                                      {revision_id}, [&](const Row& row) -> Status {
                                        if (revisions.contains(row.integer(1)))
                                          of_earlier_parts.insert(row.text(0));
                                        return {};
                                      }));
  const auto& blocks = document.document.blocks();
  const auto target = std::find(document.ids.begin(), document.ids.end(), edit.target);
  // The list of sources, to which an approval adds, is none of the parts' own text.
  const auto sources = entries::find_part(store.conventions(), document.document, "sources");
  std::string last = edit.target;
  for (auto i = static_cast<std::size_t>(target - document.ids.begin()) + 1; i < blocks.size(); ++i) {
    if (blocks[i].kind == entries::BlockKind::blank) continue;
    if ((sources && i == sources->heading) || !of_earlier_parts.contains(document.ids[i])) break;
    last = document.ids[i];
  }
  return last;
}

Result<std::size_t> parts_of(const Change& change) {
  STUBKEEPER_ASSIGN(const auto edit, edit_from_json(change.edit_json));
  return std::max<std::size_t>(parts_of_edit(edit).size(), 1);
}

Result<std::vector<Id>> split_change(Store& store, Id change_id) {
  std::vector<Id> ids;
  STUBKEEPER_TRY(store.atomically([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto change, Proposals{store}.get(change_id));
    if (change.state != ChangeState::waiting) {
      return Error{
          ErrorCode::conflict,
          "change " + std::to_string(change_id) + " is " + change_state_name(change.state) + " already", "",
          ""};
    }
    STUBKEEPER_ASSIGN(const auto edit, edit_from_json(change.edit_json));
    const auto parts = parts_of_edit(edit);
    if (parts.size() < 2) {
      return Error{ErrorCode::refused, "change " + std::to_string(change_id) + " has one part only", "",
                   "edit it to take a part of its text"};
    }
    EntryStore entries{store};
    STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
    STUBKEEPER_ASSIGN(const auto document, entries.document(entry.current_revision_id));
    for (const Part& part : parts) {
      STUBKEEPER_ASSIGN(const Id id, add_part(store, change, document, edit, part));
      ids.push_back(id);
    }
    return store.database().run("UPDATE change SET state = 'superseded', superseded_by = ? WHERE id = ?",
                                {ids.front(), change_id});
  }));
  return ids;
}

}  // namespace stubkeeper::kb
