#include "cli/terminal/decisions.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <sstream>

#include "base/text/utf8.h"
#include "cli/terminal/asking.h"
#include "cli/terminal/editor.h"
#include "cli/terminal/item_view.h"
#include "cli/terminal/moving.h"
#include "cli/terminal/pager.h"
#include "cli/terminal/styled_text.h"
#include "cli/terminal/usual_reasons.h"
#include "kb/export/conflicts.h"
#include "kb/review/proposals.h"
#include "review/approval_group.h"
#include "review/change_number.h"
#include "review/edited_text.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

// The reason for a rejection: one of the usual ones by its number, or the person's own.
std::optional<std::string> ask_reason(Keyboard& keyboard, std::ostream& out) {
  out << "why?\n";
  std::string choices = "0wW";
  for (std::size_t i = 0; i < usual_reasons.size(); ++i) {
    out << fmt::format("  {} {}\n", i + 1, usual_reasons[i]);
    choices += static_cast<char>('1' + i);
  }
  const auto choice =
      ask_choice(keyboard, out, "  w write your own · 0 no reason · Esc do not reject: ", choices);
  if (!choice) return std::nullopt;
  if (*choice == '0') return std::string{};
  if (*choice == 'w' || *choice == 'W') return ask_line(keyboard, out, "reason: ");
  return std::string{usual_reasons[static_cast<std::size_t>(*choice - '1')]};
}

}  // namespace

Result<Decisions::Outcome> Decisions::explained(const Error& error) {
  switch (error.code) {
    case ErrorCode::conflict:
    case ErrorCode::not_found:
    case ErrorCode::refused:
    case ErrorCode::invalid_argument:
      return Outcome{false, printable(error.text())};
    default:
      return error;
  }
}

void Decisions::note(Done done) {
  approved_ += static_cast<int>(done.approved.size());
  rejected_ += static_cast<int>(done.rejected.size());
  turned_down_ += done.turned_down;
  done_.push_back(std::move(done));
}

Result<Decisions::Outcome> Decisions::approve(const review::ReviewItem& item) {
  if (item.is_flagged() && !ask_yes(keyboard_, session_.environment.out,
                                    "flagged: " + review::flags_in_words(item) + ". Approve it all the same?"))
    return Outcome{false, "not approved"};
  const auto revision = review_.approve(item.change.id, reviewer(), "", item.seen);
  if (!revision.ok()) return explained(revision.error());
  note({{item.change.id}, {}, {}, 0});
  return Outcome{true, fmt::format("change {} approved: it stands in revision {} of {}", item.change.id,
                                   revision->number, printable(item.entry_path))};
}

Result<Decisions::Outcome> Decisions::reject(const review::ReviewItem& item) {
  const auto reason = ask_reason(keyboard_, session_.environment.out);
  if (!reason) return Outcome{false, "not rejected"};
  const Status rejected = review_.reject(item.change.id, reviewer(), *reason, item.seen);
  if (!rejected.ok()) return explained(rejected.error());
  note({{}, {item.change.id}, {}, 0});
  return Outcome{true, fmt::format("change {} rejected", item.change.id) +
                           (reason->empty() ? "" : ": " + printable(*reason))};
}

