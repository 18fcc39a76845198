#include <algorithm>

#include "cli/serve/addresses.h"
#include "cli/serve/pages.h"
#include "cli/serve/panels.h"
#include "cli/serve/review_form.h"
#include "kb/review/proposals.h"
#include "kb/review/refusals.h"
#include "kb/review/review.h"
#include "kb/review/review_queue.h"
#include "kb/review/split.h"
#include "review/edited_text.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

// A form that was sent, and the change that it is about.
struct FormSubmission {
  const Visit& visit;
  QueueFilter filter;
  kb::Id id = 0;
  std::string action;

  std::string field(const std::string& name) const { return visit.request.field(name); }
  kb::Id next() const { return review::parse_id(field("next")).value_or(0); }
  kb::Store& store() const { return visit.store(); }
  kb::Reviewer reviewer() const { return visit.kb.person(); }
  kb::Review kb_review() const { return {visit.store(), visit.session.environment.clock}; }
  Result<kb::Change> change() const { return kb::Proposals{visit.store()}.get(id); }
};

using PlaceField = std::pair<std::string, std::string>;
PlaceField at(kb::Id id) {
  return {"at", std::to_string(id)};
}
PlaceField from(kb::Id id) {
  return {"from", id == 0 ? "end" : std::to_string(id)};
}

Response redirect_to_review(const FormSubmission& form, const PlaceField& place, kb::Id of,
                            const std::string& note, std::size_t count = 0) {
  Fields fields = form.filter.fields();
  fields.insert(place);
  fields["of"] = std::to_string(of);
  fields["note"] = note;
  if (count != 0) fields["many"] = std::to_string(count);
  return see_other("/review" + to_query_string(fields));
}

Status check_seen_hash(const FormSubmission& form) {
  STUBKEEPER_ASSIGN(const auto change, form.change());
  if (change.state == kb::ChangeState::waiting && kb::seen_hash(change) == form.field("seen")) return {};
  return Error{ErrorCode::conflict, "it is not what was seen any more", "", ""};
}

// To a change that the store did not let decide: it was decided elsewhere, or is not what was seen.
Result<Response> redirect_undecidable(const FormSubmission& form) {
  STUBKEEPER_ASSIGN(const auto change, form.change());
  return change.state == kb::ChangeState::waiting
             ? redirect_to_review(form, at(form.id), form.id, "seen-otherwise")
             : redirect_to_review(form, from(form.next()), form.id, "missed");
}

// Records a decision, and goes on to the next change; or says why nothing was decided.
template <typename T>
Result<Response> finish_decision(const FormSubmission& form, const Result<T>& decided, review::UndoStep step,
                                 const std::string& note) {
  if (!decided.ok() && decided.error().code == ErrorCode::conflict) return redirect_undecidable(form);
  if (!decided.ok()) return decided.error();
  form.visit.browser.push_decision({form.id, std::move(step)});
  STUBKEEPER_TRY(run_upkeep(form.visit.session, form.visit.kb));
  return redirect_to_review(form, from(form.next()), form.id, note);
}
template <typename T>
Result<Response> finish_decision(const FormSubmission& form, const Result<T>& decided,
                                 const std::string& note) {
  return finish_decision(form, decided, {{form.id}, {}, 0}, note);
}

Result<Response> approve(const FormSubmission& form) {
  return finish_decision(form, form.kb_review().approve(form.id, form.reviewer(), "", form.field("seen")),
                         "decided");
}

Result<Response> reject(const FormSubmission& form) {
  const std::string own = form.field("own-reason");
  return finish_decision(
      form,
      form.kb_review().reject(form.id, form.reviewer(), own.empty() ? form.field("reason") : own,
                              form.field("seen")),
      "decided");
}

// A text that is refused, or flagged for the first time, comes back in the form.
Result<Response> edit(const FormSubmission& form) {
  const std::string text = form.field("text");
  STUBKEEPER_ASSIGN(const auto change, form.change());
  const auto show_again = [&](const std::string& problem, const std::vector<kb::Flag>& flags) {
    return make_review_page(form.visit, {QueueTarget::Kind::exactly, form.id}, {text, problem, flags}, "");
  };
  const auto flags = review::verify_edited_text(form.store(), change, {text, ""}, form.visit.now());
  if (!flags.ok()) return show_again(flags.error().text(), {});
  if (!flags->empty() && form.field("accepted") != warning_hash(text, *flags)) return show_again("", *flags);
  const auto revision =
      form.kb_review().approve_edited(form.id, form.reviewer(), {text, ""}, "", form.field("seen"), *flags);
  if (!revision.ok() && revision.error().code != ErrorCode::conflict)
    return show_again(revision.error().text(), {});
  return finish_decision(form, revision, "edited");
}

// A move that was not shown yet, or has other flags by now, is shown first.
Result<Response> move(const FormSubmission& form) {
  const std::string part = form.field("part");
  if (part.empty()) return Error{ErrorCode::invalid_argument, "the form names no part", "", ""};
  STUBKEEPER_ASSIGN(const auto change, form.change());
  if (change.state != kb::ChangeState::waiting) return redirect_undecidable(form);
  const auto moved = review::preview_move(form.store(), change, part, form.visit.now());
  if (!moved.ok() || form.field("accepted") != move_preview_hash(*moved))
    return make_review_page(form.visit, {QueueTarget::Kind::exactly, form.id}, {}, part);
  return finish_decision(form,
                         form.kb_review().approve_edited(form.id, form.reviewer(), moved->reviewer_edit, "",
                                                         form.field("seen"), moved->flags),
                         "moved");
}

