#include "review/item.h"

#include "entries/edits/move_to_part.h"
#include "kb/entries/edit_json.h"
#include "kb/entries/entry_store.h"
#include "kb/entries/subject.h"
#include "kb/review/apply_change.h"
#include "kb/review/first_looks.h"
#include "kb/review/review.h"
#include "kb/review/reviewer_edit.h"
#include "kb/review/split.h"
#include "kb/sources/sources.h"
#include "review/change_kinds.h"
#include "review/labels.h"

namespace stubkeeper::review {

Result<ReviewItem> review_item(kb::Store& store, kb::Id change_id, Timestamp now) {
  kb::Proposals proposals{store};
  kb::EntryStore entries{store};
  ReviewItem item;
  STUBKEEPER_ASSIGN(item.change, proposals.get(change_id));
  STUBKEEPER_ASSIGN(const auto entry, entries.get(item.change.entry_id));
  STUBKEEPER_ASSIGN(const auto proposal, proposals.proposal(item.change.proposal_id));
  STUBKEEPER_ASSIGN(item.decisions, proposals.decisions(change_id));
  STUBKEEPER_ASSIGN(item.dependents, kb::find_dependents(store, item.change, iso_date(now)));
  item.consequence = describe_consequence(item.change.kind, store.conventions().style);
  item.seen = kb::seen_hash(item.change);
  STUBKEEPER_ASSIGN(item.superseded_changes, proposals.superseded_by(change_id));
  STUBKEEPER_ASSIGN(item.fate, proposals.fate(change_id));
  STUBKEEPER_ASSIGN(item.parts, kb::count_split_parts(item.change));
  if (item.change.first_look_source_id != 0) {
    const kb::SourceOfEntry pair{entry.id, item.change.first_look_source_id};
    STUBKEEPER_ASSIGN(const auto source, kb::Sources{store}.get(pair.source_id));
    STUBKEEPER_ASSIGN(const auto counts, kb::FirstLooks{store}.counts(pair));
    item.first_look = describe_first_look(source, counts);
  }
  item.entry_path = entry.path;
  item.entry_title = entry.title;
  item.entry_state = entry.state;
  item.drafter = proposal.drafter;
  item.run_id = proposal.run_id;
  item.proposed_at = proposal.created_at;
  item.age = now - proposal.created_at;
  STUBKEEPER_ASSIGN(item.reviewer_edit, kb::approved_reviewer_edit(store, item.change));
  item.difference = item.reviewer_edit
                        ? entries::block_diff(item.reviewer_edit->old_text, item.reviewer_edit->new_text)
                        : entries::block_diff(item.change.old_text, item.change.new_text);
  for (const kb::Flag& flag : item.change.flags) {
    if (flag.name != llm::contradicts_flag) continue;
    if (auto sides = llm::parse_contradiction(flag.detail)) item.contradictions.push_back(*std::move(sides));
  }
  STUBKEEPER_ASSIGN(const auto document, entries.document(entry.current_revision_id));
  if (item.change.state == kb::ChangeState::waiting) {
    STUBKEEPER_ASSIGN(const auto edit, kb::edit_from_json(item.change.edit_json));
    const auto edited = kb::apply_change(store, item.change, edit, document, entry.current_revision_id);
    // A change that does not fit any more has no neighbours.
    if (edited.ok())
      item.context_lines = find_context_lines(document.document, entries::Document::parse(*edited));
    auto parts = entries::list_target_parts(document, edit);
    if (parts.ok()) item.list_target_parts = *std::move(parts);
    if (!parts.ok()) item.move_problem = parts.error().text();
  }
  if (!item.change.citations.empty()) {
    STUBKEEPER_ASSIGN(const auto subject, kb::subject_of(store, entry, document.document));
    QuoteReader reader{store};
    for (const kb::Citation& citation : item.change.citations)
      item.quotes.push_back(reader.read_in_context(citation, subject));
  }
  return item;
}

}  // namespace stubkeeper::review
