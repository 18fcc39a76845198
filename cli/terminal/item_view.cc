#include "cli/terminal/item_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/utf8.h"
#include "cli/terminal/styled_text.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

constexpr int label_columns = 11;

class ItemView {
 public:
  ItemView(const review::ReviewItem& item, const ViewOptions& options) : item_(item), options_(options) {}

  std::vector<std::string> lines() {
    facts();
    difference();
    if (!item_.change.reason.empty()) put("why", item_.change.reason);
    for (const review::ItemQuote& quote : item_.quotes) this->quote(quote);
    for (const llm::TwoSides& sides : item_.contradictions) {
      put("said", sides.said.who + ": \"" + sides.said.words + "\"");
      put("against", sides.otherwise.who + ": \"" + sides.otherwise.words + "\"");
    }
    for (const review::ItemFlag& flag : item_.flags) this->flag(flag);
    for (const kb::Dependent& dependent : item_.dependents) this->dependent(dependent);
    history();
    return std::move(lines_);
  }

 private:
  void facts() {
    const kb::Change& change = item_.change;
    std::string facts = fmt::format("change {} · {} · {}, {}", change.id, printable(change.kind),
                                    printable(review::drafter_in_words(item_.drafter)), age_in_words(item_.age));
    if (options_.in_full) facts += fmt::format(" · run {}", item_.run_id);
    if (change.state != kb::ChangeState::waiting)
      facts += fmt::format(" · {}", kb::change_state_name(change.state));
    add({{Style::faint, facts}}, "", "");
    lines_.emplace_back();
  }

  void difference() {
    for (std::string& line : placed_lines(item_.difference, item_.around, options_))
      lines_.push_back(std::move(line));
    lines_.emplace_back();
    if (item_.own) put("drafted", item_.change.new_text);
  }

  void quote(const review::ItemQuote& quote) {
    const review::QuoteContext& context = quote.context;
    std::vector<StyledText> texts;
    if (options_.in_full && !context.line_before.empty())
      texts.push_back({Style::faint, printable(context.line_before) + "\n"});
    texts.push_back({Style::plain, printable(context.sentence_before)});
    const std::string words = printable(context.quote);
    texts.push_back({Style::strong, options_.colour ? words : ">" + words + "<"});
    texts.push_back({Style::plain, printable(context.sentence_after)});
    if (options_.in_full && !context.line_after.empty())
      texts.push_back({Style::faint, "\n" + printable(context.line_after)});
    put_styled(quote.citation.refutes ? "refuted by" : "quoted", texts);
    if (!quote.problem.empty()) {
      put("", quote.problem);
      return;
    }
    const review::ItemSource& source = quote.source;
    put("",
        fmt::format("from {} ({}, {}), {}{}, fetched {}", source.name, source.kind,
                    review::publisher_in_words(source), source.page == 0 ? "" : fmt::format("p. {}, ", source.page),
                    review::published_in_words(source.published), iso_date(source.fetched_at)));
    if (!source.later_than_page.empty()) put("", source.later_than_page);
    const std::string indent(label_columns, ' ');
    if (!options_.in_full) {
      lines_.push_back(cut_to_width(indent + printable(source.address), options_.columns));
      return;
    }
    put("", fmt::format("source {}, snapshot {}, bytes {} to {}", source.source_id,
                        quote.citation.snapshot_id, quote.citation.begin_byte, quote.citation.end_byte));
    const bool web = !source.address_at_quote.empty();
    lines_.push_back(indent + printable(web ? source.address_at_quote : source.address));
  }

  void flag(const review::ItemFlag& flag) {
    // Both sides of a contradiction stand above.
    const bool told = flag.name == llm::contradicts_flag && !item_.contradictions.empty();
    for (std::string& line : flag_lines(flag, options_, !told)) lines_.push_back(std::move(line));
  }

  void dependent(const kb::Dependent& dependent) {
    const std::string id = std::to_string(dependent.change_id);
    switch (dependent.kind) {
      case kb::Dependent::Kind::publishes:
        if (!options_.above_keys) put("note", review::consequence_in_words(item_));
        break;
      case kb::Dependent::Kind::same_block:
        put("note", "change " + id + " is about the same words: approving both may not go");
        break;
      case kb::Dependent::Kind::after_it:
        put("note", "change " + id + " waits for the same place");
        break;
      case kb::Dependent::Kind::quoted_text:
        put("note", "what it replaces was approved with quotes, as change " + id);
        break;
      case kb::Dependent::Kind::mentions_it:
        put("note", "change " + id + " would mention this entry on " + dependent.path);
        break;
    }
  }

