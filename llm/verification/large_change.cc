#include <algorithm>

#include "entries/word_diff.h"
#include "llm/verification/claim.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

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
  change.flags.push_back({"large-change", std::move(detail)});
  std::stable_sort(change.flags.begin(), change.flags.end(),
                   [](const RaisedFlag& a, const RaisedFlag& b) { return a.name < b.name; });
}

}  // namespace

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
