#include <algorithm>

#include "cli/serve/addresses.h"
#include "cli/serve/approval_group_panel.h"
#include "cli/serve/move_panel.h"
#include "cli/serve/pages.h"
#include "cli/serve/queue_target.h"
#include "cli/upkeep.h"
#include "kb/review/proposals.h"
#include "kb/review/refusals.h"
#include "kb/review/review.h"
#include "kb/review/review_queue.h"
#include "kb/review/split.h"
#include "review/edited_text.h"

namespace stubkeeper::cli {
namespace {

// One form that was sent, and what it is about.
struct FormSubmission {
  const Visit& visit;
  QueueFilter filter;
  kb::Id id = 0;
  std::string action;

  std::string field(const std::string& name) const { return visit.request.field(name); }
  kb::Id next() const { return parse_positive_integer(field("next")).value_or(0); }
  kb::Reviewer reviewer() const { return {kb::AuthorKind::person, visit.kb.reviewer}; }
};

using PlaceField = std::pair<std::string, std::string>;
PlaceField at(kb::Id id) {
  return {"at", std::to_string(id)};
}
PlaceField from(kb::Id id) {
  return {"from", id == 0 ? "end" : std::to_string(id)};
}

Response redirect_to_review(const FormSubmission& submission, const PlaceField& place, kb::Id of, const std::string& note,
             std::size_t count = 0) {
  Fields fields = submission.filter.fields();
  fields.insert(place);
  fields["of"] = std::to_string(of);
  fields["note"] = note;
  if (count != 0) fields["many"] = std::to_string(count);
  return see_other("/review" + to_query_string(fields));
}

Status check_seen_hash(const FormSubmission& submission) {
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{submission.visit.store()}.get(submission.id));
  if (change.state == kb::ChangeState::waiting && kb::seen_hash(change) == submission.field("seen")) return {};
  return Error{ErrorCode::conflict, "it is not what was seen any more", "", ""};
}

void push_undo_step(const FormSubmission& submission, UndoStep decided) {
  decided.displayed_change = submission.id;
  submission.visit.browser.push_undo_step(std::move(decided));
}

// What a decision that the store refused came to: the change was decided elsewhere, or is not what was seen.
Result<Response> redirect_undecidable(const FormSubmission& submission) {
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{submission.visit.store()}.get(submission.id));
  if (change.state == kb::ChangeState::waiting) return redirect_to_review(submission, at(submission.id), submission.id, "seen-otherwise");
  return redirect_to_review(submission, from(submission.next()), submission.id, "missed");
}

// What a decision came to: the next change, or why there was none.
template <typename T>
Result<Response> finish_decision(const FormSubmission& submission, const Result<T>& decided, UndoStep what,
                      const std::string& note) {
  if (!decided.ok() && decided.error().code == ErrorCode::conflict) return redirect_undecidable(submission);
  if (!decided.ok()) return decided.error();
  push_undo_step(submission, std::move(what));
  STUBKEEPER_TRY(run_upkeep(submission.visit.session, submission.visit.kb));
  return redirect_to_review(submission, from(submission.next()), submission.id, note);
}

Result<Response> approve(const FormSubmission& submission) {
  kb::Review review{submission.visit.store(), submission.visit.session.environment.clock};
  return finish_decision(submission, review.approve(submission.id, submission.reviewer(), "", submission.field("seen")), {0, {submission.id}, {}},
                "decided");
}

Result<Response> reject(const FormSubmission& submission) {
  const std::string reviewer_edit = submission.field("own-reason");
  kb::Review review{submission.visit.store(), submission.visit.session.environment.clock};
  return finish_decision(
      submission,
      review.reject(submission.id, submission.reviewer(), reviewer_edit.empty() ? submission.field("reason") : reviewer_edit, submission.field("seen")),
      {0, {submission.id}, {}}, "decided");
}

