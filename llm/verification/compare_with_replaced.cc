#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "entries/edits/source_addresses.h"
#include "entries/word_diff.h"
#include "llm/verification/claim.h"
#include "llm/verification/figures.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// Of the content words of a cited quote: less of them in the new text, and what it bore out is
// gone.
constexpr double retained_threshold = 0.5;

// A figure is kept, or replaced by another one of its unit: that is what an update is.
void add_lost_figures(const Claim& claim, std::vector<std::string>& lost) {
  const auto now = find_stated_figures(claim.full_text);
  for (const Figure& figure : find_stated_figures(claim.replaced)) {
    const bool kept = std::any_of(now.begin(), now.end(), [&](const Figure& other) {
      const bool of_one_unit = !(figure.unit.empty() && figure.currency.empty()) &&
                               figure.unit == other.unit && figure.currency == other.currency;
      return has_same_value(figure, other) || of_one_unit;
    });
    if (!kept) lost.push_back(figure.text);
  }
}

void add_lost_dates(const Claim& claim, std::vector<std::string>& lost) {
  const auto now = find_calendar_dates(claim.full_text);
  const auto before = find_calendar_dates(claim.replaced);
  // As many dates as before: one was put right.
  if (now.size() >= before.size()) return;
  for (const std::string& date : before) {
    if (!is_date_stated(date, now)) lost.push_back(date);
  }
}

void add_lost_quotes(const Claim& claim, std::vector<std::string>& lost) {
  const auto now = content_words(claim.full_text);
  const auto before = content_words(claim.replaced);
  for (const TaskCitation& citation : claim.task.citations) {
    if (citation.block_id != claim.change.edit.target) continue;
    auto quoted = content_words(citation.quote);
    // Figures are compared by themselves: another one may replace the old.
    std::erase_if(quoted, [](const std::string& word) { return is_ascii_digit(word[0]); });
    if (containment_ratio(quoted, before) >= retained_threshold &&
        containment_ratio(quoted, now) < retained_threshold)
      lost.push_back("\"" + citation.quote + "\"");
  }
}

struct ChangeSize {
  std::size_t removed = 0;  // words
  std::size_t added = 0;
};

ChangeSize measure_change(const Task& task, const entries::Edit& edit) {
  ChangeSize change_size;
  const auto preview = entries::preview_edit(task.entry, edit);
  if (!preview.ok()) return change_size;
  for (const entries::WordRun& run : entries::word_diff(preview->old_text, preview->new_text)) {
    const std::size_t words = split_words(run.text).size();
    if (run.kind == entries::WordRun::Kind::removed) change_size.removed += words;
    if (run.kind == entries::WordRun::Kind::added) change_size.added += words;
  }
  return change_size;
}

std::size_t count_entry_words(const Task& task) {
  std::size_t words = 0;
  const entries::Document& document = task.entry.document;
  for (const entries::Block& block : document.blocks()) {
    if (block.kind != entries::BlockKind::front_matter && block.kind != entries::BlockKind::shortcode)
      words += split_words(document.text(block)).size();
  }
  return words;
}

std::string describe_change(std::size_t changed, std::size_t all, const std::string& of) {
  if (all == 0) return std::to_string(changed) + " words" + of + " in an empty entry";
  return std::to_string(changed) + " words" + of + ", " + std::to_string(changed * 100 / all) +
         " % of the entry";
}

void insert_flag_sorted(VerifiedChange& change, std::string detail) {
  change.flags.push_back({0, "large-change", std::move(detail)});
  std::stable_sort(change.flags.begin(), change.flags.end(),
                   [](const entries::Flag& a, const entries::Flag& b) { return a.name < b.name; });
}

}  // namespace

void compare_with_replaced(const Claim& claim, FlagList& flags) {
  const entries::Edit& edit = claim.change.edit;
  if (edit.kind != entries::EditKind::replace_block && edit.kind != entries::EditKind::remove_block) return;
  const auto preview = entries::preview_edit(claim.task.entry, edit);
  if (!preview.ok()) return;
  std::vector<std::string> lost;
  const auto addresses = entries::extract_addresses(edit.text);
  for (const std::string& address : entries::extract_addresses(preview->old_text)) {
    if (!entries::contains_address(addresses, address)) lost.push_back(address);
  }
  add_lost_figures(claim, lost);
  add_lost_dates(claim, lost);
  add_lost_quotes(claim, lost);
  std::vector<std::string> once;
  for (std::string& what : lost) {
    add_once(once, std::move(what));
  }
  flags.raise_if_any("removes-sourced-text", once);
}

void flag_large_changes(const Task& task, std::vector<VerifiedChange>& changes) {
  const entries::DraftingRules& rules = task.entry.conventions->style.drafting;
  if (task.is_stub || rules.large_change_percent == 0 || changes.empty()) return;
  const std::size_t all = count_entry_words(task);
  const auto is_large = [&](std::size_t words) {
    return words > rules.large_change_words && words * 100 > all * rules.large_change_percent;
  };
  std::vector<ChangeSize> change_sizes;
  std::size_t removed = 0;
  for (const VerifiedChange& change : changes) {
    change_sizes.push_back(measure_change(task, change.change.edit));
    removed += change_sizes.back().removed;
  }
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const std::size_t changed = std::max(change_sizes[i].removed, change_sizes[i].added);
    if (is_large(changed)) {
      insert_flag_sorted(changes[i], describe_change(changed, all, ""));
    } else if (change_sizes[i].removed > 0 && is_large(removed)) {
      insert_flag_sorted(changes[i],
                         describe_change(removed, all, " replaced by this draft's changes together"));
    }
  }
}

}  // namespace stubkeeper::llm
