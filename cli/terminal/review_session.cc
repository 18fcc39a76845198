#include "cli/terminal/review_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <sstream>

#include "base/text/utf8.h"
#include "cli/terminal/external_programs.h"
#include "cli/terminal/item_view.h"
#include "cli/terminal/prompt.h"
#include "cli/terminal/styled_text.h"
#include "kb/export/conflicts.h"
#include "kb/review/proposals.h"
#include "kb/review/review_queue.h"
#include "review/change_kinds.h"
#include "review/decisions.h"
#include "review/edited_text.h"
#include "review/labels.h"

namespace stubkeeper::cli {
Result<ReviewSession::Outcome> ReviewSession::to_outcome(const Error& error) {
  if (!is_user_error(error)) return error;
  return Outcome{false, sanitize_for_terminal(error.text())};
}

void ReviewSession::record(UndoRecord done) {
  approved_ += done.approved;
  rejected_ += done.rejected;
  suppressed_ += done.suppressed;
  undo_stack_.push_back(std::move(done));
}

Result<ReviewSession::Outcome> ReviewSession::approved(const review::ReviewItem& item,
                                                       const Result<kb::Revision>& revision,
                                                       const std::string& how) {
  if (!revision.ok()) return to_outcome(revision.error());
  record_approved({item.change.id});
  return Outcome{
      true, sanitize_for_terminal(fmt::format("change {} approved{}: revision {} of {}", item.change.id, how,
                                              revision->number, item.entry_path))};
}

Result<ReviewSession::Outcome> ReviewSession::approve(const review::ReviewItem& item) {
  const bool keeps = review::keeps_words(item.change.kind);
  if (item.is_flagged() &&
      !ask_confirmation(keyboard_, session_.environment.out,
                        "flagged: " + review::describe_flags(item) +
                            (keeps ? ". Keep the line all the same?" : ". Approve it all the same?")))
    return Outcome{false, keeps ? "nothing was decided" : "not approved"};
  const auto revision = review_.approve(item.change.id, reviewer(), "", item.seen);
  return approved(item, revision, keeps ? ", the line kept as it is" : "");
}

Result<ReviewSession::Outcome> ReviewSession::reject(const review::ReviewItem& item) {
  const auto reason = ask_reason(keyboard_, session_.environment.out);
  if (!reason) return Outcome{false, "not rejected"};
  const Status rejected = review_.reject(item.change.id, reviewer(), *reason, item.seen);
  if (!rejected.ok()) return to_outcome(rejected.error());
  record({{{item.change.id}, {}, 0}, 0, 1, 0});
  return Outcome{true, fmt::format("change {} rejected", item.change.id) +
                           (reason->empty() ? "" : ": " + sanitize_for_terminal(*reason))};
}

Result<ReviewSession::Outcome> ReviewSession::edit(const review::ReviewItem& item) {
  std::ostream& out = session_.environment.out;
  STUBKEEPER_ASSIGN(const std::string proposed, review::text_to_edit(item.change));
  std::string start = proposed;
  for (;;) {
    Result<std::optional<std::string>> text = std::optional<std::string>{};
    keyboard_.suspend_while([&] { text = edit_at_terminal(session_, kb_, start); });
    // An editor that fails decides nothing.
    if (!text.ok()) return Outcome{false, sanitize_for_terminal(text.error().text())};
    if (!text->has_value() && start == proposed) return Outcome{false, "unchanged; nothing was decided"};
    // The text of before, if the second look changed nothing.
    if (!text->has_value()) *text = start;
    const auto flags = review::verify_edited_text(*kb_.store, item.change, {**text}, session_.now());
    out << "your text:\n";
    for (const std::string& line : difference_lines(entries::block_diff(proposed, **text),
                                                    keyboard_.size().columns, session_.environment.colour()))
      out << line << '\n';
    if (!flags.ok()) out << sanitize_for_terminal(flags.error().text()) << '\n';
    for (const kb::Flag& flag : flags.ok() ? *flags : std::vector<kb::Flag>{}) {
      for (const std::string& line :
           flag_lines(flag, {keyboard_.size().columns, session_.environment.colour()}, true))
        out << line << '\n';
    }
    if (flags.ok() && flags->empty() && !item.change.citations.empty())
      out << "checked against its quotes: nothing speaks against it\n";
    const char* question = !flags.ok() ? "e edit again · n leave it: "
                           : flags->empty()
                               ? "y approve your text · e edit again · n leave it: "
                               : "y approve your text all the same · e edit again · n leave it: ";
    const auto choice = ask_choice(keyboard_, out, question, flags.ok() ? "yen" : "en");
    if (choice == 'e') {
      start = **text;
      continue;
    }
    if (choice != 'y') return Outcome{false, "left as it was; nothing was decided"};
    const auto revision = review_.approve_edited(item.change.id, reviewer(), {**text}, "", item.seen, *flags);
    return approved(item, revision, " as you wrote it");
  }
}

Result<ReviewSession::Outcome> ReviewSession::move(const review::ReviewItem& item) {
  if (!item.move_problem.empty()) return Outcome{false, sanitize_for_terminal(item.move_problem)};
  STUBKEEPER_ASSIGN(const auto moved, ask_move_target(keyboard_, session_.environment, *kb_.store, item));
  if (!moved) return Outcome{false, "left where it is; nothing was decided"};
  const auto revision =
      review_.approve_edited(item.change.id, reviewer(), moved->reviewer_edit, "", item.seen, moved->flags);
  return approved(item, revision, " under \"" + moved->reviewer_edit.moved_to + "\"");
}

// Nothing that is asked about may scroll off the screen unread.
Status ReviewSession::show_or_page(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  constexpr std::size_t reserved_rows = 4;  // the key, what an approval publishes, and the question
  if (lines.size() + reserved_rows > static_cast<std::size_t>(std::max(keyboard_.size().rows, 0)))
    STUBKEEPER_TRY(show_in_pager(session_, kb_, keyboard_, text, 0, "(q leads to the question)"));
  session_.environment.out << text;
  return {};
}

Status ReviewSession::show_group(const review::ApprovalGroup& group) {
  std::vector<std::string> lines;
  const auto put = [&](const std::string& first, const std::string& text) {
    for (std::string& line :
         wrap_styled({{Style::plain, sanitize_for_terminal(text)}}, keyboard_.size().columns, first,
                     std::string(first.size(), ' '), false))
      lines.push_back(std::move(line));
  };
  for (const kb::Change& change : group.changes)
    put(fmt::format("change {:<4}  ", change.id),
        change.new_text.empty() ? change.old_text : change.new_text);
  for (const review::ExcludedChange& change : group.excluded)
    put("left out: ", fmt::format("change {}, {}", change.id, change.why));
  return show_or_page(lines);
}

// The changes of a group but those whose numbers were typed; none if the answer is no.
std::vector<kb::Id> ReviewSession::select_changes(const review::ApprovalGroup& group) {
  std::ostream& out = session_.environment.out;
  std::vector<kb::Id> ids;
  for (const kb::Change& change : group.changes) ids.push_back(change.id);
  const std::size_t all = ids.size();
  while (!ids.empty()) {
    const std::string which = ids.size() < all ? fmt::format("the other {}", ids.size())
                              : all == 1       ? "this one"
                                               : "all of these";
    const auto answer =
        ask_choice_or_number(keyboard_, out,
                             "approve " + which + "?" +
                                 (ids.size() > 1 ? " Numbers of changes leave those out;" : "") + " y or n: ",
                             "yn");
    if (answer == "y") return ids;
    if (!answer || answer == "n") return {};
    std::istringstream numbers{*answer};
    for (std::string word; numbers >> word;) {
      const auto found = std::find(ids.begin(), ids.end(), review::parse_change_id(word).value_or(0));
      if (found == ids.end()) {
        out << "change " << sanitize_for_terminal(word) << " is not among them\n";
      } else {
        out << fmt::format("change {} is left out and waits\n", *found);
        ids.erase(found);
      }
    }
  }
  return {};
}

Result<ReviewSession::Outcome> ReviewSession::approve_unflagged(const review::ReviewItem& item,
                                                                const std::vector<kb::Id>& changes) {
  std::ostream& out = session_.environment.out;
  const std::string publication = review::describe_publication(item);
  STUBKEEPER_ASSIGN(const auto group, review::approval_group(*kb_.store, item.change.entry_id, changes));
  if (group.changes.empty()) return Outcome{false, "no unflagged change of this entry waits"};
  STUBKEEPER_TRY(show_group(group));
  if (!publication.empty()) out << "! " << publication << '\n';
  const std::vector<kb::Id> ids = select_changes(group);
  if (ids.empty()) return Outcome{false, "not approved"};
  STUBKEEPER_ASSIGN(const auto outcomes, review_.approve_all(ids, reviewer(), ""));
  std::vector<kb::Id> approved;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (outcomes[i].ok()) {
      approved.push_back(ids[i]);
    } else {
      out << sanitize_for_terminal(outcomes[i].error().text()) << '\n';
    }
  }
  const std::size_t count = approved.size();
  if (count > 0) record_approved(std::move(approved));
  return Outcome{count > 0,
                 fmt::format("{} approved: they are in {}", count, sanitize_for_terminal(item.entry_path))};
}

