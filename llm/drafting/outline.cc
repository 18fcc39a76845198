#include "llm/drafting/outline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text/ascii.h"
#include "base/text/utf8.h"
#include "entries/edits/fact_lines.h"
#include "entries/edits/parts.h"
#include "entries/markdown/lines.h"
#include "entries/stub_page.h"
#include "llm/verification/readable_text.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t least_word_letters = 5;
constexpr int least_shared_words = 3;
constexpr std::size_t heading_characters = 90;
constexpr std::size_t longest_beginning = 60;
// Fewer characters of a block than these say nothing.
constexpr std::size_t shortest_beginning = 40;
// What the passages may repeat is shown so far that it can be told.
constexpr std::size_t shared_characters = 120;
constexpr std::size_t shown_developments = 5;
constexpr std::size_t development_characters = 160;
// Without it, nobody knows what the entry is about.
constexpr std::size_t summary_characters = 300;

constexpr std::string_view markup = "[]<>{}*_`|\\&!";

bool is_shown(entries::BlockKind kind) {
  return kind != entries::BlockKind::blank && kind != entries::BlockKind::front_matter &&
         kind != entries::BlockKind::shortcode && kind != entries::BlockKind::thematic_break &&
         kind != entries::BlockKind::html && kind != entries::BlockKind::code &&
         kind != entries::BlockKind::reference_definition;
}

// On one line, with single spaces.
std::string run_together(std::string_view text) {
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

struct ShownBlock {
  std::size_t index = 0;
  std::string text;
  bool is_heading = false;
  bool is_whole = false;
  std::size_t beginning = 0;  // characters that are shown in any case
};

std::vector<ShownBlock> shown_blocks(const Task& task) {
  const entries::Document& document = task.entry.document;
  const auto sources = entries::find_part(*task.entry.conventions, document, "sources");
  const std::string disclaimer = entries::disclaimer_of(*task.entry.conventions);
  const auto developments = entries::find_part(*task.entry.conventions, document, "developments");
  const auto summary = entries::find_part(*task.entry.conventions, document, "summary");
  std::size_t newest = 0;
  bool had_summary = false;
  std::vector<ShownBlock> shown;
  for (std::size_t i = 0; i < document.blocks().size(); ++i) {
    const entries::Block& block = document.blocks()[i];
    const bool of_sources = sources && i >= sources->heading && i < sources->end;
    const std::string_view text = entries::trimmed(document.text(block));
    if (!is_shown(block.kind) || of_sources || (!disclaimer.empty() && text == disclaimer)) continue;
    const bool is_heading = block.kind == entries::BlockKind::heading;
    std::string readable = run_together(to_valid_utf8(is_heading ? std::string{text} : readable_text(text)));
    if (is_heading) readable = cut_at_word(readable, heading_characters);
    if (readable.empty()) continue;
    const bool of_developments = developments && i >= developments->first && i < developments->end &&
                                 block.kind == entries::BlockKind::list_item;
    std::size_t beginning = 0;
    if (of_developments && newest++ < shown_developments) beginning = development_characters;
    if (summary && i >= summary->first && i < summary->own_end && !had_summary) {
      had_summary = true;
      beginning = summary_characters;
    }
    shown.push_back({i, std::move(readable), is_heading, is_heading, beginning});
  }
  return shown;
}

bool counts(const std::string& word) {
  constexpr std::size_t shortest = 4;
  return word.size() >= shortest || is_ascii_digit(word[0]);
}

// Those that name the subject, each with the one behind it; all, where none does.
std::vector<std::size_t> about_subject(const Task& task, const std::vector<std::size_t>& passages) {
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

struct Likeness {
  std::size_t block = 0;  // index among those shown
  std::size_t shared_words = 0;
  double weight = 0;  // words that few blocks have weigh more
};

// The blocks that share words with the passages, but for those of the subject's name, which all have; most
// alike first.
std::vector<Likeness> ranked_by_likeness(const Task& task, const std::vector<std::size_t>& passages,
                                         const std::vector<ShownBlock>& blocks) {
  std::set<std::string> said;
  for (const std::size_t passage : about_subject(task, passages))
    said.merge(content_words(task.passages[passage].text));
  for (const std::string& word : content_words(task.entry_title)) said.erase(word);
  std::vector<std::vector<std::string>> shared(blocks.size());
  std::map<std::string, int> frequency;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].is_heading) continue;
    for (const std::string& word : content_words(blocks[i].text)) {
      if (!counts(word) || !said.contains(word)) continue;
      shared[i].push_back(word);
      ++frequency[word];
    }
  }
  std::vector<Likeness> ranked;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (shared[i].empty()) continue;
    Likeness likeness{i, shared[i].size(), 0};
    for (const std::string& word : shared[i])
      likeness.weight += std::log(1 + static_cast<double>(blocks.size()) / frequency[word]);
    ranked.push_back(likeness);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Likeness& a, const Likeness& b) { return a.weight > b.weight; });
  return ranked;
}

