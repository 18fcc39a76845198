#include "llm/drafting/steering_selection.h"

#include <algorithm>

#include "base/text/utf8.h"
#include "entries/markdown/lines.h"
#include "llm/drafting/outline.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

constexpr int last_relevant_rank = 2;

struct SteeringParagraph {
  std::size_t rule = 0;
  std::string headings;  // the rule's and its own, as spaced words
  std::string text;
  int rank = 0;
  bool is_selected = false;
};

bool is_fence(std::string_view line) {
  return line.starts_with("```") || line.starts_with("~~~");
}

bool is_list_item(std::string_view line) {
  line = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
  if (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ")) return true;
  const std::size_t digits = line.find_first_not_of("0123456789");
  return digits != std::string_view::npos && digits > 0 && line.substr(digits).starts_with(". ");
}

// The bold words that a paragraph begins with.
std::string_view bold_lead(std::string_view text) {
  if (!text.starts_with("**")) return {};
  const std::size_t end = text.find("**", 2);
  return end == std::string_view::npos ? std::string_view{} : text.substr(2, end - 2);
}

void add_paragraphs(const SteeringRule& rule, std::size_t index, std::vector<SteeringParagraph>& paragraphs) {
  const std::string text = to_valid_utf8(rule.text);
  bool in_fence = false;
  bool starts_paragraph = true;
  for (const entries::Line& at : entries::split_lines(text)) {
    const std::string_view line =
        entries::strip_line_ending(std::string_view{text}.substr(at.begin, at.end - at.begin));
    const std::string_view words = entries::trim(line);
    if (is_fence(words)) in_fence = !in_fence;
    if (in_fence || is_fence(words)) continue;
    if (words.empty() || words == "---") {
      starts_paragraph = true;
      continue;
    }
    if (words.starts_with('|') || words.starts_with("<!--")) continue;
    // A list belongs to the paragraph that announces it, with a blank line between them or not.
    const bool continues_last_paragraph =
        !paragraphs.empty() && paragraphs.back().rule == index && is_list_item(line);
    if (starts_paragraph && !continues_last_paragraph) {
      paragraphs.push_back(
          {index, padded_words(rule.heading + " " + std::string{bold_lead(words)}), "", 0, false});
    } else if (paragraphs.empty() || paragraphs.back().rule != index) {
      paragraphs.push_back({index, padded_words(rule.heading), "", 0, false});
    }
    starts_paragraph = false;
    SteeringParagraph& paragraph = paragraphs.back();
    paragraph.text += (paragraph.text.empty() ? "" : "\n") + std::string{line};
  }
}

}  // namespace

std::string select_steering(const std::vector<SteeringRule>& rules, std::string_view passages,
                            const entries::DraftingRules& drafting, std::size_t max_bytes) {
  std::vector<SteeringParagraph> paragraphs;
  for (std::size_t i = 0; i < rules.size(); ++i) add_paragraphs(rules[i], i, paragraphs);
  std::erase_if(paragraphs, [&](const SteeringParagraph& paragraph) {
    // It introduces an example, which is left out.
    const bool introduces_example = paragraph.text.ends_with(':') || paragraph.text.ends_with(":**");
    return introduces_example ||
           !find_phrases(paragraph.headings, drafting.steering_excluded_headings).empty();
  });
  for (SteeringParagraph& paragraph : paragraphs) {
    const bool first = !find_phrases(paragraph.headings, drafting.steering_priority_headings).empty();
    const bool is_relevant = is_relevant_to(passages, paragraph.text);
    const bool own = rules[paragraph.rule].is_own;
    paragraph.rank = first ? 0 : (is_relevant ? 1 : last_relevant_rank + 1) + (own ? 0 : 1);
  }
  std::vector<SteeringParagraph*> ranked;
  for (SteeringParagraph& paragraph : paragraphs) ranked.push_back(&paragraph);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const SteeringParagraph* a, const SteeringParagraph* b) { return a->rank < b->rank; });
  std::size_t all = 0;
  for (const SteeringParagraph& paragraph : paragraphs) all += paragraph.text.size();
  std::size_t used = 0;
  for (SteeringParagraph* paragraph : ranked) {
    const bool is_relevant = paragraph->rank <= last_relevant_rank;
    if (used + paragraph->text.size() > max_bytes || (!is_relevant && all > max_bytes)) continue;
    paragraph->is_selected = true;
    used += paragraph->text.size();
  }
  std::string text;
  std::size_t last_rule = rules.size();
  for (const SteeringParagraph& paragraph : paragraphs) {
    if (!paragraph.is_selected) continue;
    if (paragraph.rule != last_rule && !rules[paragraph.rule].heading.empty())
      text += "## " + to_valid_utf8(rules[paragraph.rule].heading) + "\n";
    last_rule = paragraph.rule;
    text += paragraph.text + "\n";
  }
  return text;
}

}  // namespace stubkeeper::llm
