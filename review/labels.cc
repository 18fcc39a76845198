#include "review/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "llm/flags.h"
#include "llm/verification/readable_text.h"

namespace stubkeeper::review {
namespace {

// A line of Markdown without the mark that it begins with: "- ", "## ", "> ".
std::string_view skip_line_marker(std::string_view line) {
  const std::size_t end = line.find_first_not_of("#->*+");
  const bool is_mark = end != std::string_view::npos && end > 0 && line[end] == ' ';
  return is_mark ? trim_ascii(line.substr(end)) : line;
}

}  // namespace

std::optional<kb::Id> parse_id(std::string_view text) {
  return parse_number<kb::Id>(text, 1);
}

std::optional<kb::Id> parse_change_id(std::string_view text) {
  constexpr std::string_view change = "change ";
  text = trim_ascii(text);
  if (text.starts_with(change)) text = trim_ascii(text.substr(change.size()));
  return parse_id(text);
}

std::optional<kb::Id> parse_conflict_id(std::string_view text) {
  return text.starts_with('c') ? parse_id(text.substr(1)) : std::nullopt;
}

bool is_extractive(std::string_view drafter) {
  return drafter.starts_with("extractive");
}

std::string describe_drafter(const std::string& drafter) {
  return is_extractive(drafter) ? "made of the source's own sentences (" + drafter + ")"
                                : "drafted by " + drafter;
}

std::string format_timestamp(Timestamp time) {
  const std::string machine = rfc3339(time);
  constexpr std::size_t day = 10;
  constexpr std::size_t minute = 5;
  return machine.substr(0, day) + " " + machine.substr(day + 1, minute) + " UTC";
}

std::string format_age(std::chrono::milliseconds age) {
  using namespace std::chrono;
  const auto format_count = [](std::int64_t number, const char* unit) {
    return pluralize(number, unit) + " ago";
  };
  if (age < minutes{1}) return "just now";
  if (age < hours{1}) return format_count(duration_cast<minutes>(age).count(), "minute");
  if (age < days{1}) return format_count(duration_cast<hours>(age).count(), "hour");
  return format_count(duration_cast<days>(age).count(), "day");
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

std::string describe_publication(const ReviewItem& item) {
  const bool publishes = std::any_of(
      item.dependents.begin(), item.dependents.end(),
      [](const kb::Dependent& dependent) { return dependent.kind == kb::Dependent::Kind::publishes; });
  return publishes ? "the entry is a stub: approving this publishes it" : "";
}

std::vector<std::string> describe_side_effects(const ReviewItem& item) {
  std::vector<std::string> effects;
  if (std::string publication = describe_publication(item); !publication.empty())
    effects.push_back(std::move(publication));
  for (const kb::Dependent& dependent : item.dependents) {
    if (dependent.kind == kb::Dependent::Kind::outdates) {
      effects.push_back("approving this makes change " + std::to_string(dependent.change_id) +
                        " outdated: " + dependent.reason);
    }
  }
  return effects;
}

std::string flag_label(std::string_view name) {
  static constexpr auto labels = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"contradicts", "something says otherwise"},
      {"currency-not-in-quote", "currency not in the quote"},
      {"date-not-in-quote", "date not in the quote"},
      {"funding-without-official-source", "funding without an official source"},
      {"hype", "praise"},
      {"instruction-in-passage", "instruction to a machine in the source"},
      {"interested-source", "the company's own word"},
      {"large-change", "large change"},
      {"leadership-without-current-source", "leadership without a current source"},
      {"location-without-source", "place not in the quote"},
      {"modality-differs", "planned or done: not as in the quote"},
      {"name-not-in-quote", "name not in the quote"},
      {"negation-differs", "a “not” that is not as in the quote"},
      {"number-not-in-quote", "number not in the quote"},
      {"old-source", "source older than two years"},
      {"quotation-not-in-quote", "quotation not in the quote"},
      {"quote-out-of-context", "quote out of its context"},
      {"removes-sourced-text", "takes out sourced text"},
      {"same-story", "one story told several times"},
      {"single-source", "one source alone"},
      {"superlative-differs", "“first” or the like not in the quote"},
      {"undated-source", "source without a date"},
      {"unit-not-in-quote", "unit not in the quote"},
      {"unknown-address", "link that was taken out"},
      {"unnamed-source", "source that names nobody"},
  });
  const auto found =
      std::find_if(labels.begin(), labels.end(), [&](const auto& label) { return label.first == name; });
  if (found != labels.end()) return std::string{found->second};
  std::string words{name};
  std::replace(words.begin(), words.end(), '-', ' ');
  return words;
}

const char* describe_dependent(const kb::Dependent& dependent) {
  using enum kb::Dependent::Kind;
  switch (dependent.kind) {
    case publishes:
    case outdates:
      break;
    case same_block:
      return "another change of the same block waits, and fits beside this one";
    case anchored_to_block:
      return "a waiting change is put beside what this one changes";
    case quoted_text:
      return "it replaces text that was approved with its quotes";
    case mentions_entry:
      return "a change that mentions this entry waits for another page";
  }
  return "";
}

std::string_view flag_meaning(std::string_view name) {
  for (const llm::FlagKind& kind : llm::flag_kinds()) {
    if (kind.name == name) return kind.meaning;
  }
  return "";
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

std::string_view skip_heading(std::string_view markdown) {
  if (!markdown.starts_with("## ")) return markdown;
  const std::size_t end = markdown.find('\n');
  if (end == std::string_view::npos) return markdown;
  return markdown.substr(std::min(markdown.find_first_not_of("\r\n", end), markdown.size()));
}

std::string to_plain_text_line(std::string_view markdown) {
  std::string line;
  for (const std::string_view each : split(skip_heading(markdown), '\n')) {
    const std::string_view words = skip_line_marker(trim_ascii(each));
    if (!words.empty()) append_with_separator(line, " ", words);
  }
  return llm::readable_text(line);
}

std::string label_kind(const std::string& kind, kb::Id first_look_source_id) {
  return (first_look_source_id == 0 ? "" : "first look: ") + kind;
}

std::string describe_first_look(const kb::Source& source, const kb::FirstLooks::Counts& counts) {
  std::string text = fmt::format("no news: source {} says it and the entry lacks it, one of {}", source.id,
                                 pluralize(counts.changes, "such change"));
  if (counts.kept_passages > 0) {
    text += fmt::format(
        "; {} more (`stubkeeper refresh --source {} --all`)",
        counts.kept_passages == 1 ? "1 passage says" : fmt::format("{} passages say", counts.kept_passages),
        source.id);
  }
  return text;
}

}  // namespace stubkeeper::review
