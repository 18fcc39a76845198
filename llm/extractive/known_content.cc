#include "llm/extractive/known_content.h"

#include "llm/extractive/display_figures.h"
#include "llm/normalized_text.h"
#include "llm/verification/figures.h"
#include "llm/verification/names.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

std::string readable(const Task& task) {
  // Quotes in entries have Markdown escapes: a backslash must not hide them.
  std::string text = task.entry.document.print();
  std::erase(text, '\\');
  return text;
}

}  // namespace

KnownContent::KnownContent(const Task& task)
    : text_(NormalizedText{readable(task)}.text()), words_(lowercase_word_set(text_)) {
  for (const Figure& figure : find_figures(text_)) figures_.insert(figure.number);
}

bool KnownContent::contains_sentence(std::string_view sentence) const {
  return text_.find(NormalizedText{sentence}.text()) != std::string::npos;
}

std::vector<std::string> KnownContent::find_new(std::string_view sentence) const {
  std::vector<std::string> found;
  std::vector<std::string> dates;
  for (const DisplayFigure& displayed : find_display_figures(sentence)) {
    if (!figures_.contains(displayed.figure.number))
      (displayed.is_date ? dates : found).push_back(displayed.words);
  }
  for (const std::string& name : extract_names(sentence)) {
    const auto folded = lowercase_words(name);
    if (!folded.empty() && !words_.contains(folded.front())) found.push_back(name);
  }
  found.insert(found.end(), dates.begin(), dates.end());
  return found;
}

}  // namespace stubkeeper::llm
