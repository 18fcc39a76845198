#include "llm/verification/sentence_subject.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "llm/extractive/candidate_sentences.h"
#include "llm/verification/claim.h"
#include "llm/verification/names.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t max_subject_words = 4;

bool is_pointing_word(std::string_view word) {
  static constexpr auto words = std::to_array<std::string_view>({"the", "this", "that", "these", "those"});
  return contains(words, word);
}

bool is_auxiliary(std::string_view word) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"is",  "are",   "was",  "were",   "has",   "have", "had", "will", "would", "can", "could",
       "may", "might", "must", "should", "shall", "does", "do",  "did",  "also",  "now", "then"});
  return contains(words, word);
}

// The nouns after a pointing word. Empty where more follows that says which is meant: "the price of uranium".
std::vector<std::string> find_subject_words(const std::vector<std::string>& words) {
  std::vector<std::string> subject;
  for (std::size_t i = 1; i < words.size() && subject.size() < max_subject_words; ++i) {
    if (is_auxiliary(words[i])) return subject;
    if (is_function_word(words[i])) return {};
    if (std::ranges::any_of(words[i], is_ascii_digit)) break;
    subject.push_back(words[i]);
  }
  // Without an auxiliary the verb is one of them; the noun is before it.
  constexpr std::size_t noun_and_verb = 2;
  if (subject.size() > noun_and_verb) subject.resize(noun_and_verb);
  if (subject.size() == noun_and_verb) subject.pop_back();
  return subject;
}

bool has_title_name(std::string_view text, const Task& task) {
  const std::string padded = padded_words(text);
  return std::ranges::any_of(subject_names(task.entry_title), [&](const std::string& name) {
    return padded.find(" " + name + " ") != std::string::npos;
  });
}

}  // namespace

std::vector<std::string> find_unnamed_subject(std::string_view sentence, const Task& task) {
  const auto words = lowercase_words(sentence);
  if (words.empty() || !is_pointing_word(words.front())) return {};
  if (!extract_names(sentence).empty() || has_title_name(sentence, task)) return {};
  std::vector<std::string> subject = find_subject_words(words);
  const auto& own = task.entry.conventions->style.drafting.self_references;
  const auto known = content_words(task.entry.document.print());
  const bool is_clear = std::ranges::any_of(subject, [&](const std::string& word) {
    const auto stems = content_words(word);
    return contains(own, word) ||
           std::ranges::any_of(stems, [&](const std::string& stem) { return known.contains(stem); });
  });
  return is_clear ? std::vector<std::string>{} : subject;
}

bool shares_subject_word(std::string_view text, const std::vector<std::string>& subject) {
  const auto words = content_words(text);
  return std::ranges::any_of(subject, [&](const std::string& word) {
    const auto stems = content_words(word);
    return std::ranges::any_of(stems, [&](const std::string& stem) { return words.contains(stem); });
  });
}

bool names_one_of(std::string_view text, const std::vector<std::string>& subject, const Task& task) {
  return shares_subject_word(text, subject) || has_title_name(text, task);
}

std::string_view find_heading_above(std::string_view text, std::size_t byte) {
  std::string_view above = text.substr(0, std::min(byte, text.size()));
  std::size_t begin = above.rfind("\n#");
  if (begin != std::string_view::npos) {
    ++begin;
  } else if (above.starts_with('#')) {
    begin = 0;
  } else {
    return {};
  }
  above.remove_prefix(begin);
  above = above.substr(0, above.find('\n'));
  const std::size_t words = above.find_first_not_of("# ");
  return words == std::string_view::npos ? std::string_view{} : above.substr(words);
}

void check_subject(const Claim& claim, FlagList& flags) {
  const auto subject = find_unnamed_subject(claim.text_without_citations, claim.task);
  // The title of a source in its link says it too.
  const bool is_in_title = std::ranges::any_of(claim.quotes, [&](const CitedQuote& quote) {
    return shares_subject_word(quote.passage->source_title, subject);
  });
  if (!subject.empty() && !is_in_title) flags.raise("unnamed-subject", "\"the " + join(subject, " ") + "\"");
}

}  // namespace stubkeeper::llm
