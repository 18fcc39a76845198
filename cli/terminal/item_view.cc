#include "cli/terminal/item_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/utf8.h"
#include "cli/terminal/styled_text.h"
#include "entries/markdown/lines.h"
#include "review/change_kinds.h"
#include "review/conflict_item.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

constexpr int label_width = 11;

class ItemRenderer {
 public:
  ItemRenderer(const review::ReviewItem& item, const ViewOptions& options) : item_(item), options_(options) {}

  std::vector<std::string> lines() {
    facts();
    difference();
    for (const llm::Contradiction& sides : item_.contradictions) {
      add_field("said", sides.statement.who + ": \"" + sides.statement.words + "\"");
      add_field("against", sides.counterstatement.who + ": \"" + sides.counterstatement.words + "\"");
    }
    for (const kb::Flag& flag : item_.change.flags) this->flag(flag);
    if (!item_.first_look.empty()) add_field("first look", item_.first_look);
    if (!item_.change.reason.empty()) add_field("why", item_.change.reason);
    for (const review::ItemQuote& quote : item_.quotes) this->quote(quote);
    if (!options_.omit_effects) effects();
    for (const kb::Dependent& dependent : item_.dependents) this->dependent(dependent);
    history();
    return std::move(lines_);
  }

 private:
  void facts() {
    const kb::Change& change = item_.change;
    std::string facts = fmt::format(
        "change {} · {} · {}, {}", change.id,
        sanitize_for_terminal(review::label_kind(change.kind, change.first_look_source_id)),
        sanitize_for_terminal(review::describe_drafter(item_.drafter)), review::format_age(item_.age));
    if (options_.is_detailed) facts += fmt::format(" · run {}", item_.run_id);
    if (change.state != kb::ChangeState::waiting)
      facts += fmt::format(" · {}", kb::change_state_name(change.state));
    add({{Style::faint, facts}}, "", "");
    lines_.emplace_back();
  }

  void difference() {
    for (std::string& line : difference_lines_in_context(item_.difference, item_.context_lines, options_))
      lines_.push_back(std::move(line));
    lines_.emplace_back();
    if (item_.reviewer_edit) add_field("drafted", item_.change.new_text);
  }

  void quote(const review::ItemQuote& quote) {
    const review::QuoteContext& context = quote.context;
    std::vector<StyledText> texts;
    if (options_.is_detailed && !context.preceding_line.empty())
      texts.push_back({Style::faint, sanitize_for_terminal(context.preceding_line) + "\n"});
    texts.push_back({Style::plain, sanitize_for_terminal(context.prefix)});
    const std::string words = sanitize_for_terminal(context.quote);
    texts.push_back({Style::strong, options_.colour ? words : ">" + words + "<"});
    texts.push_back({Style::plain, sanitize_for_terminal(context.suffix)});
    if (options_.is_detailed && !context.following_line.empty())
      texts.push_back({Style::faint, "\n" + sanitize_for_terminal(context.following_line)});
    add_styled_field(quote.citation.refutes ? "refuted by" : "quoted", texts);
    if (!quote.problem.empty()) {
      add_field("", quote.problem);
      return;
    }
    const review::ItemSource& source = quote.source;
    add_field("",
              fmt::format("from {} ({}, {}), {}{}, fetched {}", source.name, source.kind,
                          review::describe_publisher(source),
                          source.page == 0 ? "" : fmt::format("p. {}, ", source.page),
                          review::format_publication_date(source.published), iso_date(source.fetched_at)));
    if (!source.anachronism_note.empty()) add_field("", source.anachronism_note);
    const std::string indent(label_width, ' ');
    if (!options_.is_detailed) {
      lines_.push_back(truncate_to_width(indent + sanitize_for_terminal(source.address), options_.columns));
      return;
    }
    add_field("",
              fmt::format("source {}, snapshot {}, bytes {} to {}", source.source_id,
                          quote.citation.snapshot_id, quote.citation.begin_byte, quote.citation.end_byte));
    const bool web = !source.quote_link.empty();
    lines_.push_back(indent + sanitize_for_terminal(web ? source.quote_link : source.address));
  }