// A text that cannot be taken, or that something speaks against, comes back into the form.
Result<Response> edit(const FormSubmission& submission) {
  const std::string text = submission.field("text");
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{submission.visit.store()}.get(submission.id));
  const auto flags = review::verify_edited_text(submission.visit.store(), change, {text}, submission.visit.now());
  const QueueTarget here{QueueTarget::Kind::exactly, submission.id};
  if (!flags.ok()) return make_review_page(submission.visit, here, {text, flags.error().text(), {}}, "");
  if (!flags->empty() && submission.field("accepted") != warning_hash(text, *flags))
    return make_review_page(submission.visit, here, {text, "", *flags}, "");
  const auto revision = kb::Review{submission.visit.store(), submission.visit.session.environment.clock}.approve_edited(
      submission.id, submission.reviewer(), {text}, "", submission.field("seen"), *flags);
  if (!revision.ok() && revision.error().code != ErrorCode::conflict)
    return make_review_page(submission.visit, here, {text, revision.error().text(), {}}, "");
  return finish_decision(submission, revision, {0, {submission.id}, {}}, "edited");
}

// What was not shown of it, or speaks against it by now, is shown first.
Result<Response> move(const FormSubmission& submission) {
  const std::string part = submission.field("part");
  if (part.empty()) return Error{ErrorCode::invalid_argument, "the form names no part", "", ""};
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{submission.visit.store()}.get(submission.id));
  if (change.state != kb::ChangeState::waiting) return redirect_undecidable(submission);
  const auto moved = review::preview_move(submission.visit.store(), change, part, submission.visit.now());
  const QueueTarget here{QueueTarget::Kind::exactly, submission.id};
  if (!moved.ok() || submission.field("accepted") != move_preview_hash(*moved))
    return make_review_page(submission.visit, here, {}, part);
  const auto revision = kb::Review{submission.visit.store(), submission.visit.session.environment.clock}.approve_edited(
      submission.id, submission.reviewer(), moved->reviewer_edit, "", submission.field("seen"), moved->flags);
  return finish_decision(submission, revision, {0, {submission.id}, {}}, "moved");
}

Result<Response> never(const FormSubmission& submission) {
  const auto subject = kb::refusal_subject_from_name(submission.action.substr(std::string_view{"never-"}.size()));
  if (!subject) return Error{ErrorCode::invalid_argument, "never what?", submission.action, ""};
  UndoStep what;
  const Status refused = submission.visit.store().run_in_transaction([&]() -> Status {
    STUBKEEPER_TRY(check_seen_hash(submission));
    STUBKEEPER_ASSIGN(const auto refusals,
                      kb::Refusals{submission.visit.store()}.refuse(submission.id, *subject, false, submission.reviewer(), "",
                                                              submission.visit.now()));
    for (const kb::Refusal& refusal : refusals) what.refusals.push_back(refusal.id);
    return {};
  });
  return finish_decision(submission, refused, std::move(what), "never");
}

Result<Response> split(const FormSubmission& submission) {
  std::vector<kb::Id> parts;
  const Status done = submission.visit.store().run_in_transaction([&]() -> Status {
    STUBKEEPER_TRY(check_seen_hash(submission));
    STUBKEEPER_ASSIGN(parts, kb::split_change(submission.visit.store(), submission.id));
    return {};
  });
  if (!done.ok() && done.error().code == ErrorCode::conflict) return redirect_undecidable(submission);
  STUBKEEPER_TRY(done);
  return redirect_to_review(submission, at(parts.front()), submission.id, "split", parts.size());
}

