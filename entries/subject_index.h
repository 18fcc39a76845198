#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stubkeeper::entries {

// Finds which entries a passage names. An entry is known by its title, by the title without a parenthesis at
// its end, and by an abbreviation in that parenthesis ("Large Format Additive Manufacturing (LFAM)" by
// three). A name of several words is found whatever its case; a name of one word only as it is written, and,
// where it does not look like a proper name (all lower case but its first letter) and the same text uses the
// word in lower case too ("lithium"), not at all.
class SubjectIndex {
 public:
  void add(std::int64_t entry_id, std::string_view title);

  // The entries that `passage` names, each once, in the order in which they are named. `document` is the
  // whole text that the passage stands in.
  std::vector<std::int64_t> find_mentions(std::string_view passage, std::string_view document) const;

 private:
  struct Name {
    std::int64_t entry_id = 0;
    std::vector<std::string> words;  // folded to lower case
    std::string exact;               // for a name of one word: as it is written
  };
  void add_name(std::int64_t entry_id, std::string_view name);
  std::vector<Name> names_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_first_word_;
};

}  // namespace stubkeeper::entries
