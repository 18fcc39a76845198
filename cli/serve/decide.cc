#include <algorithm>

#include "cli/serve/addresses.h"
#include "cli/serve/pages.h"
#include "cli/serve/review_place.h"
#include "cli/upkeep.h"
#include "kb/proposals.h"
#include "kb/review.h"
#include "kb/review_queue.h"

namespace stubkeeper::cli {
namespace {

constexpr std::size_t most_undone = 1000;

kb::Reviewer reviewer_of(const Visit& visit) {
  return {kb::AuthorKind::person, visit.kb.reviewer};
}

// `place`: the field that names the place to go on at, with its value.
Answer go_on(const QueueFilter& filter, const std::pair<std::string, std::string>& place, kb::Id of,
             const std::string& note, std::size_t many = 0) {
  Fields fields = filter.fields();
  fields.insert(place);
  fields["of"] = std::to_string(of);
  fields["note"] = note;
  if (many != 0) fields["many"] = std::to_string(many);
  return see_other("/review" + query_of(fields));
}

std::pair<std::string, std::string> at(kb::Id id) {
  return {"at", std::to_string(id)};
}
std::pair<std::string, std::string> from(kb::Id id) {
  return {"from", id == 0 ? "end" : std::to_string(id)};
}

Status refuse_unseen(const Visit& visit, kb::Id id) {
  STUBKEEPER_ASSIGN(const std::string seen, kb::seen_hash(visit.store(), id));
  if (seen == visit.request.field("seen")) return {};
  return Error{ErrorCode::conflict, "it is not what was seen any more", "", ""};
}

void remember(const Visit& visit, kb::Id id) {
  auto& decided = visit.browser.decided;
  decided.push_back(id);
  if (decided.size() > most_undone) decided.erase(decided.begin());
}

// What a decision that the store refused came to: the change was decided elsewhere, or is not what was seen.
Result<Answer> missed(const Visit& visit, const QueueFilter& filter, kb::Id id, kb::Id next) {
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{visit.store()}.get(id));
  if (change.state == kb::ChangeState::waiting) return go_on(filter, at(id), id, "seen-otherwise");
  return go_on(filter, from(next), id, "missed");
}

std::string reason_of(const Request& request) {
  const std::string own = request.field("own-reason");
  return own.empty() ? request.field("reason") : own;
}

Status decide(const Visit& visit, kb::Id id, const std::string& action) {
  kb::Review review{visit.store(), visit.session.environment.clock};
  const kb::Reviewer reviewer = reviewer_of(visit);
  if (action == "approve") {
    STUBKEEPER_ASSIGN([[maybe_unused]] const auto revision,
                      review.approve(id, reviewer, "", visit.request.field("seen")));
    return {};
  }
  if (action == "edit") {
    STUBKEEPER_TRY(refuse_unseen(visit, id));
    STUBKEEPER_ASSIGN([[maybe_unused]] const auto revision,
                      review.approve_edited(id, reviewer, visit.request.field("text"), ""));
    return {};
  }
  if (action == "reject") {
    return visit.store().atomically([&]() -> Status {
      STUBKEEPER_TRY(refuse_unseen(visit, id));
      return review.reject(id, reviewer, reason_of(visit.request));
    });
  }
  return Error{ErrorCode::invalid_argument, "\"" + action + "\" is nothing that can be done here", "", ""};
}

Result<Answer> approve_unflagged(const Visit& visit, const QueueFilter& filter, kb::Id seen_at) {
  kb::ChangeFilter of_entry = filter.changes();
  of_entry.path = visit.request.field("entry-of");
  of_entry.flagged = false;
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(visit.store(), of_entry));
  std::vector<kb::Id> ids;
  for (const kb::QueuedChange& queued : queue) {
    if (queued.entry_path == of_entry.path) ids.push_back(queued.id);
  }
  STUBKEEPER_ASSIGN(const std::string seen, seen_of_all(visit.store(), ids));
  if (seen != visit.request.field("seen")) return go_on(filter, at(seen_at), seen_at, "seen-otherwise");
  STUBKEEPER_ASSIGN(
      const auto before,
      find_place(visit.store(), filter, {Whereabouts::Kind::exactly, ids.empty() ? seen_at : ids.back()}));
  std::size_t approved = 0;
  for (const kb::Id id : ids) {
    // One that another of them made outdated stays for the reviewer to see.
    const auto revision = kb::Review{visit.store(), visit.session.environment.clock}.approve(
        id, reviewer_of(visit), "all unflagged of the entry", "");
    if (!revision.ok() && revision.error().code != ErrorCode::conflict) return revision.error();
    if (!revision.ok()) continue;
    remember(visit, id);
    ++approved;
  }
  STUBKEEPER_TRY(keep_up(visit.session, visit.kb));
  return go_on(filter, from(before.place.after), ids.empty() ? seen_at : ids.back(), "all-unflagged",
               approved);
}

Result<Answer> undo(const Visit& visit, const QueueFilter& filter, kb::Id id) {
  const Status undone =
      kb::Review{visit.store(), visit.session.environment.clock}.undo(id, reviewer_of(visit), "");
  std::erase(visit.browser.decided, id);
  if (!undone.ok() && undone.error().code == ErrorCode::conflict) return go_on(filter, at(id), id, "missed");
  STUBKEEPER_TRY(undone);
  return go_on(filter, at(id), id, "undone");
}

}  // namespace

Result<Answer> decide_on_change(const Visit& visit) {
  STUBKEEPER_ASSIGN(const auto filter, QueueFilter::from(visit.request));
  const auto id = number_of(visit.request.field("id"));
  if (!id) return Error{ErrorCode::invalid_argument, "the form names no change", "", ""};
  const std::string action = visit.request.field("do");
  if (action == "undo") return undo(visit, filter, *id);
  if (action == "approve-unflagged") return approve_unflagged(visit, filter, *id);
  const kb::Id next = number_of(visit.request.field("next")).value_or(0);
  const Status decided = decide(visit, *id, action);
  if (!decided.ok() && decided.error().code == ErrorCode::conflict) return missed(visit, filter, *id, next);
  if (!decided.ok() && action == "edit")
    return review_page_of(visit, {Whereabouts::Kind::exactly, *id},
                          {visit.request.field("text"), decided.error().text()});
  STUBKEEPER_TRY(decided);
  remember(visit, *id);
  if (action != "reject") STUBKEEPER_TRY(keep_up(visit.session, visit.kb));
  return go_on(filter, from(next), *id, "decided");
}

}  // namespace stubkeeper::cli
