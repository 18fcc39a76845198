#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// Capitalized words that do not begin a sentence, or that another such word follows, and words with a capital
// within ("IonQ"), each once, as written. Months, weekdays, units behind a figure and currency codes are
// none.
std::vector<std::string> extract_names(std::string_view text);

// The names that a text knows, to look others up in. Case, accents, possessives and plural endings do not
// count; an abbreviation is known by the words it is made of ("MIT") and the other way round; "Swiss" by
// "Switzerland".
class KnownNames {
 public:
  explicit KnownNames(std::string_view text);
  bool knows(std::string_view name) const;

  // The names of a text that are not known. Names that stand together are known by their initials too.
  std::vector<std::string> find_unknown(std::string_view text) const;

 private:
  std::set<std::string> words_;
  std::set<std::string> initials_;  // of words that stand together: "mit"
};

}  // namespace stubkeeper::llm
