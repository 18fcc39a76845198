#include "review/edited_text.h"

#include <algorithm>
#include <map>

#include "kb/entries/edit_json.h"
#include "kb/entries/entry_store.h"
#include "kb/entries/subject.h"
#include "kb/sources/snapshots.h"
#include "llm/verifier.h"

namespace stubkeeper::review {
namespace {

// A task with the passages that the change quotes, and the quotes by the passages' ids.
struct VerificationInput {
  llm::Task task;
  llm::DraftedChange change;
};

// The passage that a citation stands in; where it spans several, from the first to the last.
Result<llm::TaskPassage> make_task_passage(kb::Snapshots& snapshots, const kb::Snapshot& snapshot,
                                    const std::string& text, const kb::Citation& citation) {
  STUBKEEPER_ASSIGN(const auto passages, snapshots.passages(snapshot.id));
  llm::TaskPassage given;
  given.snapshot_id = snapshot.id;
  std::size_t begin = citation.begin_byte;
  std::size_t end = citation.end_byte;
  for (const kb::Passage& passage : passages) {
    if (passage.begin_byte >= citation.end_byte || passage.end_byte <= citation.begin_byte) continue;
    begin = std::min(begin, passage.begin_byte);
    end = std::max(end, passage.end_byte);
  }
  given.begin_byte = begin;
  given.text = text.substr(begin, end - begin);
  return given;
}

Result<VerificationInput> make_verification_input(kb::Store& store, const kb::Change& change, const kb::ReviewerEdit& reviewer_edit,
                           Timestamp now) {
  kb::EntryStore entries{store};
  kb::Snapshots snapshots{store};
  VerificationInput prepared;
  STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
  llm::Task& task = prepared.task;
  task.entry_path = entry.path;
  task.entry_title = entry.title;
  task.is_stub = entry.state == kb::EntryState::stub;
  task.today = iso_date(now);
  STUBKEEPER_ASSIGN(task.entry, entries.document(entry.current_revision_id));
  const entries::PublisherRules& publishers = store.conventions().publishers;
  STUBKEEPER_ASSIGN(const auto subject, kb::subject_of(store, entry, task.entry.document));
  std::map<kb::Id, std::string> texts;
  for (const kb::Citation& citation : change.citations) {
    STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(citation.snapshot_id));
    STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
    auto known = texts.find(snapshot.id);
    if (known == texts.end()) {
      STUBKEEPER_ASSIGN(auto read, snapshots.text(snapshot));
      known = texts.emplace(snapshot.id, std::move(read)).first;
      task.snapshots.push_back({snapshot.id, known->second, snapshot.title, snapshot.published, ""});
    }
    STUBKEEPER_ASSIGN(auto passage, make_task_passage(snapshots, snapshot, known->second, citation));
    passage.id = "p" + std::to_string(task.passages.size() + 1);
    passage.source_address = document.address;
    passage.source_title = kb::name_of(snapshot, document);
    passage.published = snapshot.published;
    passage.modified = snapshot.modified;
    passage.publisher = entries::classify_publisher(publishers, document.address, snapshot.site_name, subject);
    prepared.change.quotes.push_back({passage.id, citation.quote, citation.refutes});
    task.passages.push_back(std::move(passage));
  }
  prepared.change.kind = change.kind;
  STUBKEEPER_ASSIGN(prepared.change.edit, kb::resolve_reviewer_edit(store, change, reviewer_edit, task.entry));
  return prepared;
}

}  // namespace

Result<std::string> text_to_edit(const kb::Change& change) {
  STUBKEEPER_ASSIGN(const auto edit, kb::edit_from_json(change.edit_json));
  using enum entries::EditKind;
  const bool is_partial = edit.kind == link_words || edit.kind == add_linked_item || edit.kind == leave_block;
  return is_partial ? change.new_text : edit.text;
}

Result<std::vector<kb::Flag>> verify_edited_text(kb::Store& store, const kb::Change& change,
                                            const kb::ReviewerEdit& reviewer_edit, Timestamp now) {
  STUBKEEPER_ASSIGN(const auto prepared, make_verification_input(store, change, reviewer_edit, now));
  std::vector<kb::Flag> flags;
  if (change.citations.empty()) return flags;
  llm::Draft draft;
  draft.changes.push_back(prepared.change);
  const llm::Verification verification = llm::verify(prepared.task, draft);
  if (verification.dropped_unsafe > 0) {
    return Error{ErrorCode::refused,
                 "the text holds raw HTML, a shortcode or a link that is neither http nor https, or does not "
                 "fit its place",
                 "change " + std::to_string(change.id),
                 "take it out; what only a page of its own can have is written in the exported file"};
  }
  for (const llm::VerifiedChange& verified : verification.changes) {
    for (const llm::RaisedFlag& raised : verified.flags) {
      kb::Flag flag;
      flag.name = raised.name;
      flag.detail = raised.detail;
      flags.push_back(std::move(flag));
    }
  }
  return flags;
}

}  // namespace stubkeeper::review
