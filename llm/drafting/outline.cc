#include "llm/drafting/outline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text/ascii.h"
#include "base/text/utf8.h"
#include "entries/edits/list_items.h"
#include "entries/edits/parts.h"
#include "entries/markdown/lines.h"
#include "entries/page_templates.h"
#include "llm/verification/readable_text.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t min_word_letters = 5;
constexpr int min_shared_words = 3;
constexpr std::size_t max_heading_characters = 90;
constexpr std::size_t max_excerpt_bytes = 60;
// Fewer characters of a block than these say nothing.
constexpr std::size_t min_excerpt_bytes = 40;
// Enough to see whether a passage repeats it.
constexpr std::size_t related_excerpt_bytes = 120;
constexpr std::size_t excerpted_developments = 5;
constexpr std::size_t development_excerpt_bytes = 160;
// Without it, the entry's subject is not clear.
constexpr std::size_t summary_excerpt_bytes = 300;

constexpr std::string_view markdown_characters = "[]<>{}*_`|\\&!";

bool is_outlined(entries::BlockKind kind) {
  return kind != entries::BlockKind::blank && kind != entries::BlockKind::front_matter &&
         kind != entries::BlockKind::shortcode && kind != entries::BlockKind::thematic_break &&
         kind != entries::BlockKind::html && kind != entries::BlockKind::code &&
         kind != entries::BlockKind::reference_definition;
}

// On one line, with single spaces.
std::string collapse_whitespace(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (!is_ascii_space(c)) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  while (result.ends_with(' ')) result.pop_back();
  return result;
}

struct OutlineBlock {
  std::size_t index = 0;
  std::string text;
  bool is_heading = false;
  bool is_full = false;
  std::size_t excerpt_length = 0;  // characters that are shown in any case
};

std::vector<OutlineBlock> collect_outline_blocks(const Task& task) {
  const entries::Document& document = task.entry.document;
  const auto sources = entries::find_part(*task.entry.conventions, document, "sources");
  const std::string disclaimer = entries::entry_disclaimer(*task.entry.conventions);
  const auto developments = entries::find_part(*task.entry.conventions, document, "developments");
  const auto summary = entries::find_part(*task.entry.conventions, document, "summary");
  std::size_t newest = 0;
  bool had_summary = false;
  std::vector<OutlineBlock> shown;
  for (std::size_t i = 0; i < document.blocks().size(); ++i) {
    const entries::Block& block = document.blocks()[i];
    const bool is_in_sources = sources && i >= sources->heading && i < sources->end;
    const std::string_view text = entries::trim(document.text(block));
    if (!is_outlined(block.kind) || is_in_sources || (!disclaimer.empty() && text == disclaimer)) continue;
    const bool is_heading = block.kind == entries::BlockKind::heading;
    std::string readable =
        collapse_whitespace(to_valid_utf8(is_heading ? std::string{text} : readable_text(text)));
    if (is_heading) readable = truncate_at_word(readable, max_heading_characters);
    if (readable.empty()) continue;
    const bool is_development_item = developments && i >= developments->first && i < developments->end &&
                                     block.kind == entries::BlockKind::list_item;
    std::size_t excerpt_length = 0;
    if (is_development_item && newest++ < excerpted_developments) excerpt_length = development_excerpt_bytes;
    if (summary && i >= summary->first && i < summary->direct_end && !had_summary) {
      had_summary = true;
      excerpt_length = summary_excerpt_bytes;
    }
    shown.push_back({i, std::move(readable), is_heading, is_heading, excerpt_length});
  }
  return shown;
}

bool is_significant(const std::string& word) {
  constexpr std::size_t min_length = 4;
  return word.size() >= min_length || is_ascii_digit(word[0]);
}

// Those that name the subject, each with the next one; all, where none does.
std::vector<std::size_t> passages_about_subject(const Task& task, const std::vector<std::size_t>& passages) {
  const std::string name = task.entry_title.substr(0, task.entry_title.find(" ("));
  std::vector<std::size_t> chosen;
  bool follows = false;
  for (const std::size_t passage : passages) {
    const bool names = !name.empty() && task.passages[passage].text.find(name) != std::string::npos;
    if (names || follows) chosen.push_back(passage);
    follows = names;
  }
  return chosen.empty() ? passages : chosen;
}

struct BlockRelevance {
  std::size_t block = 0;  // index among those shown
  std::size_t shared_words = 0;
  double weight = 0;  // words that few blocks have weigh more
};

