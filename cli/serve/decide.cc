#include <algorithm>

#include "cli/serve/addresses.h"
#include "cli/serve/group_panel.h"
#include "cli/serve/move_panel.h"
#include "cli/serve/pages.h"
#include "cli/serve/review_place.h"
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
struct Sent {
  const Visit& visit;
  QueueFilter filter;
  kb::Id id = 0;
  std::string action;

  std::string field(const std::string& name) const { return visit.request.field(name); }
  kb::Id next() const { return number_of(field("next")).value_or(0); }
  kb::Reviewer reviewer() const { return {kb::AuthorKind::person, visit.kb.reviewer}; }
};

using PlaceField = std::pair<std::string, std::string>;
PlaceField at(kb::Id id) {
  return {"at", std::to_string(id)};
}
PlaceField from(kb::Id id) {
  return {"from", id == 0 ? "end" : std::to_string(id)};
}

Answer go_on(const Sent& sent, const PlaceField& place, kb::Id of, const std::string& note,
             std::size_t many = 0) {
  Fields fields = sent.filter.fields();
  fields.insert(place);
  fields["of"] = std::to_string(of);
  fields["note"] = note;
  if (many != 0) fields["many"] = std::to_string(many);
  return see_other("/review" + query_of(fields));
}

Status refuse_unseen(const Sent& sent) {
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{sent.visit.store()}.get(sent.id));
  if (change.state == kb::ChangeState::waiting && kb::seen_hash(change) == sent.field("seen")) return {};
  return Error{ErrorCode::conflict, "it is not what was seen any more", "", ""};
}

void remember(const Sent& sent, DecidedTogether decided) {
  decided.shown = sent.id;
  sent.visit.browser.remember(std::move(decided));
}

// What a decision that the store refused came to: the change was decided elsewhere, or is not what was seen.
Result<Answer> missed(const Sent& sent) {
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{sent.visit.store()}.get(sent.id));
  if (change.state == kb::ChangeState::waiting) return go_on(sent, at(sent.id), sent.id, "seen-otherwise");
  return go_on(sent, from(sent.next()), sent.id, "missed");
}

// What a decision came to: the next change, or why there was none.
template <typename T>
Result<Answer> settle(const Sent& sent, const Result<T>& decided, DecidedTogether what,
                      const std::string& note) {
  if (!decided.ok() && decided.error().code == ErrorCode::conflict) return missed(sent);
  if (!decided.ok()) return decided.error();
  remember(sent, std::move(what));
  STUBKEEPER_TRY(keep_up(sent.visit.session, sent.visit.kb));
  return go_on(sent, from(sent.next()), sent.id, note);
}

Result<Answer> approve(const Sent& sent) {
  kb::Review review{sent.visit.store(), sent.visit.session.environment.clock};
  return settle(sent, review.approve(sent.id, sent.reviewer(), "", sent.field("seen")), {0, {sent.id}, {}},
                "decided");
}

Result<Answer> reject(const Sent& sent) {
  const std::string own = sent.field("own-reason");
  kb::Review review{sent.visit.store(), sent.visit.session.environment.clock};
  return settle(
      sent,
      review.reject(sent.id, sent.reviewer(), own.empty() ? sent.field("reason") : own, sent.field("seen")),
      {0, {sent.id}, {}}, "decided");
}

// A text that cannot be taken, or that something speaks against, comes back into the form.
Result<Answer> edit(const Sent& sent) {
  const std::string text = sent.field("text");
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{sent.visit.store()}.get(sent.id));
  const auto flags = review::verify_edited(sent.visit.store(), change, {text}, sent.visit.now());
  const Whereabouts here{Whereabouts::Kind::exactly, sent.id};
  if (!flags.ok()) return review_page_of(sent.visit, here, {text, flags.error().text(), {}}, "");
  if (!flags->empty() && sent.field("accepted") != name_of_warning(text, *flags))
    return review_page_of(sent.visit, here, {text, "", *flags}, "");
  const auto revision = kb::Review{sent.visit.store(), sent.visit.session.environment.clock}.approve_edited(
      sent.id, sent.reviewer(), {text}, "", sent.field("seen"), *flags);
  if (!revision.ok() && revision.error().code != ErrorCode::conflict)
    return review_page_of(sent.visit, here, {text, revision.error().text(), {}}, "");
  return settle(sent, revision, {0, {sent.id}, {}}, "edited");
}

// What was not shown of it, or speaks against it by now, is shown first.
Result<Answer> move(const Sent& sent) {
  const std::string part = sent.field("part");
  if (part.empty()) return Error{ErrorCode::invalid_argument, "the form names no part", "", ""};
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{sent.visit.store()}.get(sent.id));
  if (change.state != kb::ChangeState::waiting) return missed(sent);
  const auto moved = review::moved_text(sent.visit.store(), change, part, sent.visit.now());
  const Whereabouts here{Whereabouts::Kind::exactly, sent.id};
  if (!moved.ok() || sent.field("accepted") != name_of_moved(*moved))
    return review_page_of(sent.visit, here, {}, part);
  const auto revision = kb::Review{sent.visit.store(), sent.visit.session.environment.clock}.approve_edited(
      sent.id, sent.reviewer(), moved->own, "", sent.field("seen"), moved->flags);
  return settle(sent, revision, {0, {sent.id}, {}}, "moved");
}

