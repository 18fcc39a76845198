#include "review/labels.h"

#include <algorithm>
#include <set>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "llm/verification/readable_text.h"
#include "review/flag_labels.h"

namespace stubkeeper::review {
namespace {

// Behind the heading that a text begins with, where something stands below it.
std::string_view skip_heading(std::string_view markdown) {
  if (!markdown.starts_with("## ")) return markdown;
  const std::size_t end = markdown.find('\n');
  if (end == std::string_view::npos) return markdown;
  return markdown.substr(std::min(markdown.find_first_not_of("\r\n", end), markdown.size()));
}

// Behind the mark that a line of Markdown begins with: "- ", "## ", "> ".
std::string_view skip_line_marker(std::string_view line) {
  const std::size_t end = line.find_first_not_of("#->*+");
  const bool is_mark = end != std::string_view::npos && end > 0 && line[end] == ' ';
  return is_mark ? trim_ascii(line.substr(end)) : line;
}

}  // namespace

std::string describe_drafter(const std::string& drafter) {
  constexpr std::string_view extractive = "extractive";
  if (drafter.starts_with(extractive)) return "made of the source's own sentences (" + drafter + ")";
  return "drafted by " + drafter;
}

std::string format_timestamp(Timestamp time) {
  const std::string machine = rfc3339(time);
  constexpr std::size_t day = 10;
  constexpr std::size_t minute = 5;
  return machine.substr(0, day) + " " + machine.substr(day + 1, minute) + " UTC";
}

std::string format_publication_date(std::string_view published) {
  if (published.empty()) return "undated";
  return "published " + std::string{published.substr(0, published.find('T'))};
}

std::string describe_publisher(const ItemSource& source) {
  const bool is_self_declared = !source.is_address_verified && source.publisher != "independent";
  return source.publisher + (is_self_declared && !source.publisher.empty() ? ", by its own word" : "");
}

std::string decision_comment(const kb::Decision& decision) {
  if (decision.moved_to.empty()) return decision.reason;
  return "moved to " + decision.moved_to + (decision.reason.empty() ? "" : ": " + decision.reason);
}

std::string describe_side_effect(const ReviewItem& item) {
  const bool publishes = std::any_of(
      item.dependents.begin(), item.dependents.end(),
      [](const kb::Dependent& dependent) { return dependent.kind == kb::Dependent::Kind::publishes; });
  return publishes ? "the entry is a stub: approving this publishes it" : "";
}

std::string describe_flags(const std::vector<std::string>& names) {
  std::vector<std::string> labels;
  for (const std::string& name : names) add_once(labels, flag_label(name));
  return join(labels, ", ");
}

std::string describe_flags(const std::vector<kb::Flag>& flags) {
  std::vector<std::string> names;
  for (const kb::Flag& flag : flags) {
    if (!flag.resolved_at) names.push_back(flag.name);
  }
  return describe_flags(names);
}

std::string describe_flags(const ReviewItem& item) {
  return describe_flags(item.change.flags);
}

std::string explain_unsplittable(const ReviewItem& item) {
  const bool replaces = !item.change.old_text.empty() && !item.change.new_text.empty();
  return replaces ? "nothing to split: no more than one sentence changes; e edits it"
                  : "nothing to split: a new text is split into its paragraphs and items, and this is one; e "
                    "edits it";
}

std::string to_plain_text_line(std::string_view markdown) {
  std::string line;
  for (const std::string_view each : split(skip_heading(markdown), '\n')) {
    const std::string_view words = skip_line_marker(trim_ascii(each));
    if (!words.empty()) append_with_separator(line, " ", words);
  }
  return llm::readable_text(line);
}

}  // namespace stubkeeper::review
