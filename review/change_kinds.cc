#include "review/change_kinds.h"

#include <algorithm>
#include <map>

#include "base/text/nearest_name.h"
#include "base/text/strings.h"
#include "kb/review/proposed_entries.h"
#include "kb/review/review_queue.h"
#include "kb/review/upkeep.h"

namespace stubkeeper::review {
namespace {

constexpr std::string_view contradiction_kind = "note contradiction";

constexpr ChangeKind kinds[] = {
    {"add development", "adds it to the developments", true},
    {"add fact", "adds it to the facts", true},
    {"add person or organization", "adds it to the facts", true},
    {"write summary", "writes it into the summary", true},
    {"replace block", "writes it over the words that stand there", true},
    {contradiction_kind, "keeps the line as it is; does not mark the entry as reviewed", false},
    {"link entry", "links the other entry", true},
    {kb::new_entry_kind, "puts the new entry with this text into the section", false},
    {"add verdict", "adds the claim with its verdict", true},
    {"change verdict", "writes the new verdict over the old one", true},
    {"add evidence", "adds the source to the claim", true},
    {kb::rechecked_kind, "sets the date of the last review, and changes no word", false},
    {kb::upkeep_kind, "has this page mention another one; does not mark it as reviewed", false},
};

}  // namespace

std::span<const ChangeKind> change_kinds() {
  return kinds;
}

std::string describe_consequence(std::string_view kind, const entries::HouseStyle& style) {
  const auto found = std::find_if(std::begin(kinds), std::end(kinds),
                                  [&](const ChangeKind& each) { return each.name == kind; });
  const bool is_known = found != std::end(kinds);
  std::string words{is_known ? found->consequence : "puts it into the entry"};
  if (is_known && !found->changes_entry) return words;
  return words + (style.approval_sets_last_reviewed() ? "; marks the entry as reviewed today"
                                                      : "; does not mark the entry as reviewed");
}

bool keeps_words(std::string_view kind) {
  return kind == contradiction_kind;
}

Status check_change_kind(kb::Store& store, const std::string& kind) {
  STUBKEEPER_ASSIGN(auto names, kb::stored_kinds(store));
  for (const ChangeKind& each : kinds) add_once(names, std::string{each.name});
  if (contains(names, kind)) return {};
  std::sort(names.begin(), names.end());
  const auto nearest = nearest_name(kind, names);
  return Error{ErrorCode::invalid_argument, "there is no kind of change \"" + kind + "\"", "",
               nearest ? "did you mean \"" + *nearest + "\"?" : "the kinds are: " + join(names, ", ")};
}

std::string count_by_kind(const std::vector<std::string>& of_changes) {
  std::map<std::string, std::int64_t> counts;
  for (const std::string& kind : of_changes) ++counts[kind];
  std::string text;
  for (const auto& [kind, count] : counts)
    append_with_separator(text, ", ", std::to_string(count) + " " + kind);
  return pluralize(static_cast<std::int64_t>(of_changes.size()), "change") + ": " + text;
}

}  // namespace stubkeeper::review