  void flag(const kb::Flag& flag) {
    // The sides of a contradiction are above.
    const bool is_above = flag.name == llm::contradicts_flag && !item_.contradictions.empty();
    for (std::string& line : flag_lines(flag, options_, !is_above)) lines_.push_back(std::move(line));
  }

  void dependent(const kb::Dependent& dependent) {
    const std::string relation = review::describe_dependent(dependent);
    if (relation.empty()) return;
    add_field("note", fmt::format("{}: change {} of {}", relation, dependent.change_id, dependent.path));
  }

  void effects() {
    if (item_.change.state != kb::ChangeState::waiting) return;
    const bool keeps = review::keeps_words(item_.change.kind);
    add_field(keeps ? "keep" : "approve", item_.consequence);
    for (const std::string& effect : review::describe_side_effects(item_)) add_field("note", effect);
  }

  void history() {
    for (const kb::Id older : item_.superseded_changes) {
      add_field("note", fmt::format("takes the place of change {}, which nobody had decided", older));
    }
    if (item_.fate.superseded_by != 0)
      add_field("note", fmt::format("change {} took its place", item_.fate.superseded_by));
    if (!item_.fate.outdated_reason.empty()) add_field("outdated", item_.fate.outdated_reason);
    for (const kb::Decision& decision : item_.decisions) {
      add_field(
          kb::verdict_name(decision.verdict),
          fmt::format(
              "by {} on {}{}", decision.decided_by, review::format_timestamp(decision.decided_at),
              review::decision_comment(decision).empty() ? "" : ": " + review::decision_comment(decision)));
    }
  }

  // A label in the first columns, the text beside it.
  void add_field(std::string_view label, const std::string& text, Style style = Style::plain) {
    add_styled_field(label, {{style, sanitize_for_terminal(text)}});
  }
  void add_styled_field(std::string_view label, const std::vector<StyledText>& texts) {
    add(texts, fmt::format("{:<{}}", label, label_width), std::string(label_width, ' '));
  }
  void add(const std::vector<StyledText>& texts, std::string_view first, std::string_view rest) {
    for (std::string& line : wrap_styled(texts, options_.columns, first, rest, options_.colour,
                                         options_.is_detailed ? UrlWrapping::whole : UrlWrapping::broken))
      lines_.push_back(std::move(line));
  }

  const review::ReviewItem& item_;
  const ViewOptions& options_;
  std::vector<std::string> lines_;
};

std::string indented(const std::string& text) {
  std::string result;
  for (const entries::Line& line : entries::split_lines(text)) {
    result += "      " + std::string{entries::trim(text.substr(line.begin, line.end - line.begin))} + "\n";
  }
  return result.empty() ? "      (nothing)\n" : result;
}

