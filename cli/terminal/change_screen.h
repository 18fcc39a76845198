#pragma once

#include <string>
#include <vector>

#include "cli/environment.h"
#include "cli/terminal/keyboard.h"
#include "review/item.h"

namespace stubkeeper::cli {

// A change on a screen, no higher than it: a header, as much of the item as there is room for, what an
// approval does beside, the keys, and a prompt. Borrows both.
class ChangeScreen {
 public:
  ChangeScreen(Environment& environment, Keyboard& keyboard)
      : environment_(environment), keyboard_(keyboard) {}

  // `place` in the walk, for the header: "3/36". `unflagged`: how many of its entry one key would approve.
  void show(const review::ReviewItem& item, const std::string& place, std::size_t unflagged);
  // What an approval does, the keys and the prompt once more, for the change that was shown last.
  void show_prompt();
  // A message, broken between words.
  void say(const std::string& words);

 private:
  Environment& environment_;
  Keyboard& keyboard_;
  std::vector<std::string> keys_;
  std::string side_effect_;
};

}  // namespace stubkeeper::cli
