#include "cli/terminal/walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/text/utf8.h"
#include "cli/terminal/change_screen.h"
#include "cli/terminal/prompt.h"
#include "cli/terminal/queue_cursor.h"
#include "kb/review/split.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

class Walk {
 public:
  Walk(const Session& session, OpenKnowledgeBase& kb, Keyboard& keyboard, QueueCursor cursor,
       ReviewSession& review_session)
      : session_(session),
        environment_(session.environment),
        kb_(kb),
        keyboard_(keyboard),
        screen_(session.environment, keyboard),
        cursor_(std::move(cursor)),
        initial_filter_(cursor_.filter()),
        review_session_(review_session) {}

  Result<int> run() {
    while (!quit_ && environment_.out.good()) {
      if (cursor_.at_end()) {
        STUBKEEPER_ASSIGN(const bool continues, ask_at_end());
        if (!continues) break;
        continue;
      }
      STUBKEEPER_ASSIGN(const auto item,
                        review::review_item(*kb_.store, cursor_.current().id, environment_.clock.now()));
      if (item.change.state != kb::ChangeState::waiting && !shows_decided_) {
        cursor_.forward();
        continue;
      }
      shows_decided_ = false;
      STUBKEEPER_TRY(show(item));
      STUBKEEPER_TRY(handle_keys(item));
    }
    return print_summary();
  }

 private:
  Status show(const review::ReviewItem& item) {
    STUBKEEPER_ASSIGN(const auto unflagged, cursor_.unflagged_in_entry());
    const std::string place = fmt::format("{}/{}{}", cursor_.position(), cursor_.size(),
                                          cursor_.filter() == initial_filter_ ? "" : ", filtered");
    screen_.show(item, place, unflagged.size());
    return {};
  }

  void say(const std::string& words) { screen_.say(words); }

  // ---- keys

  Status handle_keys(const review::ReviewItem& item) {
    for (;;) {
      const Key key = keyboard_.next();
      if (key.is_end_of_input()) {
        quit_ = true;
        environment_.out << '\n';
        return {};
      }
      shows_decided_ = true;  // the change is shown again unless it gets decided
      if (key.needs_redraw()) return {};
      environment_.out << (key.kind == Key::Kind::character ? sanitize_for_terminal(key.text) : "") << '\n';
      const std::string answer = key_message(key);
      if (answer.empty()) return dispatch_key(item, key);
      // Drawing the change again would push the answer off the screen.
      say(answer);
      screen_.show_prompt();
    }
  }

  Status dispatch_key(const review::ReviewItem& item, const Key& key) {
    if (key.kind == Key::Kind::right || key.kind == Key::Kind::down) return skip(item);
    if (key.kind == Key::Kind::left || key.kind == Key::Kind::up) return go_back();
    if (item.change.state != kb::ChangeState::waiting && is_decision_key(key)) {
      say(fmt::format("change {0} is {1} already; `stubkeeper review undo {0}` lets it wait again",
                      item.change.id, kb::change_state_name(item.change.state)));
      return {};
    }
    using Decide = Result<ReviewSession::Outcome> (ReviewSession::*)(const review::ReviewItem&);
    constexpr std::pair<char, Decide> decisions[] = {{'a', &ReviewSession::approve},
                                                     {'r', &ReviewSession::reject},
                                                     {'e', &ReviewSession::edit},
                                                     {'m', &ReviewSession::move},
                                                     {'n', &ReviewSession::never}};
    const char letter = key.text[0];
    for (const auto& [each, decide] : decisions) {
      if (letter == each) return report_outcome((review_session_.*decide)(item));
    }
    if (letter == 'A') return approve_unflagged(item);
    if (letter == 's') return skip(item);
    if (letter == 'b') return go_back();
    if (letter == 'u') return undo();
    if (letter == 'x') return split(item);
    if (letter == 'v') return page_item(session_, kb_, keyboard_, item);
    if (letter == 'g') return go_to();
    if (letter == 'f') return filter(item);
    if (letter == '/') return search();
    if (letter == 'p') return preview(item);
    quit_ = letter == 'q';
    return {};
  }

  Status report_outcome(const Result<ReviewSession::Outcome>& outcome) {
    if (!outcome.ok()) return outcome.error();
    say(outcome->words);
    // On to the next one that waits, also if another window decided this one.
    shows_decided_ = !outcome->decided;
    if (outcome->decided) return {};
    STUBKEEPER_ASSIGN(const auto now, kb::Proposals{*kb_.store}.get(cursor_.current().id));
    shows_decided_ = now.state == kb::ChangeState::waiting;
    return {};
  }

  Status approve_unflagged(const review::ReviewItem& item) {
    STUBKEEPER_ASSIGN(const auto changes, cursor_.unflagged_in_entry());
    return report_outcome(review_session_.approve_unflagged(item, changes));
  }

  Status skip(const review::ReviewItem& item) {
    if (item.change.state == kb::ChangeState::waiting) say(fmt::format("change {} waits", item.change.id));
    cursor_.forward();
    shows_decided_ = false;
    return {};
  }

  Status go_back() {
    if (cursor_.position() == 1) say("this is the first one");
    cursor_.back();
    return {};
  }

