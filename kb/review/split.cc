#include "kb/review/split.h"

#include <algorithm>
#include <set>

#include "base/text/ascii.h"
#include "entries/block_diff.h"
#include "entries/edit.h"
#include "kb/entries/edit_json.h"
#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/review/split_text.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

std::set<std::string> distinctive_words(std::string_view text) {
  constexpr std::size_t min_word_length = 5;
  std::set<std::string> words;
  for (const std::string_view unit : entries::tokenize_words(text)) {
    const bool figure = std::any_of(unit.begin(), unit.end(), is_ascii_digit);
    if (figure || (entries::has_word(unit) && unit.size() >= min_word_length))
      words.insert(ascii_lower(unit));
  }
  return words;
}

std::vector<const Citation*> select_citations(const TextPart& part, const std::vector<Citation>& all) {
  const auto words = distinctive_words(part.changed);
  std::vector<const Citation*> chosen;
  for (const Citation& citation : all) {
    const auto quoted = distinctive_words(citation.quote);
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
                    entries::Edit edit, const TextPart& part) {
  Database& database = store.database();
  edit.text = part.text;
  STUBKEEPER_ASSIGN(const auto preview, entries::preview_edit(document, edit));
  STUBKEEPER_TRY(database.run(
      "INSERT INTO change (proposal_id, ordinal, kind, edit_json, place, old_text, new_text, reason, state, "
      "part_of, first_look_source_id, content_sha256) VALUES (?1, (SELECT max(ordinal) + 1 FROM change WHERE "
      "proposal_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, 'waiting', ?8, ?9, change_sha256(?3, ?5, ?6))",
      {whole.proposal_id, whole.kind, edit_to_json(edit), preview.place, preview.old_text, preview.new_text,
       whole.reason, whole.id, id_or_null(whole.first_look_source_id)}));
  const Id id = database.last_insert_id();
  for (const Citation* citation : select_citations(part, whole.citations)) {
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

}  // namespace

Result<std::size_t> count_split_parts(const Change& change) {
  STUBKEEPER_ASSIGN(const auto edit, edit_from_json(change.edit_json));
  return std::max<std::size_t>(split_edit(edit).size(), 1);
}

Result<std::vector<Id>> split_change(Store& store, Id change_id) {
  std::vector<Id> ids;
  STUBKEEPER_TRY(store.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto change, Proposals{store}.get(change_id));
    if (change.state != ChangeState::waiting) {
      return Error{
          ErrorCode::conflict,
          "change " + std::to_string(change_id) + " is " + change_state_name(change.state) + " already", "",
          ""};
    }
    STUBKEEPER_ASSIGN(const auto edit, edit_from_json(change.edit_json));
    const auto parts = split_edit(edit);
    if (parts.size() < 2) {
      return Error{ErrorCode::refused, "change " + std::to_string(change_id) + " has one part only", "",
                   "edit it to take a part of its text"};
    }
    EntryStore entries{store};
    STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
    STUBKEEPER_ASSIGN(const auto document, entries.document(entry.current_revision_id));
    for (const TextPart& part : parts) {
      STUBKEEPER_ASSIGN(const Id id, add_part(store, change, document, edit, part));
      ids.push_back(id);
    }
    return store.database().run("UPDATE change SET state = 'superseded', superseded_by = ? WHERE id = ?",
                                {ids.front(), change_id});
  }));
  return ids;
}

}  // namespace stubkeeper::kb
