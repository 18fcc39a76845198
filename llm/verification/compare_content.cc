#include <algorithm>
#include <set>

#include "base/text/ascii.h"
#include "base/text/sentences.h"
#include "base/text/strings.h"
#include "llm/verification/claim.h"
#include "llm/verification/opposites.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// Words of content of a sentence, and those of them that nothing bears.
struct ContentCount {
  std::size_t all = 0;
  std::vector<std::string> missing;
  bool has_name_or_figure = false;
};

bool is_capitalized(std::string_view word) {
  return is_ascii_upper(word.front()) || (!is_ascii(word.front()) && fold_case(word) != word);
}

// Figures and names are compared by themselves (figures.h, names.h).
// `ignored`: what says nothing of its own.
ContentCount count_content(std::string_view sentence, const std::set<std::string>& known,
                           const std::set<std::string>& ignored) {
  ContentCount count;
  std::set<std::string> seen;
  bool is_first = true;
  for (const Word& word : split_words(sentence)) {
    const bool is_name = !is_first && is_capitalized(word.text);
    is_first = false;
    if (is_name || std::ranges::any_of(word.text, is_ascii_digit)) {
      count.has_name_or_figure = true;
      continue;
    }
    for (const std::string& stem : content_words(word.text)) {
      if (ignored.contains(stem) || !seen.insert(stem).second) continue;
      ++count.all;
      if (!known.contains(stem)) count.missing.emplace_back(word.text);
    }
  }
  return count;
}

// Where fewer than a third of the words are borne out the sentence says something else, or so freely that a
// person has to look. One word is a matter of choice, "opened" for "inaugurated", and so are two beside a name or a
// figure, which are compared by themselves.
bool says_something_else(const ContentCount& count) {
  const std::size_t min_missing = count.has_name_or_figure ? 3 : 2;
  return count.missing.size() >= min_missing && 3 * (count.all - count.missing.size()) < count.all;
}

std::string without_status(const Claim& claim, std::string text) {
  for (const std::string& status : claim.style().claim_statuses)
    text = replace_all(std::move(text), "Status: " + status, "");
  return text;
}

}  // namespace

void compare_content(const Claim& claim, FlagList& flags) {
  if (claim.is_quotation) return;
  const std::set<std::string> known =
      content_words(claim.quoted + "\n" + claim.replaced + "\n" + claim.task.entry_title);
  // "The company" is the entry's subject.
  const auto self_references = content_words(join(claim.style().drafting.self_references, " "));
  std::vector<std::string> missing;
  const std::string text = without_status(claim, claim.text_without_citations);
  for (const std::string_view line : split(text, '\n')) {
    for (const std::string_view sentence : split_sentences(line)) {
      const ContentCount count = count_content(sentence, known, self_references);
      if (!says_something_else(count)) continue;
      for (const std::string& word : count.missing) add_once(missing, word);
    }
  }
  for (std::string& word : find_opposites(text, claim.quoted)) add_once(missing, std::move(word));
  flags.raise_if_any("words-not-in-quote", missing);
}

}  // namespace stubkeeper::llm
