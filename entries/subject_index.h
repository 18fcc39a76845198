#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stubkeeper::entries {

// Finds the entries that a passage names: by title, by title without a parenthesis at its end, and by an
// abbreviation in it ("Large Format Additive Manufacturing (LFAM)" has three names). A name of several words
// is found in any case. A name of one word is found only as it is written, and not at all where it looks like
// a common word ("Lithium") and the document has it in lower case.
class SubjectIndex {
 public:
  void add(std::int64_t entry_id, std::string_view title);

  // The entries that `passage` names, each once, in order. `document` is the whole text around it.
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
