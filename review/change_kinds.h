#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "entries/conventions/house_style.h"
#include "kb/store/store.h"

namespace stubkeeper::review {

// A kind of change, and the effect of approving one in words for people.
struct ChangeKind {
  std::string_view name;
  std::string_view consequence;
  bool changes_entry;  // so that it moves the dates which the house style has an approval set
};

// All kinds that the program proposes.
std::span<const ChangeKind> change_kinds();

// "adds it to the facts; does not mark the entry as reviewed", by the house style. A kind that is not
// among change_kinds() gets the words that hold for any.
std::string describe_consequence(std::string_view kind, const entries::HouseStyle& style);

// Whether approving a change of this kind keeps the words that it is about: "keep" and "correct"
// are the words for approving it and for editing it.
bool keeps_words(std::string_view kind);

// invalid_argument for a kind that neither the program nor the store has, with the nearest one.
Status check_change_kind(kb::Store& store, const std::string& kind);

// "5 changes: 3 add fact, 2 rechecked", of the kinds of some changes.
std::string count_by_kind(const std::vector<std::string>& kinds);

}  // namespace stubkeeper::review
