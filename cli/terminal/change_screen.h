#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "cli/terminal/keyboard.h"
#include "review/item.h"

namespace stubkeeper::cli {

// A change on a screen, no higher than it: a header with the ids of its flags, as much of the item
// as fits, what an approval does, the keys, and a prompt. Borrows both.
class ChangeScreen {
 public:
  ChangeScreen(Environment& environment, Keyboard& keyboard)
      : environment_(environment), keyboard_(keyboard) {}

  // `place` in the walk, for the header: "3/36". `unflagged`: changes of its entry that one key
  // approves.
  void show(const review::ReviewItem& item, const std::string& place, std::size_t unflagged);
  // The lines below the item once more.
  void show_prompt();
  // A message, wrapped between words.
  void say(const std::string& words);

 private:
  Environment& environment_;
  Keyboard& keyboard_;
  std::vector<std::string> keys_;
  std::vector<std::string> effects_;
};

// Everything about a change, in the pager.
Status page_item(const Session& session, const OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                 const review::ReviewItem& item);

// The entry as it would be with the change, in the pager, from the first new line on. Gives why the
// change cannot be shown in it, safe to print; "" where it can.
Result<std::string> page_entry_preview(const Session& session, const OpenKnowledgeBase& knowledge_base,
                                       Keyboard& keyboard, const review::ReviewItem& item);

// The message for a key that does nothing to the change on screen; "" for one that does something.
std::string key_message(const Key& key);

// Whether a key decides about a change, and so does nothing to one that is decided.
bool is_decision_key(const Key& key);

// Keys separated by " · ", in lines of at most `columns` columns.
std::vector<std::string> wrap_keys(const std::string& keys, int columns);
// The keys below a waiting change, without what cannot be done with it. `unflagged`: waiting
// changes of its entry that `A` approves.
std::vector<std::string> format_keys(const review::ReviewItem& item, std::size_t unflagged, int columns);
// The keys below a change that waits no more.
std::vector<std::string> format_keys_of_decided(int columns);

}  // namespace stubkeeper::cli