// Marks as whole what the passages bear on most, as far as there is room.
void choose_whole(const std::vector<Likeness>& ranked, std::size_t room, std::vector<ShownBlock>& blocks) {
  std::size_t used = 0;
  for (const Likeness& likeness : ranked) {
    if (likeness.shared_words < static_cast<std::size_t>(least_shared_words)) continue;
    const std::size_t size = blocks[likeness.block].text.size();
    if (used > 0 && used + size > room) continue;
    blocks[likeness.block].is_whole = true;
    used += size;
  }
}

// Gives a beginning to what shares a word with the passages and may say it already, as far as there is room;
// gives what is left of that.
std::size_t choose_beginnings(const std::vector<Likeness>& ranked, std::size_t room,
                              std::vector<ShownBlock>& blocks) {
  for (const Likeness& likeness : ranked) {
    ShownBlock& block = blocks[likeness.block];
    const std::size_t size = std::min(block.text.size(), shared_characters);
    if (block.is_whole || block.beginning >= size) continue;
    if (size > room) break;
    block.beginning = size;
    room -= size;
  }
  return room;
}

}  // namespace

bool may_be_replaced(const entries::Document& document, const entries::Block& block) {
  const std::string_view text = document.text(block);
  if (block.kind == entries::BlockKind::paragraph)
    return text.find_first_of(markup) == std::string_view::npos;
  if (block.kind != entries::BlockKind::list_item) return false;
  const auto fact = entries::fact_of(text);
  // "2026-05: ..." is a development, which stays beside newer ones.
  return fact && !is_ascii_digit(fact->name[0]) && fact->value.find_first_of(markup) == std::string::npos &&
         fact->value.find('\n') == std::string::npos && entries::trimmed(text).ends_with(fact->value) &&
         !fact->value.empty();
}

bool bears_on(std::string_view passage, std::string_view text) {
  const std::set<std::string> words = word_set(passage);
  int shared = 0;
  for (const std::string& word : word_set(text))
    if (word.size() >= least_word_letters && words.count(word) > 0) ++shared;
  return shared >= least_shared_words;
}

std::string outline_of(const Task& task, const std::vector<std::size_t>& passages, OutlineLimits limits) {
  auto blocks = shown_blocks(task);
  const auto ranked = ranked_by_likeness(task, passages, blocks);
  choose_whole(ranked, limits.whole, blocks);
  const std::size_t left = choose_beginnings(ranked, limits.beginnings, blocks);
  const auto rest =
      static_cast<std::size_t>(std::count_if(blocks.begin(), blocks.end(), [](const ShownBlock& block) {
        return !block.is_whole && block.beginning == 0;
      }));
  std::size_t room = rest == 0 ? 0 : std::min(left / rest, longest_beginning);
  if (room < shortest_beginning) room = 0;
  std::string text;
  std::size_t passed_over = 0;
  const auto tell_passed_over = [&] {
    if (passed_over > 0) text += fmt::format("({} more)\n", passed_over);
    passed_over = 0;
  };
  for (const ShownBlock& block : blocks) {
    if (!block.is_whole && block.beginning == 0 && room == 0) {
      ++passed_over;
      continue;
    }
    tell_passed_over();
    const entries::Block& of_entry = task.entry.document.blocks()[block.index];
    const bool replaceable = block.is_whole && may_be_replaced(task.entry.document, of_entry);
    text +=
        fmt::format("[{}{}] {}\n", task.entry.ids[block.index], replaceable ? ", may be replaced" : "",
                    block.is_whole ? block.text : cut_at_word(block.text, std::max(block.beginning, room)));
  }
  tell_passed_over();
  return text.empty() ? "It is empty so far.\n" : text;
}

}  // namespace stubkeeper::llm
