#include "llm/drafting/steering_choice.h"

#include <algorithm>

#include "base/text/utf8.h"
#include "entries/markdown/lines.h"
#include "llm/drafting/outline.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

constexpr int last_bearing_rank = 2;

struct Stretch {
  std::size_t rule = 0;
  std::string headings;  // the rule's and its own, as spaced words
  std::string text;
  int rank = 0;
  bool is_taken = false;
};

bool is_fence(std::string_view line) {
  return line.starts_with("```") || line.starts_with("~~~");
}

bool is_item(std::string_view line) {
  line = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
  if (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ")) return true;
  const std::size_t digits = line.find_first_not_of("0123456789");
  return digits != std::string_view::npos && digits > 0 && line.substr(digits).starts_with(". ");
}

// The bold words that a paragraph begins with.
std::string_view lead_of(std::string_view text) {
  if (!text.starts_with("**")) return {};
  const std::size_t end = text.find("**", 2);
  return end == std::string_view::npos ? std::string_view{} : text.substr(2, end - 2);
}

void add_stretches(const SteeringRule& rule, std::size_t index, std::vector<Stretch>& stretches) {
  const std::string text = to_valid_utf8(rule.text);
  bool in_fence = false;
  bool begins = true;
  for (const entries::Line& at : entries::split_lines(text)) {
    const std::string_view line =
        entries::without_line_end(std::string_view{text}.substr(at.begin, at.end - at.begin));
    const std::string_view words = entries::trimmed(line);
    if (is_fence(words)) in_fence = !in_fence;
    if (in_fence || is_fence(words)) continue;
    if (words.empty() || words == "---") {
      begins = true;
      continue;
    }
    if (words.starts_with('|') || words.starts_with("<!--")) continue;
    // A list belongs to the paragraph that announces it, with a blank line between them or not.
    const bool is_of_last = !stretches.empty() && stretches.back().rule == index && is_item(line);
    if (begins && !is_of_last) {
      stretches.push_back(
          {index, spaced_words(rule.heading + " " + std::string{lead_of(words)}), "", 0, false});
    } else if (stretches.empty() || stretches.back().rule != index) {
      stretches.push_back({index, spaced_words(rule.heading), "", 0, false});
    }
    begins = false;
    Stretch& stretch = stretches.back();
    stretch.text += (stretch.text.empty() ? "" : "\n") + std::string{line};
  }
}

}  // namespace

std::string chosen_steering(const std::vector<SteeringRule>& rules, std::string_view passages,
                            const entries::DraftingRules& drafting, std::size_t most_bytes) {
  std::vector<Stretch> stretches;
  for (std::size_t i = 0; i < rules.size(); ++i) add_stretches(rules[i], i, stretches);
  std::erase_if(stretches, [&](const Stretch& stretch) {
    // What announces an example, which is left out.
    const bool announces = stretch.text.ends_with(':') || stretch.text.ends_with(":**");
    return announces || !phrases_in(stretch.headings, drafting.steering_left_out).empty();
  });
  for (Stretch& stretch : stretches) {
    const bool first = !phrases_in(stretch.headings, drafting.steering_first).empty();
    const bool bears = bears_on(passages, stretch.text);
    const bool own = rules[stretch.rule].is_own;
    stretch.rank = first ? 0 : (bears ? 1 : last_bearing_rank + 1) + (own ? 0 : 1);
  }
  std::vector<Stretch*> ranked;
  for (Stretch& stretch : stretches) ranked.push_back(&stretch);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Stretch* a, const Stretch* b) { return a->rank < b->rank; });
  std::size_t all = 0;
  for (const Stretch& stretch : stretches) all += stretch.text.size();
  std::size_t used = 0;
  for (Stretch* stretch : ranked) {
    const bool bears = stretch->rank <= last_bearing_rank;
    if (used + stretch->text.size() > most_bytes || (!bears && all > most_bytes)) continue;
    stretch->is_taken = true;
    used += stretch->text.size();
  }
  std::string text;
  std::size_t last_rule = rules.size();
  for (const Stretch& stretch : stretches) {
    if (!stretch.is_taken) continue;
    if (stretch.rule != last_rule && !rules[stretch.rule].heading.empty())
      text += "## " + to_valid_utf8(rules[stretch.rule].heading) + "\n";
    last_rule = stretch.rule;
    text += stretch.text + "\n";
  }
  return text;
}

}  // namespace stubkeeper::llm
