#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// The names in a text, each once, as written: capitalized words that do not begin a sentence, or
// that another one follows, and words with a capital within ("IonQ"). Months, weekdays, units of
// figures and currency codes are none.
std::vector<std::string> extract_names(std::string_view text);

// The names in a text, to look others up in. Case, accents, possessives and plural endings do not
// count; an abbreviation is known by its words ("MIT") and the other way round, "Swiss" by
// "Switzerland".
class KnownNames {
 public:
  explicit KnownNames(std::string_view text);
  bool knows(std::string_view name) const;

  // The names of a text that are not known. Adjacent names are known by their initials too.
  std::vector<std::string> find_unknown(std::string_view text) const;

 private:
  std::set<std::string> words_;
  std::set<std::string> initials_;  // of adjacent words: "mit"
};

}  // namespace stubkeeper::llm
