#include "cli/review/walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <ostream>

#include "cli/exit_code.h"
#include "cli/review/change_view.h"
#include "cli/review/editor.h"
#include "entries/markdown/lines.h"
#include "kb/edit_json.h"
#include "kb/entry_store.h"
#include "kb/proposals.h"
#include "kb/review.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

constexpr const char* keys =
    "a approve · r reject · e edit · s skip · b back · A all unflagged of this entry · u undo the last · ? "
    "help · q quit";

constexpr const char* help =
    "  a  approve: the change goes into the entry\n"
    "  r  reject, with a reason; it is not proposed again\n"
    "  e  edit the text in $EDITOR, and approve what you wrote\n"
    "  s  skip: it waits for the next time\n"
    "  b  back to the one before\n"
    "  A  approve all changes of this entry that have no flag\n"
    "  u  undo your last decision\n"
    "  q  quit; what you decided so far stands\n";

bool is_flagged(const kb::Change& change) {
  return std::any_of(change.flags.begin(), change.flags.end(),
                     [](const kb::Flag& flag) { return !flag.resolved_at; });
}

class Walk {
 public:
  Walk(const Session& session, OpenKnowledgeBase& knowledge_base, const std::vector<kb::Change>& changes)
      : session_(session),
        environment_(session.environment),
        kb_(knowledge_base),
        changes_(changes),
        review_(*kb_.store, environment_.clock) {}

  Result<int> run() {
    while (at_ < changes_.size() && !quit_) {
      STUBKEEPER_ASSIGN(const auto change, kb::Proposals{*kb_.store}.get(changes_[at_].id));
      if (change.state != kb::ChangeState::waiting && !returned_) {
        ++at_;
        continue;
      }
      returned_ = false;
      STUBKEEPER_TRY(show(change));
      STUBKEEPER_TRY(ask(change));
    }
    environment_.out << fmt::format("{} approved, {} rejected, {} left\n", approved_, rejected_, left());
    if (approved_ > 0) environment_.out << "next       stubkeeper export\n";
    return done;
  }

 private:
  Status show(const kb::Change& change) {
    STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{*kb_.store}.get(change.entry_id));
    STUBKEEPER_ASSIGN(const std::string view, change_view(*kb_.store, change, environment_.colour()));
    environment_.out << fmt::format("\n[{}/{}] {} · {}\n\n{}\n", at_ + 1, changes_.size(),
                                    printable(entry.path), printable(change.place), view);
    return {};
  }

  // One letter from the person; 'q' at the end of input.
  char letter(const std::string& question) {
    environment_.out << question << std::flush;
    std::string line;
    if (!environment_.keep_going() || !std::getline(environment_.in, line)) return 'q';
    const std::string_view word = entries::trimmed(line);
    return word.empty() ? ' ' : word.front();
  }

  std::string line(const std::string& question) {
    environment_.out << question << std::flush;
    std::string text;
    std::getline(environment_.in, text);
    return std::string{entries::trimmed(text)};
  }

  Status ask(const kb::Change& change) {
    for (;;) {
      switch (letter(std::string{keys} + "\n> ")) {
        case 'a':
          return settle(change, review_.approve(change.id, reviewer(), "", ""));
        case 'r':
          return reject(change);
        case 'e':
          return edit(change);
        case 's':
          ++at_;
          return {};
        case 'b':
          if (at_ > 0) --at_;
          returned_ = true;
          return {};
        case 'A':
          return approve_unflagged(change.entry_id);
        case 'u':
          return undo();
        case 'q':
          quit_ = true;
          return {};
        case '?':
          environment_.out << help;
          break;
        default:
          environment_.out << "a letter and Enter, please; nothing was decided\n";
      }
    }
  }

  // What a decision came to. A change that cannot be decided any more is said and passed over; other errors
  // end the walk.
  template <typename T>
  Status settle(const kb::Change& change, const Result<T>& result) {
    if (result.ok()) {
      ++approved_;
      decided_.push_back(change.id);
    } else if (result.error().code == ErrorCode::conflict || result.error().code == ErrorCode::not_found) {
      environment_.out << printable(result.error().text()) << '\n';
    } else {
      return result.error();
    }
    ++at_;
    return {};
  }

  Status reject(const kb::Change& change) {
    const std::string reason = line("reason (Enter for none): ");
    STUBKEEPER_TRY(review_.reject(change.id, reviewer(), reason));
    ++rejected_;
    decided_.push_back(change.id);
    ++at_;
    return {};
  }

  Status edit(const kb::Change& change) {
    STUBKEEPER_ASSIGN(const auto proposed, kb::edit_from_json(change.edit_json));
    const auto text = edit_at_terminal(session_, kb_, proposed.text);
    if (!text.ok()) {
      environment_.out << printable(text.error().text()) << '\n';
      return {};
    }
    if (!text->has_value()) {
      environment_.out << "unchanged; nothing was decided\n";
      return {};
    }
    return settle(change, review_.approve_edited(change.id, reviewer(), **text, ""));
  }

  Status approve_unflagged(kb::Id entry_id) {
    for (std::size_t i = at_; i < changes_.size(); ++i) {
      if (changes_[i].entry_id != entry_id || is_flagged(changes_[i])) continue;
      STUBKEEPER_ASSIGN(const auto change, kb::Proposals{*kb_.store}.get(changes_[i].id));
      if (change.state != kb::ChangeState::waiting) continue;
      const std::size_t here = at_;
      STUBKEEPER_TRY(settle(change, review_.approve(change.id, reviewer(), "", "")));
      at_ = here;
    }
    return {};
  }

  Status undo() {
    if (decided_.empty()) {
      environment_.out << "nothing has been decided yet\n";
      return {};
    }
    const kb::Id id = decided_.back();
    const Status undone = review_.undo(id, reviewer(), "");
    if (!undone.ok()) {
      environment_.out << printable(undone.error().text()) << '\n';
      return {};
    }
    decided_.pop_back();
    const auto place = std::find_if(changes_.begin(), changes_.end(),
                                    [&](const kb::Change& change) { return change.id == id; });
    at_ = static_cast<std::size_t>(place - changes_.begin());
    return {};
  }

  std::size_t left() const {
    const auto decided = static_cast<std::size_t>(approved_ + rejected_);
    return changes_.size() > decided ? changes_.size() - decided : 0;
  }

  kb::Reviewer reviewer() const { return {kb::AuthorKind::person, kb_.reviewer}; }

  const Session& session_;
  Environment& environment_;
  OpenKnowledgeBase& kb_;
  const std::vector<kb::Change>& changes_;
  kb::Review review_;
  std::vector<kb::Id> decided_;
  std::size_t at_ = 0;
  bool returned_ = false;
  bool quit_ = false;
  int approved_ = 0;
  int rejected_ = 0;
};

}  // namespace

Result<int> walk_changes(const Session& session, OpenKnowledgeBase& knowledge_base,
                         const std::vector<kb::Change>& changes) {
  return Walk{session, knowledge_base, changes}.run();
}

}  // namespace stubkeeper::cli
