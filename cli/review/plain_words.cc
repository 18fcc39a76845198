#include "cli/review/plain_words.h"

#include <algorithm>

#include "llm/verification/readable_text.h"
#include "schema/base/ascii.h"

namespace stubkeeper::cli {
namespace {

// Behind the heading that a text begins with, where something stands below it.
std::string_view below_heading(std::string_view markdown) {
  if (!markdown.starts_with("## ")) return markdown;
  const std::size_t end = markdown.find('\n');
  if (end == std::string_view::npos) return markdown;
  return markdown.substr(std::min(markdown.find_first_not_of("\r\n", end), markdown.size()));
}

// Behind the mark that a line of Markdown begins with: "- ", "## ", "> ".
std::string_view behind_mark(std::string_view line) {
  const std::size_t end = line.find_first_not_of("#->*+");
  const bool is_mark = end != std::string_view::npos && end > 0 && line[end] == ' ';
  return is_mark ? trim_ascii(line.substr(end)) : line;
}

}  // namespace

std::string drafter_in_words(const std::string& drafter) {
  constexpr std::string_view extractive = "extractive";
  if (drafter.starts_with(extractive)) return "made of the source's own sentences (" + drafter + ")";
  return "drafted by " + drafter;
}

std::string moment_in_words(Timestamp time) {
  const std::string machine = rfc3339(time);
  constexpr std::size_t day = 10;
  constexpr std::size_t minute = 5;
  return machine.substr(0, day) + " " + machine.substr(day + 1, minute) + " UTC";
}

std::string published_in_words(std::string_view published) {
  if (published.empty()) return "undated";
  return "published " + std::string{published.substr(0, published.find('T'))};
}

std::string publisher_in_words(const ItemSource& source) {
  const bool own_word = !source.is_vouched_for && source.publisher != "independent";
  return source.publisher + (own_word && !source.publisher.empty() ? ", by its own word" : "");
}

std::string said_with(const kb::Decision& decision) {
  if (decision.moved_to.empty()) return decision.reason;
  return "moved to " + decision.moved_to + (decision.reason.empty() ? "" : ": " + decision.reason);
}

std::string consequence_in_words(const ReviewItem& item) {
  const bool publishes = std::any_of(
      item.dependents.begin(), item.dependents.end(),
      [](const kb::Dependent& dependent) { return dependent.kind == kb::Dependent::Kind::publishes; });
  return publishes ? "the entry is a stub: approving this publishes it" : "";
}

std::string flag_names(const ReviewItem& item) {
  std::string names;
  for (const ItemFlag& flag : item.flags) {
    if (!flag.resolved) names += (names.empty() ? "" : ", ") + flag.name;
  }
  return names;
}

std::string words_in_one_line(std::string_view markdown) {
  std::string line;
  std::string_view rest = below_heading(markdown);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view words = behind_mark(trim_ascii(rest.substr(0, end)));
    if (!words.empty()) line += (line.empty() ? "" : " ") + std::string{words};
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return llm::readable_text(line);
}

}  // namespace stubkeeper::cli
