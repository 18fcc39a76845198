#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// The words, figures and normalized text of an entry, to see what is new.
class KnownContent {
 public:
  explicit KnownContent(const Task& task);

  // Whether the entry has the sentence, word for word.
  bool contains_sentence(std::string_view sentence) const;

  // Figures, names and dates of the sentence that the entry does not have, in words.
  std::vector<std::string> find_new(std::string_view sentence) const;

 private:
  std::string text_;
  std::set<std::string> words_;
  std::set<std::string> figures_;
};

}  // namespace stubkeeper::llm