Result<Answer> never(const Sent& sent) {
  const auto subject = kb::refusal_subject_from_name(sent.action.substr(std::string_view{"never-"}.size()));
  if (!subject) return Error{ErrorCode::invalid_argument, "never what?", sent.action, ""};
  DecidedTogether what;
  const Status refused = sent.visit.store().atomically([&]() -> Status {
    STUBKEEPER_TRY(refuse_unseen(sent));
    STUBKEEPER_ASSIGN(const auto refusals,
                      kb::Refusals{sent.visit.store()}.refuse(sent.id, *subject, false, sent.reviewer(), "",
                                                              sent.visit.now()));
    for (const kb::Refusal& refusal : refusals) what.refusals.push_back(refusal.id);
    return {};
  });
  return settle(sent, refused, std::move(what), "never");
}

Result<Answer> split(const Sent& sent) {
  std::vector<kb::Id> parts;
  const Status done = sent.visit.store().atomically([&]() -> Status {
    STUBKEEPER_TRY(refuse_unseen(sent));
    STUBKEEPER_ASSIGN(parts, kb::split_change(sent.visit.store(), sent.id));
    return {};
  });
  if (!done.ok() && done.error().code == ErrorCode::conflict) return missed(sent);
  STUBKEEPER_TRY(done);
  return go_on(sent, at(parts.front()), sent.id, "split", parts.size());
}

Result<Answer> approve_unflagged(const Sent& sent) {
  kb::Store& store = sent.visit.store();
  kb::ChangeFilter of_entry = sent.filter.changes();
  of_entry.path = sent.field("entry-of");
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
  if (ids.empty() || seen_of_all(changes) != sent.field("seen"))
    return go_on(sent, at(sent.id), sent.id, "seen-otherwise");
  STUBKEEPER_ASSIGN(const auto before,
                    find_place(store, sent.filter, {Whereabouts::Kind::exactly, ids.back()}));
  // What was seen is all of them; what is approved, those whose boxes were left as they were.
  const auto is_left_out = [&](kb::Id id) { return sent.field(field_of_group(id)).empty(); };
  const auto left_out = std::find_if(ids.begin(), ids.end(), is_left_out);
  const kb::Id next = left_out == ids.end() ? before.place.after : *left_out;
  std::erase_if(ids, is_left_out);
  if (ids.empty()) return go_on(sent, at(sent.id), sent.id, "none-of-them");
  kb::Review review{store, sent.visit.session.environment.clock};
  STUBKEEPER_ASSIGN(const auto outcomes, review.approve_all(ids, sent.reviewer(), ""));
  DecidedTogether what;
  // One that another of them made outdated stays for the reviewer to see.
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (outcomes[i].ok()) what.changes.push_back(ids[i]);
  }
  const std::size_t approved = what.changes.size();
  if (approved > 0) remember(sent, std::move(what));
  STUBKEEPER_TRY(keep_up(sent.visit.session, sent.visit.kb));
  return go_on(sent, from(next), ids.back(), "all-unflagged", approved);
}

Status take_back(const Sent& sent, const DecidedTogether& last) {
  for (const kb::Id id : last.refusals)
    STUBKEEPER_TRY(kb::Refusals{sent.visit.store()}.lift(id, sent.reviewer(), sent.visit.now()));
  kb::Review review{sent.visit.store(), sent.visit.session.environment.clock};
  // The latest first, as each was put upon the one before.
  for (auto id = last.changes.rbegin(); id != last.changes.rend(); ++id)
    STUBKEEPER_TRY(review.undo(*id, sent.reviewer(), ""));
  return {};
}

Result<Answer> undo(const Sent& sent) {
  auto& decided = sent.visit.browser.decided;
  if (sent.field("step") != std::to_string(decided.size()) || decided.empty()) {
    const kb::Id id = decided.empty() ? 0 : decided.back().shown;
    return id == 0 ? see_other("/review") : go_on(sent, at(id), id, "undone-already");
  }
  const DecidedTogether last = decided.back();
  if (last.conflict != 0) return undo_conflict(sent.visit, last.conflict);
  decided.pop_back();
  const kb::Id shown = last.changes.empty() ? last.shown : last.changes.front();
  const Status undone = take_back(sent, last);
  if (!undone.ok() && undone.error().code == ErrorCode::conflict)
    return go_on(sent, at(shown), shown, "missed");
  STUBKEEPER_TRY(undone);
  return go_on(sent, at(shown), shown, "undone");
}

}  // namespace

Result<Answer> decide_on_change(const Visit& visit) {
  STUBKEEPER_ASSIGN(const auto filter, QueueFilter::from(visit.request));
  const Sent sent{visit, filter, number_of(visit.request.field("id")).value_or(0), visit.request.field("do")};
  if (sent.action == "undo") return undo(sent);
  if (sent.id == 0) return Error{ErrorCode::invalid_argument, "the form names no change", "", ""};
  if (sent.action == "approve") return approve(sent);
  if (sent.action == "reject") return reject(sent);
  if (sent.action == "edit") return edit(sent);
  if (sent.action == "move") return move(sent);
  if (sent.action == "split") return split(sent);
  if (sent.action == "approve-unflagged") return approve_unflagged(sent);
  if (sent.action.starts_with("never-")) return never(sent);
  return Error{ErrorCode::invalid_argument, "\"" + sent.action + "\" is nothing that can be done here", "",
               ""};
}

}  // namespace stubkeeper::cli
