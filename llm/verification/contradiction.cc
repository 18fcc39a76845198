#include "llm/verification/contradiction.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "entries/edits/list_items.h"
#include "llm/verification/claim.h"
#include "llm/verification/readable_text.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

constexpr std::string_view quote_opening = ": \"";
constexpr std::string_view side_separator = "\" \xC2\xB7 ";  // a middle dot

std::string collapse_to_line(std::string_view text) {
  std::string line{text};
  while (!line.empty() && is_ascii_space(line.back())) line.pop_back();
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

// Without the closing mark, which ends the line or is between the sides.
std::string format_opening(const AttributedText& side) {
  return collapse_to_line(side.who) + std::string{quote_opening} + collapse_to_line(side.words);
}

std::optional<AttributedText> parse_attributed_text(std::string_view format_opening) {
  const std::size_t words = format_opening.find(quote_opening);
  if (words == std::string_view::npos) return std::nullopt;
  return AttributedText{std::string{format_opening.substr(0, words)},
                        std::string{format_opening.substr(words + quote_opening.size())}};
}

constexpr std::size_t max_raised_flags = 3;
const std::string new_text = "the new text";
const std::string the_entry = "the entry";

bool says_something(entries::BlockKind kind) {
  return kind == entries::BlockKind::paragraph || kind == entries::BlockKind::list_item ||
         kind == entries::BlockKind::block_quote;
}

// The fact of an item with its marker or without.
std::optional<entries::Fact> fact_in(const std::string& item) {
  const bool marked = item.starts_with("- ") || item.starts_with("* ") || item.starts_with("+ ");
  return entries::parse_fact(marked ? item : "- " + item);
}

bool is_replaced(const entries::Edit& edit, const std::string& block_id) {
  const bool replaces =
      edit.kind == entries::EditKind::replace_block || edit.kind == entries::EditKind::remove_block;
  return replaces && edit.target == block_id;
}

// The part of the entry that an edit is made in, or "".
std::string part_of(const Task& task, const entries::Edit& edit) {
  const auto& blocks = task.entry.document.blocks();
  for (std::size_t i = 0; i < blocks.size() && i < task.entry.ids.size(); ++i) {
    if (task.entry.ids[i] == edit.target) return blocks[i].part;
  }
  return edit.part;
}

// The statements that quotes refute: the block that is left for a person to judge, or a claim that
// does not say that it is disputed. Refuting words that are filed as such speak for themselves.
void check_refutations(const Claim& claim, std::vector<std::string>& found) {
  if (claim.change.edit.kind == entries::EditKind::leave_block) {
    const std::string current_text = readable_text(claim.change.edit.expected);
    for (const CitedQuote& quote : claim.quotes)
      found.push_back(
          format_contradiction({{the_entry, current_text}, {quote.passage->source_title, quote.quote}}));
    return;
  }
  if (claim.is_quotation) return;
  // Of a verdict its status counts, whatever its headings call the sources.
  constexpr std::string_view mark = "Status: ";
  const std::size_t status = claim.full_text.find(mark);
  const std::string stated =
      status == std::string::npos
          ? claim.full_text
          : claim.full_text.substr(status, claim.full_text.find('\n', status) - status);
  const bool says_so = !find_phrases(padded_words(stated),
                                     {"disputed", "partially verified", "refuting", "questioning", "refuted"})
                            .empty();
  for (const CitedQuote& quote : claim.quotes) {
    if (quote.refutes && !says_so)
      found.push_back(
          format_contradiction({{new_text, claim.full_text}, {quote.passage->source_title, quote.quote}}));
  }
}

}  // namespace

struct ContradictionChecker::Known {
  struct Block {
    std::string id;
    std::string part;
    std::optional<entries::Fact> fact;
    StatementIndex text;
  };
  struct Source {
    std::string title;
    StatementIndex text;
  };
  std::vector<Block> blocks;
  std::vector<Source> sources;

  explicit Known(const Task& task) {
    const entries::Document& document = task.entry.document;
    for (std::size_t i = 0; i < document.blocks().size() && i < task.entry.ids.size(); ++i) {
      if (!says_something(document.blocks()[i].kind)) continue;
      const std::string text = readable_text(document.text(document.blocks()[i]));
      blocks.push_back(
          {task.entry.ids[i], document.blocks()[i].part, entries::parse_fact(text), StatementIndex{text}});
    }
    for (const TaskPassage& passage : task.passages)
      sources.push_back({passage.source_title, StatementIndex{passage.text}});
  }
};

ContradictionChecker::ContradictionChecker(const Task& task) : task_(task) {}
ContradictionChecker::~ContradictionChecker() = default;

void ContradictionChecker::check(const Claim& claim, FlagList& flags) {
  std::vector<std::string> found;
  check_refutations(claim, found);
  const auto stated = find_statements(claim.text, claim.change.edit.date);
  const auto fact = fact_in(claim.full_text);
  if (!stated.empty() || fact) {
    if (!known_) known_ = std::make_unique<Known>(task_);
    // The words of its only quote are held against it by all other flags.
    const auto is_own_quote = [&](const Statement& statement) {
      return claim.quotes.size() == 1 && claim.quotes[0].quote.find(statement.text) != std::string::npos;
    };
    const auto compare = [&](StatementIndex& text, const std::string& who, bool whenever) {
      for (const Statement& each : stated) {
        for (const Statement* other : text.find_related(each)) {
          const bool comparable = whenever || have_same_date_prefix(each, *other) || supersedes(each, *other);
          if (comparable && !(whenever && is_own_quote(*other)) && contradict(each, *other))
            found.push_back(format_contradiction({{new_text, each.text}, {who, other->text}}));
        }
      }
    };
    const std::string part = part_of(task_, claim.change.edit);
    for (Known::Block& block : known_->blocks) {
      if (is_replaced(claim.change.edit, block.id)) continue;
      // A claim's status is not the company's.
      const bool same_part = part.empty() || block.part.empty() || part == block.part;
      if (fact && block.fact && same_part && equals_ignoring_case(fact->name, block.fact->name)) {
        const auto words = lowercase_word_set(fact->value);
        const auto other = lowercase_word_set(block.fact->value);
        const bool agree = containment_ratio(words, other) == 1 || containment_ratio(other, words) == 1;
        if (!agree)
          found.push_back(format_contradiction({{new_text, fact->name + ": " + fact->value},
                                                {the_entry, block.fact->name + ": " + block.fact->value}}));
      }
      compare(block.text, the_entry, false);
    }
    // A source speaks of now, or of the time of the news.
    for (Known::Source& source : known_->sources) compare(source.text, source.title, true);
  }
  std::vector<std::string> once;
  for (std::string& detail : found) {
    if (once.size() < max_raised_flags) add_once(once, std::move(detail));
  }
  for (std::string& detail : once) flags.raise(contradicts_flag, std::move(detail));
}

std::string format_contradiction(const Contradiction& sides) {
  return format_opening(sides.statement) + std::string{side_separator} +
         format_opening(sides.counterstatement) + "\"";
}

std::optional<Contradiction> parse_contradiction(std::string_view detail) {
  if (!detail.ends_with('"')) return std::nullopt;
  detail.remove_suffix(1);
  const std::size_t middle = detail.find(side_separator);
  if (middle == std::string_view::npos) return std::nullopt;
  auto statement = parse_attributed_text(detail.substr(0, middle));
  auto counterstatement = parse_attributed_text(detail.substr(middle + side_separator.size()));
  if (!statement || !counterstatement) return std::nullopt;
  return Contradiction{*std::move(statement), *std::move(counterstatement)};
}

}  // namespace stubkeeper::llm