std::string format_hunk(const review::ConflictItem::Hunk& place) {
  const std::string changed = review::describe_store_change(place);
  std::string text = "  " + sanitize_for_terminal(place.name) + "\n    as last exported\n" +
                     indented(sanitize_for_terminal(place.base)) + "    in the store now" +
                     (changed.empty() ? "" : ", " + sanitize_for_terminal(changed)) + "\n" +
                     indented(sanitize_for_terminal(place.store)) + "    in your file\n" +
                     indented(sanitize_for_terminal(place.disk));
  for (const review::ChangedQuotation& quotation : place.changed_quotations)
    text += "    ! " + sanitize_for_terminal(review::describe_changed_quotation(quotation)) + "\n";
  return text;
}

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
      const std::string words = sanitize_for_terminal(run.text);
      texts.push_back({added     ? Style::added
                       : removed ? Style::removed
                                 : Style::plain,
                       marked && added     ? "{+" + words + "+}"
                       : marked && removed ? "[-" + words + "-]"
                                           : words});
    }
    for (std::string& line : wrap_styled(texts, columns, gutter, "  ", colour))
      lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> difference_lines_in_context(const std::vector<entries::BlockDifference>& difference,
                                                     const review::ContextLines& context_lines,
                                                     const ViewOptions& options) {
  std::vector<std::string> lines;
  const auto faint = [&](const std::string& words) {
    lines.push_back(
        apply_style(truncate_to_width("  " + words, options.columns), Style::faint, options.colour));
  };
  if (context_lines.are_known)
    faint(context_lines.before.empty() ? "(the text begins here)"
                                       : sanitize_for_terminal(context_lines.before));
  for (std::string& line : difference_lines(difference, options.columns, options.colour))
    lines.push_back(std::move(line));
  if (difference.empty()) faint("(nothing changes)");
  if (context_lines.are_known)
    faint(context_lines.after.empty() ? "(the text ends here)" : sanitize_for_terminal(context_lines.after));
  return lines;
}

std::vector<std::string> flag_lines(const kb::Flag& flag, const ViewOptions& options, bool with_detail) {
  const std::string indent(label_width, ' ');
  const std::string name = "(" + flag.name + ")";
  const std::string meaning = std::string{review::flag_meaning(flag.name)};
  const std::string detail = with_detail ? sanitize_for_terminal(flag.detail) : "";
  std::vector<StyledText> texts{{Style::strong, meaning}};
  texts.push_back({Style::plain, (meaning.empty()  ? ""
                                  : detail.empty() ? " "
                                                   : "\n") +
                                     detail + (detail.empty() ? "" : " ") + name});
  return wrap_styled(texts, options.columns,
                     fmt::format("{:<{}}", flag.resolved_at ? "resolved" : "flag", label_width), indent,
                     options.colour);
}

std::vector<std::string> item_lines(const review::ReviewItem& item, const ViewOptions& options) {
  return ItemRenderer{item, options}.lines();
}

std::string format_hunks(const std::vector<entries::MergeConflict>& places) {
  std::string text;
  for (const entries::MergeConflict& place : places)
    text += format_hunk({place.place, place.base, place.ours, place.theirs, {}, {}, {}, {}});
  return text;
}

Result<std::string> conflict_view(kb::Store& store, const kb::Conflict& conflict) {
  STUBKEEPER_ASSIGN(const auto item, review::conflict_item(store, conflict.id));
  std::string view = fmt::format(
      "{}  {} · {}\n{}: {}\n", kb::conflict_name(conflict.id), sanitize_for_terminal(item.entry_path),
      item.kind, sanitize_for_terminal(conflict.folder + "/" + conflict.file), item.description);
  if (conflict.state != kb::ConflictState::waiting) {
    view += fmt::format("{}{}\n", kb::conflict_state_name(conflict.state),
                        conflict.verdict.empty() ? ""
                                                 : fmt::format(": kept \"{}\", by {}", conflict.verdict,
                                                               sanitize_for_terminal(conflict.decided_by)));
  }
  STUBKEEPER_ASSIGN(const auto decisions, kb::Conflicts{store}.decisions(conflict.id));
  for (const auto& decided : decisions) {
    view += fmt::format("  {} by {} on {}{}\n",
                        decided.verdict == "undo" ? "undone" : "kept \"" + decided.verdict + "\"",
                        sanitize_for_terminal(decided.decided_by), iso_date(decided.decided_at),
                        decided.reason.empty() ? "" : ": " + sanitize_for_terminal(decided.reason));
  }
  for (const review::ConflictItem::Hunk& place : item.places) view += format_hunk(place);
  return view + "  keep disk: " + item.keep_disk_effect + "\n  keep store: " + item.keep_store_effect + "\n";
}

}  // namespace stubkeeper::cli