// The blocks that share words with the passages, but for those of the subject's name, which all
// have; most alike first.
std::vector<BlockRelevance> rank_by_relevance(const Task& task, const std::vector<std::size_t>& passages,
                                              const std::vector<OutlineBlock>& blocks) {
  std::set<std::string> passage_words;
  for (const std::size_t passage : passages_about_subject(task, passages))
    passage_words.merge(content_words(task.passages[passage].text));
  for (const std::string& word : content_words(task.entry_title)) passage_words.erase(word);
  std::vector<std::vector<std::string>> shared(blocks.size());
  std::map<std::string, int> frequency;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].is_heading) continue;
    for (const std::string& word : content_words(blocks[i].text)) {
      if (!is_significant(word) || !passage_words.contains(word)) continue;
      shared[i].push_back(word);
      ++frequency[word];
    }
  }
  std::vector<BlockRelevance> ranked;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (shared[i].empty()) continue;
    BlockRelevance relevance{i, shared[i].size(), 0};
    for (const std::string& word : shared[i])
      relevance.weight += std::log(1 + static_cast<double>(blocks.size()) / frequency[word]);
    ranked.push_back(relevance);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const BlockRelevance& a, const BlockRelevance& b) { return a.weight > b.weight; });
  return ranked;
}

// Marks as whole what the passages bear on most, as far as there is room.
void select_full_blocks(const std::vector<BlockRelevance>& ranked, std::size_t budget,
                        std::vector<OutlineBlock>& blocks) {
  std::size_t used = 0;
  for (const BlockRelevance& relevance : ranked) {
    if (relevance.shared_words < static_cast<std::size_t>(min_shared_words)) continue;
    const std::size_t size = blocks[relevance.block].text.size();
    if (used > 0 && used + size > budget) continue;
    blocks[relevance.block].is_full = true;
    used += size;
  }
}

// Gives a beginning to what shares a word with the passages and may say it already, as far as there
// is room; gives what is left of that.
std::size_t select_excerpts(const std::vector<BlockRelevance>& ranked, std::size_t budget,
                            std::vector<OutlineBlock>& blocks) {
  for (const BlockRelevance& relevance : ranked) {
    OutlineBlock& block = blocks[relevance.block];
    const std::size_t size = std::min(block.text.size(), related_excerpt_bytes);
    if (block.is_full || block.excerpt_length >= size) continue;
    if (size > budget) break;
    block.excerpt_length = size;
    budget -= size;
  }
  return budget;
}

}  // namespace

bool is_replaceable(const entries::Document& document, const entries::Block& block) {
  const std::string_view text = document.text(block);
  if (block.kind == entries::BlockKind::paragraph)
    return text.find_first_of(markdown_characters) == std::string_view::npos;
  if (block.kind != entries::BlockKind::list_item) return false;
  const auto fact = entries::parse_fact(text);
  // "2026-05: ..." is a development, which stays beside newer ones.
  return fact && !is_ascii_digit(fact->name[0]) &&
         fact->value.find_first_of(markdown_characters) == std::string::npos &&
         fact->value.find('\n') == std::string::npos && entries::trim(text).ends_with(fact->value) &&
         !fact->value.empty();
}

bool is_relevant_to(std::string_view passage, std::string_view text) {
  const std::set<std::string> words = lowercase_word_set(passage);
  int shared = 0;
  for (const std::string& word : lowercase_word_set(text))
    if (word.size() >= min_word_letters && words.count(word) > 0) ++shared;
  return shared >= min_shared_words;
}

std::string make_outline(const Task& task, const std::vector<std::size_t>& passages, OutlineLimits limits) {
  auto blocks = collect_outline_blocks(task);
  const auto ranked = rank_by_relevance(task, passages, blocks);
  select_full_blocks(ranked, limits.full_block_bytes, blocks);
  const std::size_t left = select_excerpts(ranked, limits.excerpt_bytes, blocks);
  const auto rest =
      static_cast<std::size_t>(std::count_if(blocks.begin(), blocks.end(), [](const OutlineBlock& block) {
        return !block.is_full && block.excerpt_length == 0;
      }));
  std::size_t budget = rest == 0 ? 0 : std::min(left / rest, max_excerpt_bytes);
  if (budget < min_excerpt_bytes) budget = 0;
  std::string text;
  std::size_t omitted = 0;
  const auto append_omitted_count = [&] {
    if (omitted > 0) text += fmt::format("({} more)\n", omitted);
    omitted = 0;
  };
  for (const OutlineBlock& block : blocks) {
    if (!block.is_full && block.excerpt_length == 0 && budget == 0) {
      ++omitted;
      continue;
    }
    append_omitted_count();
    const entries::Block& entry_block = task.entry.document.blocks()[block.index];
    const bool replaceable = block.is_full && is_replaceable(task.entry.document, entry_block);
    text += fmt::format(
        "[{}{}] {}\n", task.entry.ids[block.index], replaceable ? ", may be replaced" : "",
        block.is_full ? block.text : truncate_at_word(block.text, std::max(block.excerpt_length, budget)));
  }
  append_omitted_count();
  return text.empty() ? "It is empty so far.\n" : text;
}

}  // namespace stubkeeper::llm
