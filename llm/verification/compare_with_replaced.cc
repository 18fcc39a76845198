#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "entries/edits/source_addresses.h"
#include "llm/extractive/sentences.h"
#include "llm/verification/claim.h"
#include "llm/verification/figures.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// Of the content words of a cited quote: less of them in the new text, and what it bore out is gone.
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
    // Figures are looked at by themselves: another one may stand for the old.
    std::erase_if(quoted, [](const std::string& word) { return is_ascii_digit(word[0]); });
    if (containment_ratio(quoted, before) >= retained_threshold &&
        containment_ratio(quoted, now) < retained_threshold)
      lost.push_back("\"" + citation.quote + "\"");
  }
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

}  // namespace stubkeeper::llm