Result<Response> approve_unflagged(const FormSubmission& submission) {
  kb::Store& store = submission.visit.store();
  kb::ChangeFilter of_entry = submission.filter.changes();
  of_entry.path = submission.field("entry-of");
  of_entry.flagged = false;
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(store, of_entry));
  std::vector<kb::Id> ids;
  std::vector<kb::Change> changes;
  for (const kb::QueuedChange& queued : queue) {
    if (queued.entry_path != of_entry.path) continue;
    STUBKEEPER_ASSIGN(auto change, kb::Proposals{store}.get(queued.id));
    ids.push_back(queued.id);
    changes.push_back(std::move(change));
  }
  if (ids.empty() || combined_seen_hash(changes) != submission.field("seen"))
    return redirect_to_review(submission, at(submission.id), submission.id, "seen-otherwise");
  STUBKEEPER_ASSIGN(const auto before,
                    locate_in_queue(store, submission.filter, {QueueTarget::Kind::exactly, ids.back()}));
  // What was seen is all of them; what is approved, those whose boxes were left as they were.
  const auto is_excluded = [&](kb::Id id) { return submission.field(group_field_name(id)).empty(); };
  const auto excluded = std::find_if(ids.begin(), ids.end(), is_excluded);
  const kb::Id next = excluded == ids.end() ? before.place.after : *excluded;
  std::erase_if(ids, is_excluded);
  if (ids.empty()) return redirect_to_review(submission, at(submission.id), submission.id, "none-of-them");
  kb::Review review{store, submission.visit.session.environment.clock};
  STUBKEEPER_ASSIGN(const auto outcomes, review.approve_all(ids, submission.reviewer(), ""));
  UndoStep what;
  // One that another of them made outdated stays for the reviewer to see.
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (outcomes[i].ok()) what.changes.push_back(ids[i]);
  }
  const std::size_t approved = what.changes.size();
  if (approved > 0) push_undo_step(submission, std::move(what));
  STUBKEEPER_TRY(run_upkeep(submission.visit.session, submission.visit.kb));
  return redirect_to_review(submission, from(next), ids.back(), "all-unflagged", approved);
}

Status undo_step(const FormSubmission& submission, const UndoStep& last) {
  for (const kb::Id id : last.refusals)
    STUBKEEPER_TRY(kb::Refusals{submission.visit.store()}.lift(id, submission.reviewer(), submission.visit.now()));
  kb::Review review{submission.visit.store(), submission.visit.session.environment.clock};
  // The latest first, as each was put upon the one before.
  for (auto id = last.changes.rbegin(); id != last.changes.rend(); ++id)
    STUBKEEPER_TRY(review.undo(*id, submission.reviewer(), ""));
  return {};
}

Result<Response> undo(const FormSubmission& submission) {
  auto& decided = submission.visit.browser.decided;
  if (submission.field("step") != std::to_string(decided.size()) || decided.empty()) {
    const kb::Id id = decided.empty() ? 0 : decided.back().displayed_change;
    return id == 0 ? see_other("/review") : redirect_to_review(submission, at(id), id, "undone-already");
  }
  const UndoStep last = decided.back();
  if (last.conflict != 0) return undo_conflict(submission.visit, last.conflict);
  decided.pop_back();
  const kb::Id displayed_change = last.changes.empty() ? last.displayed_change : last.changes.front();
  const Status undone = undo_step(submission, last);
  if (!undone.ok() && undone.error().code == ErrorCode::conflict)
    return redirect_to_review(submission, at(displayed_change), displayed_change, "missed");
  STUBKEEPER_TRY(undone);
  return redirect_to_review(submission, at(displayed_change), displayed_change, "undone");
}

}  // namespace

Result<Response> decide_on_change(const Visit& visit) {
  STUBKEEPER_ASSIGN(const auto filter, QueueFilter::from(visit.request));
  const FormSubmission submission{visit, filter, parse_positive_integer(visit.request.field("id")).value_or(0), visit.request.field("do")};
  if (submission.action == "undo") return undo(submission);
  if (submission.id == 0) return Error{ErrorCode::invalid_argument, "the form names no change", "", ""};
  if (submission.action == "approve") return approve(submission);
  if (submission.action == "reject") return reject(submission);
  if (submission.action == "edit") return edit(submission);
  if (submission.action == "move") return move(submission);
  if (submission.action == "split") return split(submission);
  if (submission.action == "approve-unflagged") return approve_unflagged(submission);
  if (submission.action.starts_with("never-")) return never(submission);
  return Error{ErrorCode::invalid_argument, "\"" + submission.action + "\" is nothing that can be done here", "",
               ""};
}

}  // namespace stubkeeper::cli