  void history() {
    for (const kb::Id older : item_.takes_the_place_of) {
      put("note", fmt::format("takes the place of change {}, which nobody had decided", older));
    }
    if (item_.fate.superseded_by != 0)
      put("note", fmt::format("change {} took its place", item_.fate.superseded_by));
    if (!item_.fate.outdated_because.empty()) put("outdated", item_.fate.outdated_because);
    for (const kb::Decision& decision : item_.decisions) {
      put(kb::verdict_name(decision.verdict),
          fmt::format("by {} on {}{}", decision.decided_by, review::moment_in_words(decision.decided_at),
                      review::said_with(decision).empty() ? "" : ": " + review::said_with(decision)));
    }
  }

  // A label in the first columns, the text beside it.
  void put(std::string_view label, const std::string& text, Style style = Style::plain) {
    put_styled(label, {{style, printable(text)}});
  }
  void put_styled(std::string_view label, const std::vector<StyledText>& texts) {
    add(texts, fmt::format("{:<{}}", label, label_columns), std::string(label_columns, ' '));
  }
  void add(const std::vector<StyledText>& texts, std::string_view first, std::string_view rest) {
    for (std::string& line : wrapped(texts, options_.columns, first, rest, options_.colour,
                                     options_.in_full ? Addresses::whole : Addresses::broken))
      lines_.push_back(std::move(line));
  }

  const review::ReviewItem& item_;
  const ViewOptions& options_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> difference_lines(const std::vector<entries::BlockDifference>& difference,
                                          int columns, bool colour) {
  using Kind = entries::BlockDifference::Kind;
  std::vector<std::string> lines;
  for (const entries::BlockDifference& block : difference) {
    const char* gutter = block.kind == Kind::added     ? "+ "
                         : block.kind == Kind::removed ? "- "
                         : block.kind == Kind::changed ? "~ "
                                                       : "  ";
    const bool marked = block.kind == Kind::changed && !colour;
    std::vector<StyledText> texts;
    for (const entries::WordRun& run : block.runs) {
      const bool added = run.kind == entries::WordRun::Kind::added;
      const bool removed = run.kind == entries::WordRun::Kind::removed;
      const std::string words = printable(run.text);
      texts.push_back({added     ? Style::added
                       : removed ? Style::removed
                                 : Style::plain,
                       marked && added     ? "{+" + words + "+}"
                       : marked && removed ? "[-" + words + "-]"
                                           : words});
    }
    for (std::string& line : wrapped(texts, columns, gutter, "  ", colour)) lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> placed_lines(const std::vector<entries::BlockDifference>& difference,
                                      const review::Surroundings& around, const ViewOptions& options) {
  std::vector<std::string> lines;
  const auto faint = [&](const std::string& words) {
    lines.push_back(styled(cut_to_width("  " + words, options.columns), Style::faint, options.colour));
  };
  if (around.are_known) faint(around.before.empty() ? "(the text begins here)" : printable(around.before));
  for (std::string& line : difference_lines(difference, options.columns, options.colour))
    lines.push_back(std::move(line));
  if (difference.empty()) faint("(nothing changes)");
  if (around.are_known) faint(around.after.empty() ? "(the text ends here)" : printable(around.after));
  return lines;
}

std::vector<std::string> flag_lines(const review::ItemFlag& flag, const ViewOptions& options, bool with_detail) {
  const std::string indent(label_columns, ' ');
  const std::string name = "(" + flag.name + ")";
  const std::string meaning = printable(flag.meaning);
  const std::string detail = with_detail ? printable(flag.detail) : "";
  std::vector<StyledText> texts{{Style::strong, meaning}};
  texts.push_back({Style::plain, (meaning.empty()  ? ""
                                  : detail.empty() ? " "
                                                   : "\n") +
                                     detail + (detail.empty() ? "" : " ") + name});
  return wrapped(texts, options.columns,
                 fmt::format("{:<{}}", flag.resolved ? "resolved" : "flag", label_columns), indent,
                 options.colour);
}

std::string age_in_words(std::chrono::milliseconds age) {
  using namespace std::chrono;
  const auto counted = [](auto number, const char* unit) {
    return fmt::format("{} {}{} ago", number, unit, number == 1 ? "" : "s");
  };
  if (age < minutes{1}) return "just now";
  if (age < hours{1}) return counted(duration_cast<minutes>(age).count(), "minute");
  if (age < days{1}) return counted(duration_cast<hours>(age).count(), "hour");
  return counted(duration_cast<days>(age).count(), "day");
}

std::vector<std::string> item_lines(const review::ReviewItem& item, const ViewOptions& options) {
  return ItemView{item, options}.lines();
}

}  // namespace stubkeeper::cli