Result<ReviewSession::Outcome> ReviewSession::never(const review::ReviewItem& item) {
  std::ostream& out = session_.environment.out;
  out << "never again for " << sanitize_for_terminal(item.entry_path) << ":\n";
  const bool quotes = !item.quotes.empty();
  if (quotes) {
    out << "  s anything from this source: " << sanitize_for_terminal(item.quotes.front().source.address)
        << '\n'
        << "  p this passage, wherever it is printed\n";
  }
  out << "  k any change of this kind: " << sanitize_for_terminal(item.change.kind) << '\n';
  const auto choice = ask_choice(keyboard_, out, "  Esc nothing of it: ", quotes ? "spk" : "k");
  if (!choice) return Outcome{false, "nothing was refused"};
  const auto subject = *choice == 's'   ? kb::RefusalSubject::source
                       : *choice == 'p' ? kb::RefusalSubject::passage
                                        : kb::RefusalSubject::kind;
  UndoRecord done;
  std::vector<kb::Refusal> refusals;
  // In one transaction, so that decisions of another window are not counted.
  const Status refused = kb_.store->run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto before, kb::waiting_counts(*kb_.store));
    STUBKEEPER_ASSIGN(refusals, kb::Refusals{*kb_.store}.refuse(item.change.id, subject, false, reviewer(),
                                                                "", session_.now()));
    STUBKEEPER_ASSIGN(const auto after, kb::waiting_counts(*kb_.store));
    done.suppressed = before.changes - after.changes;
    return {};
  });
  if (!refused.ok()) return to_outcome(refused.error());
  for (const kb::Refusal& refusal : refusals) done.step.refusals.push_back(refusal.id);
  if (done.step.refusals.empty()) return Outcome{false, "that is refused already"};
  const int suppressed = done.suppressed;
  record(std::move(done));
  return Outcome{
      true, fmt::format("it will not be proposed again, and {} that waited {} rejected; u takes that back",
                        suppressed == 1 ? "this change" : fmt::format("{} changes", suppressed),
                        suppressed == 1 ? "is" : "are")};
}