Result<Response> never(const FormSubmission& form) {
  const auto subject = kb::refusal_subject_from_name(form.action.substr(std::string_view{"never-"}.size()));
  if (!subject) return Error{ErrorCode::invalid_argument, "never what?", form.action, ""};
  review::UndoStep step;
  const Status refused = form.store().run_in_transaction([&]() -> Status {
    STUBKEEPER_TRY(check_seen_hash(form));
    STUBKEEPER_ASSIGN(
        const auto refusals,
        kb::Refusals{form.store()}.refuse(form.id, *subject, false, form.reviewer(), "", form.visit.now()));
    for (const kb::Refusal& refusal : refusals) step.refusals.push_back(refusal.id);
    return {};
  });
  return finish_decision(form, refused, std::move(step), "never");
}

Result<Response> split(const FormSubmission& form) {
  std::vector<kb::Id> parts;
  const Status done = form.store().run_in_transaction([&]() -> Status {
    STUBKEEPER_TRY(check_seen_hash(form));
    STUBKEEPER_ASSIGN(parts, kb::split_change(form.store(), form.id));
    return {};
  });
  if (!done.ok() && done.error().code == ErrorCode::conflict) return redirect_undecidable(form);
  STUBKEEPER_TRY(done);
  return redirect_to_review(form, at(parts.front()), form.id, "split", parts.size());
}

Result<Response> approve_unflagged(const FormSubmission& form) {
  kb::ChangeFilter of_entry = form.filter.changes();
  of_entry.path = form.field("entry-of");
  of_entry.flagged = false;
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(form.store(), of_entry));
  std::vector<kb::Id> ids;
  std::vector<kb::Change> changes;
  for (const kb::QueuedChange& queued : queue) {
    if (queued.entry_path != of_entry.path) continue;
    STUBKEEPER_ASSIGN(auto change, kb::Proposals{form.store()}.get(queued.id));
    ids.push_back(queued.id);
    changes.push_back(std::move(change));
  }
  if (ids.empty() || combined_seen_hash(changes) != form.field("seen"))
    return redirect_to_review(form, at(form.id), form.id, "seen-otherwise");
  STUBKEEPER_ASSIGN(const auto before,
                    locate_in_queue(form.store(), form.filter, {QueueTarget::Kind::exactly, ids.back()}));
  // All of them were seen; those whose boxes are checked are approved.
  const auto is_excluded = [&](kb::Id id) { return form.field(group_field_name(id)).empty(); };
  const auto excluded = std::find_if(ids.begin(), ids.end(), is_excluded);
  const kb::Id next = excluded == ids.end() ? before.place.after : *excluded;
  std::erase_if(ids, is_excluded);
  if (ids.empty()) return redirect_to_review(form, at(form.id), form.id, "none-of-them");
  STUBKEEPER_ASSIGN(const auto outcomes, form.kb_review().approve_all(ids, form.reviewer(), ""));
  review::UndoStep step;
  // One that another of them made outdated stays for the reviewer to see.
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (outcomes[i].ok()) step.changes.push_back(ids[i]);
  }
  const std::size_t approved = step.changes.size();
  if (approved > 0) form.visit.browser.push_decision({form.id, std::move(step)});
  STUBKEEPER_TRY(run_upkeep(form.visit.session, form.visit.kb));
  return redirect_to_review(form, from(next), ids.back(), "all-unflagged", approved);
}

Result<Response> undo(const FormSubmission& form) {
  auto& decided = form.visit.browser.decided;
  if (form.field("step") != std::to_string(decided.size()) || decided.empty()) {
    const kb::Id id = decided.empty() ? 0 : decided.back().displayed_change;
    return id == 0 ? see_other("/review") : redirect_to_review(form, at(id), id, "undone-already");
  }
  const BrowserDecision last = decided.back();
  if (last.step.conflict != 0) return undo_conflict(form.visit, last.step.conflict);
  const kb::Id shown = last.step.changes.empty() ? last.displayed_change : last.step.changes.front();
  const Environment& environment = form.visit.session.environment;
  const Status undone =
      review::undo(form.store(), environment.files, last.step, form.reviewer(), environment.clock);
  const bool is_outdated = !undone.ok() && undone.error().code == ErrorCode::conflict;
  // Kept if the store failed, to be tried again.
  if (!undone.ok() && !is_outdated) return undone.error();
  decided.pop_back();
  return redirect_to_review(form, at(shown), shown, is_outdated ? "undo-refused" : "undone");
}

}  // namespace

Result<Response> decide_on_change(const Visit& visit) {
  STUBKEEPER_ASSIGN(const auto filter, QueueFilter::from(visit.request));
  const FormSubmission form{visit, filter, review::parse_id(visit.request.field("id")).value_or(0),
                            visit.request.field("do")};
  if (form.action == "undo") return undo(form);
  if (form.id == 0) return Error{ErrorCode::invalid_argument, "the form names no change", "", ""};
  if (form.action.starts_with("never-")) return never(form);
  constexpr std::pair<std::string_view, Result<Response> (*)(const FormSubmission&)> actions[] = {
      {"approve", approve}, {"reject", reject}, {"edit", edit},
      {"move", move},       {"split", split},   {"approve-unflagged", approve_unflagged}};
  for (const auto& [name, act] : actions) {
    if (form.action == name) return act(form);
  }
  return Error{ErrorCode::invalid_argument, "\"" + form.action + "\" is no action of this form", "", ""};
}

}  // namespace stubkeeper::cli