  Status undo() {
    ReviewSession::UndoResult undone;
    STUBKEEPER_ASSIGN(const auto outcome, review_session_.undo(undone));
    say(outcome.words);
    if (!undone.changes.empty()) cursor_.go_to_change(undone.changes.front());
    if (undone.conflict == 0) return {};
    STUBKEEPER_ASSIGN(const auto conflict, kb::Conflicts{*kb_.store}.get(undone.conflict));
    STUBKEEPER_ASSIGN(const bool continues,
                      walk_conflicts(session_, kb_, keyboard_, {conflict}, review_session_));
    quit_ = !continues;
    return {};
  }

  Status split(const review::ReviewItem& item) {
    if (item.parts < 2) {
      say(review::explain_unsplittable(item));
      return {};
    }
    const auto parts = kb::split_change(*kb_.store, item.change.id);
    if (!parts.ok()) {
      say(sanitize_for_terminal(parts.error().text()));
      return parts.error().code == ErrorCode::refused || parts.error().code == ErrorCode::conflict
                 ? Status{}
                 : Status{parts.error()};
    }
    say(fmt::format("split into {}", parts->size()));
    return cursor_.replace_current(*parts);
  }

  Status preview(const review::ReviewItem& item) {
    STUBKEEPER_ASSIGN(const std::string problem, page_entry_preview(session_, kb_, keyboard_, item));
    if (!problem.empty()) say(problem);
    return {};
  }

  Status go_to() {
    const auto place =
        ask_line(keyboard_, environment_.out, "a change's number, or part of an entry's name: ");
    if (!place || place->empty() || cursor_.go_to(*place)) return {};
    const auto number = review::parse_change_id(*place);
    if (!number) {
      say("no entry of this walk is named like that");
      return {};
    }
    const auto change = kb::Proposals{*kb_.store}.get(*number);
    say(!change.ok() ? fmt::format("there is no change {}", *number)
        : change->state == kb::ChangeState::waiting
            ? fmt::format("change {} waits, but is not among these; f and a show all", *number)
            : fmt::format("change {} is {} and not among these; `stubkeeper review show {}` shows it",
                          *number, kb::change_state_name(change->state), *number));
    return {};
  }

  Status filter(const review::ReviewItem& item) {
    const auto chosen = ask_filter(keyboard_, environment_.out, initial_filter_, item);
    if (!chosen) return {};
    const kb::ChangeFilter before = cursor_.filter();
    STUBKEEPER_TRY(cursor_.apply_filter(*chosen));
    if (cursor_.size() == 0) {
      say("nothing of that sort waits");
      return cursor_.apply_filter(before);
    }
    if (*chosen == initial_filter_) cursor_.to_first();
    say(fmt::format("{} of that sort", cursor_.size()));
    return {};
  }

  Status search() {
    const auto words = ask_line(keyboard_, environment_.out, "search: ");
    if (!words) return {};
    if (!words->empty()) last_search_ = *words;
    if (last_search_.empty()) return {};
    STUBKEEPER_ASSIGN(const auto hits, cursor_.search(last_search_));
    say(hits.total == 0 ? "nothing that waits has these words"
        : hits.total == 1
            ? "one change has these words"
            : fmt::format("{} changes have these words, this is the {}. of them; / and Enter, the next",
                          hits.total, hits.place));
    return {};
  }

  // Whether the person goes on.
  Result<bool> ask_at_end() {
    if (cursor_.size() == 0 && !review_session_.can_undo()) return false;
    STUBKEEPER_ASSIGN(const auto rest, QueueCursor::open(*kb_.store, initial_filter_));
    say(cursor_.filter() == initial_filter_ ? "\nThat was the last one."
                                            : "\nThat was the last one of that sort.");
    if (rest.size() > 0) say(fmt::format("{} still {}.", rest.size(), rest.size() == 1 ? "waits" : "wait"));
    const auto choice = rest.size() > 0
                            ? ask_choice(keyboard_, environment_.out,
                                         "s what still waits · b back · u undo · q quit: ", "sbuq")
                            : ask_choice(keyboard_, environment_.out, "b back · u undo · q quit: ", "buq");
    if (!choice || *choice == 'q') return false;
    if (*choice == 's') {
      cursor_ = rest;
      return true;
    }
    shows_decided_ = true;
    if (*choice == 'u') {
      STUBKEEPER_TRY(undo());
    } else {
      cursor_.back();
    }
    return true;
  }

  Result<int> print_summary() {
    STUBKEEPER_ASSIGN(const auto left, kb::waiting_counts(*kb_.store));
    environment_.out << fmt::format(
        "{} approved, {} rejected, {}{} left\n", review_session_.approved(), review_session_.rejected(),
        review_session_.suppressed() > 0 ? fmt::format("{} never again, ", review_session_.suppressed()) : "",
        left.changes);
    if (review_session_.approved() > 0) environment_.out << "next       stubkeeper export\n";
    return done;
  }

  const Session& session_;
  Environment& environment_;
  OpenKnowledgeBase& kb_;
  Keyboard& keyboard_;
  ChangeScreen screen_;
  QueueCursor cursor_;
  const kb::ChangeFilter initial_filter_;  // of the command line
  ReviewSession& review_session_;
  std::string last_search_;
  bool shows_decided_ = false;  // show the current change even if it is decided
  bool quit_ = false;
};

}  // namespace

Result<int> walk_changes(const Session& session, OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                         const kb::ChangeFilter& filter, ReviewSession& review_session) {
  STUBKEEPER_ASSIGN(auto cursor, QueueCursor::open(*knowledge_base.store, filter));
  return Walk{session, knowledge_base, keyboard, std::move(cursor), review_session}.run();
}

}  // namespace stubkeeper::cli