Result<ReviewSession::Outcome> ReviewSession::undo(UndoResult& undone) {
  undone = {};
  if (undo_stack_.empty())
    return Outcome{false,
                   "nothing has been decided yet in this sitting; `stubkeeper review undo ID` takes back "
                   "what was decided before"};
  const UndoRecord& last = undo_stack_.back();
  const review::UndoStep step = last.step;
  const Status status =
      review::undo(*kb_.store, session_.environment.files, step, reviewer(), session_.environment.clock);
  if (!status.ok()) {
    STUBKEEPER_ASSIGN(Outcome outcome, to_outcome(status.error()));
    // It stays as it is; the next u is about the decision before it.
    undo_stack_.pop_back();
    outcome.words += "; nothing was undone";
    return outcome;
  }
  approved_ -= last.approved;
  rejected_ -= last.rejected;
  suppressed_ -= last.suppressed;
  undo_stack_.pop_back();
  undone = {step.changes, step.conflict};
  if (step.conflict != 0)
    return Outcome{true, fmt::format("undone: {} waits again", kb::conflict_name(step.conflict))};
  if (!step.refusals.empty()) return Outcome{true, "undone: it may be proposed again"};
  return Outcome{true, step.changes.size() == 1
                           ? fmt::format("undone: change {} waits again", step.changes.front())
                           : fmt::format("undone: {} changes wait again", step.changes.size())};
}

}  // namespace stubkeeper::cli
