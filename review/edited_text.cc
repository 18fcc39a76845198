#include "review/edited_text.h"

#include "kb/entries/edit_json.h"
#include "llm/verifier.h"
#include "review/labels.h"
#include "review/task.h"

namespace stubkeeper::review {
namespace {

// The person's version as a draft of the task.
Result<llm::Draft> make_draft(kb::Store& store, const llm::Task& task, const kb::Change& change,
                              const kb::ReviewerEdit& reviewer_edit) {
  llm::DraftedChange drafted;
  drafted.kind = change.kind;
  STUBKEEPER_ASSIGN(drafted.edit, kb::resolve_reviewer_edit(store, change, reviewer_edit, task.entry));
  for (const kb::Citation& citation : change.citations) {
    const llm::TaskPassage* passage = find_passage(task, citation.snapshot_id, citation.begin_byte);
    drafted.quotes.push_back({passage == nullptr ? "" : passage->id, citation.quote, citation.refutes});
  }
  llm::Draft draft;
  STUBKEEPER_ASSIGN(const auto proposal, kb::Proposals{store}.proposal(change.proposal_id));
  draft.shared_context = !is_extractive(proposal.drafter);
  draft.changes.push_back(std::move(drafted));
  return draft;
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
  STUBKEEPER_ASSIGN(const auto task, build_edit_task(store, change, now));
  STUBKEEPER_ASSIGN(const auto draft, make_draft(store, task, change, reviewer_edit));
  std::vector<kb::Flag> flags;
  if (change.citations.empty()) return flags;
  const std::string where = "change " + std::to_string(change.id);
  const llm::Verification verification = llm::verify(task, draft);
  if (verification.dropped_unsafe > 0) {
    return Error{ErrorCode::refused,
                 "the text holds raw HTML, a shortcode or a link that is neither http nor https, or does not "
                 "fit its place",
                 where, "take it out; what only a page of its own can have is written in the exported file"};
  }
  if (verification.changes.empty())
    return Error{ErrorCode::corrupt, "a quote of the change is not in its snapshot", where,
                 "`stubkeeper doctor` checks the store"};
  const auto& raised = verification.changes.front().flags;
  flags.insert(flags.end(), raised.begin(), raised.end());
  STUBKEEPER_ASSIGN(auto repeated, repeated_story_flag(store, change.entry_id, change.citations, flags));
  if (repeated) flags.push_back(*std::move(repeated));
  return flags;
}

}  // namespace stubkeeper::review
