#include "llm/verification/contradictions.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "entries/edits/fact_lines.h"
#include "llm/verification/readable_text.h"
#include "llm/verification/statements.h"
#include "llm/verification/two_sides.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t most_raised = 3;
const std::string new_text = "the new text";
const std::string the_entry = "the entry";

bool says_something(entries::BlockKind kind) {
  return kind == entries::BlockKind::paragraph || kind == entries::BlockKind::list_item ||
         kind == entries::BlockKind::block_quote;
}

// The fact of an item with its marker or without.
std::optional<entries::Fact> fact_in(const std::string& item) {
  const bool marked = item.starts_with("- ") || item.starts_with("* ") || item.starts_with("+ ");
  return entries::fact_of(marked ? item : "- " + item);
}

bool is_replaced(const entries::Edit& edit, const std::string& block_id) {
  const bool replaces =
      edit.kind == entries::EditKind::replace_block || edit.kind == entries::EditKind::remove_block;
  return replaces && edit.target == block_id;
}

// What a quote refutes: the block that is left for a person to judge, or a claim that does not say that it is
// disputed. Refuting words that are filed as such speak for themselves.
void look_at_refutations(const Claim& claim, std::vector<std::string>& found) {
  if (claim.change.edit.kind == entries::EditKind::leave_block) {
    const std::string stands = readable_text(claim.change.edit.expected);
    for (const CitedQuote& quote : claim.quotes)
      found.push_back(in_one_line({{the_entry, stands}, {quote.passage->source_title, quote.text}}));
    return;
  }
  if (claim.is_quotation) return;
  // Of a verdict its status counts, whatever its headings call the sources.
  constexpr std::string_view mark = "Status: ";
  const std::size_t status = claim.whole.find(mark);
  const std::string said = status == std::string::npos
                               ? claim.whole
                               : claim.whole.substr(status, claim.whole.find('\n', status) - status);
  const bool says_so = !phrases_in(spaced_words(said),
                                   {"disputed", "partially verified", "refuting", "questioning", "refuted"})
                            .empty();
  for (const CitedQuote& quote : claim.quotes) {
    if (quote.refutes && !says_so)
      found.push_back(in_one_line({{new_text, claim.whole}, {quote.passage->source_title, quote.text}}));
  }
}

}  // namespace

struct Contradictions::Known {
  struct Block {
    std::string id;
    std::optional<entries::Fact> fact;
    StatedText text;
  };
  struct Source {
    std::string title;
    StatedText text;
  };
  std::vector<Block> blocks;
  std::vector<Source> sources;

  explicit Known(const Task& task) {
    const entries::Document& document = task.entry.document;
    for (std::size_t i = 0; i < document.blocks().size() && i < task.entry.ids.size(); ++i) {
      if (!says_something(document.blocks()[i].kind)) continue;
      const std::string text = readable_text(document.text(document.blocks()[i]));
      blocks.push_back({task.entry.ids[i], entries::fact_of(text), StatedText{text}});
    }
    for (const TaskPassage& passage : task.passages)
      sources.push_back({passage.source_title, StatedText{passage.text}});
  }
};

Contradictions::Contradictions(const Task& task) : task_(task) {}
Contradictions::~Contradictions() = default;

void Contradictions::look_for(const Claim& claim, FlagList& flags) {
  std::vector<std::string> found;
  look_at_refutations(claim, found);
  const auto said = statements_in(claim.text, claim.change.edit.date);
  const auto fact = fact_in(claim.whole);
  if (!said.empty() || fact) {
    if (!known_) known_ = std::make_unique<Known>(task_);
    const auto compare = [&](StatedText& text, const std::string& who, bool whenever) {
      for (const Statement& each : said) {
        for (const Statement* other : text.near(each)) {
          if ((whenever || are_filed_together(each, *other)) && contradict(each, *other))
            found.push_back(in_one_line({{new_text, each.text}, {who, other->text}}));
        }
      }
    };
    for (Known::Block& block : known_->blocks) {
      if (is_replaced(claim.change.edit, block.id)) continue;
      if (fact && block.fact && equals_ignoring_case(fact->name, block.fact->name)) {
        const auto words = word_set(fact->value);
        const auto other = word_set(block.fact->value);
        const bool agree = share_within(words, other) == 1 || share_within(other, words) == 1;
        if (!agree)
          found.push_back(in_one_line({{new_text, fact->name + ": " + fact->value},
                                       {the_entry, block.fact->name + ": " + block.fact->value}}));
      }
      compare(block.text, the_entry, false);
    }
    // What a source says it says of now, or of the time of the news.
    for (Known::Source& source : known_->sources) compare(source.text, source.title, true);
  }
  std::vector<std::string> once;
  for (std::string& detail : found) {
    if (once.size() < most_raised && std::find(once.begin(), once.end(), detail) == once.end())
      once.push_back(std::move(detail));
  }
  for (std::string& detail : once) flags.raise(contradicts_flag, std::move(detail));
}

}  // namespace stubkeeper::llm