Result<Decisions::Outcome> Decisions::edit(const review::ReviewItem& item) {
  std::ostream& out = session_.environment.out;
  STUBKEEPER_ASSIGN(const std::string proposed, review::text_to_edit(item.change));
  std::string start = proposed;
  for (;;) {
    Result<std::optional<std::string>> text = std::optional<std::string>{};
    keyboard_.lend([&] { text = edit_at_terminal(session_, kb_, start); });
    // An editor that fails decides nothing.
    if (!text.ok()) return Outcome{false, printable(text.error().text())};
    if (!text->has_value() && start == proposed) return Outcome{false, "unchanged; nothing was decided"};
    // What was written before stands, where the second look at it changed nothing.
    if (!text->has_value()) *text = start;
    const auto flags = review::verify_edited(*kb_.store, item.change, {**text}, session_.environment.clock.now());
    out << "your text:\n";
    for (const std::string& line : difference_lines(entries::block_diff(proposed, **text),
                                                    keyboard_.size().columns, session_.environment.colour()))
      out << line << '\n';
    if (!flags.ok()) out << printable(flags.error().text()) << '\n';
    for (const kb::Flag& flag : flags.ok() ? *flags : std::vector<kb::Flag>{}) {
      const review::ItemFlag raised{flag.name, flag.detail, review::flag_meaning(flag.name), false};
      for (const std::string& line :
           flag_lines(raised, {keyboard_.size().columns, session_.environment.colour()}, true))
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
    if (!revision.ok()) return explained(revision.error());
    note({{item.change.id}, {}, {}, 0});
    return Outcome{true, fmt::format("change {} approved as you wrote it: revision {} of {}", item.change.id,
                                     revision->number, printable(item.entry_path))};
  }
}

Result<Decisions::Outcome> Decisions::move(const review::ReviewItem& item) {
  if (!item.why_not_moved.empty()) return Outcome{false, printable(item.why_not_moved)};
  STUBKEEPER_ASSIGN(const auto moved, ask_where_to(keyboard_, session_.environment, *kb_.store, item));
  if (!moved) return Outcome{false, "left where it is; nothing was decided"};
  const auto revision =
      review_.approve_edited(item.change.id, reviewer(), moved->own, "", item.seen, moved->flags);
  if (!revision.ok()) return explained(revision.error());
  note({{item.change.id}, {}, {}, 0});
  return Outcome{true,
                 fmt::format("change {} approved under \"{}\": revision {} of {}", item.change.id,
                             printable(moved->own.moved_to), revision->number, printable(item.entry_path))};
}

// Nothing of what is asked about may have left the screen unread.
Status Decisions::show_all(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  constexpr std::size_t around = 4;  // the key, what an approval publishes, and the question
  if (lines.size() + around > static_cast<std::size_t>(std::max(keyboard_.size().rows, 0)))
    STUBKEEPER_TRY(show_in_pager(session_, kb_, keyboard_, text + "\n(q leads to the question)\n"));
  session_.environment.out << text;
  return {};
}

Status Decisions::list(const review::ApprovalGroup& group) {
  std::vector<std::string> lines;
  const auto put = [&](const std::string& first, const std::string& text) {
    for (std::string& line : wrapped({{Style::plain, printable(text)}}, keyboard_.size().columns, first,
                                     std::string(first.size(), ' '), false))
      lines.push_back(std::move(line));
  };
  for (const kb::Change& change : group.changes)
    put(fmt::format("change {:<4}  ", change.id),
        change.new_text.empty() ? change.old_text : change.new_text);
  for (const review::LeftOut& change : group.left_out)
    put("left out: ", fmt::format("change {}, {}", change.id, change.why));
  return show_all(lines);
}

// Which of a group are approved: all but those whose numbers were typed; none where the answer is no.
std::vector<kb::Id> Decisions::ask_which(const review::ApprovalGroup& group) {
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
      const auto found = std::find(ids.begin(), ids.end(), review::change_number(word).value_or(0));
      if (found == ids.end()) {
        out << "change " << printable(word) << " is not among them\n";
      } else {
        out << fmt::format("change {} is left out and waits\n", *found);
        ids.erase(found);
      }
    }
  }
  return {};
}

Result<Decisions::Outcome> Decisions::approve_unflagged(const review::ReviewItem& item,
                                                        const std::vector<kb::QueuedChange>& changes) {
  std::ostream& out = session_.environment.out;
  const std::string consequence = review::consequence_in_words(item);
  STUBKEEPER_ASSIGN(const auto group, review::approval_group(*kb_.store, item.change.entry_id, changes));
  if (group.changes.empty()) return Outcome{false, "no unflagged change of this entry waits"};
  STUBKEEPER_TRY(list(group));
  if (!consequence.empty()) out << "! " << consequence << '\n';
  const std::vector<kb::Id> ids = ask_which(group);
  if (ids.empty()) return Outcome{false, "not approved"};
  STUBKEEPER_ASSIGN(const auto outcomes, review_.approve_all(ids, reviewer(), ""));
  Done done;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (outcomes[i].ok()) {
      done.approved.push_back(ids[i]);
    } else {
      out << printable(outcomes[i].error().text()) << '\n';
    }
  }
  const std::size_t count = done.approved.size();
  if (count > 0) note(std::move(done));
  return Outcome{count > 0, fmt::format("{} approved: they stand in {}", count, printable(item.entry_path))};
}

Result<Decisions::Outcome> Decisions::never(const review::ReviewItem& item) {
  std::ostream& out = session_.environment.out;
  out << "never again for " << printable(item.entry_path) << ":\n";
  const bool quotes = !item.quotes.empty();
  if (quotes) {
    out << "  s anything from this source: " << printable(item.quotes.front().source.address) << '\n'
        << "  p this passage, wherever it is printed\n";
  }
  out << "  k any change of this kind: " << printable(item.change.kind) << '\n';
  const auto choice = ask_choice(keyboard_, out, "  Esc nothing of it: ", quotes ? "spk" : "k");
  if (!choice) return Outcome{false, "nothing was refused"};
  const auto subject = *choice == 's'   ? kb::RefusalSubject::source
                       : *choice == 'p' ? kb::RefusalSubject::passage
                                        : kb::RefusalSubject::kind;
  Done done;
  std::vector<kb::Refusal> refusals;
  // In one transaction, so that what another window decides meanwhile is not counted here.
  const Status refused = kb_.store->atomically([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto before, kb::waiting_counts(*kb_.store));
    STUBKEEPER_ASSIGN(refusals, kb::Refusals{*kb_.store}.refuse(item.change.id, subject, false, reviewer(),
                                                                "", session_.environment.clock.now()));
    STUBKEEPER_ASSIGN(const auto after, kb::waiting_counts(*kb_.store));
    done.turned_down = before.changes - after.changes;
    return {};
  });
  if (!refused.ok()) return explained(refused.error());
  for (const kb::Refusal& refusal : refusals) done.refusals.push_back(refusal.id);
  if (done.refusals.empty()) return Outcome{false, "that is refused already"};
  const int turned_down = done.turned_down;
  note(std::move(done));
  return Outcome{
      true, fmt::format("it will not be proposed again, and {} that waited {} rejected; u takes that back",
                        turned_down == 1 ? "this change" : fmt::format("{} changes", turned_down),
                        turned_down == 1 ? "is" : "are")};
}

Result<Decisions::Outcome> Decisions::undo(Undone& undone) {
  undone = {};
  if (done_.empty())
    return Outcome{false,
                   "nothing has been decided yet in this sitting; `stubkeeper review undo ID` takes back "
                   "what was decided before"};
  const Done last = done_.back();
  if (last.conflict != 0) {
    const Status taken_back = kb::Conflicts{*kb_.store}.undo(
        session_.environment.files, last.conflict, reviewer(), "", session_.environment.clock.now());
    if (!taken_back.ok()) return explained(taken_back.error());
    undone.conflict = last.conflict;
    done_.pop_back();
    return Outcome{true, fmt::format("undone: {} waits again", kb::conflict_name(undone.conflict))};
  }
  kb::Refusals refusals{*kb_.store};
  for (const kb::Id id : last.refusals) {
    const Status lifted = refusals.lift(id, reviewer(), session_.environment.clock.now());
    if (!lifted.ok()) return explained(lifted.error());
  }
  std::vector<kb::Id> changes = last.approved;
  changes.insert(changes.end(), last.rejected.begin(), last.rejected.end());
  // The latest first, as each was put upon the one before.
  for (auto id = changes.rbegin(); id != changes.rend(); ++id) {
    const Status taken_back = review_.undo(*id, reviewer(), "");
    if (!taken_back.ok()) return explained(taken_back.error());
  }
  approved_ -= static_cast<int>(last.approved.size());
  rejected_ -= static_cast<int>(last.rejected.size());
  turned_down_ -= last.turned_down;
  done_.pop_back();
  undone.changes = changes;
  if (!last.refusals.empty()) return Outcome{true, "undone: it may be proposed again"};
  return Outcome{true, changes.size() == 1 ? fmt::format("undone: change {} waits again", changes.front())
                                           : fmt::format("undone: {} changes wait again", changes.size())};
}

}  // namespace stubkeeper::cli
