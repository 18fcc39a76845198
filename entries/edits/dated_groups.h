#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entries/edits/parts.h"

namespace stubkeeper::entries {

// The months that a heading stands for, from first to last, each "2026-03".
struct HeadingPeriod {
  std::string first_month;
  std::string last_month;

  bool contains(std::string_view date) const;  // "2026", "2026-05" or "2026-05-07"
  bool operator==(const HeadingPeriod&) const = default;
};

// The period of a heading that groups what happened by time: "2026 (Most Recent)", "In 2026", "March 2026",
// "2026 — the first works", "2024–2026". Nothing where it is about a subject ("The 2023 Nature Paper").
std::optional<HeadingPeriod> parse_heading_period(std::string_view heading);

// A heading below a part's own that groups developments by time, with its direct blocks [first, end).
struct DatedGroup {
  std::size_t heading = 0;
  std::size_t first = 0;
  std::size_t end = 0;
  HeadingPeriod period;
};

// The groups of a part, in the order of the page.
std::vector<DatedGroup> find_dated_groups(const Document& document, const PartRange& part);

// The group that a date belongs to, of several the one of the shortest time; nullptr where there is none.
const DatedGroup* find_group_of(const std::vector<DatedGroup>& groups, std::string_view date);

// The place and the text of the heading of a new group for a date, among at least one: "### 2026".
struct NewGroup {
  std::size_t before = 0;  // a block, or the part's end
  std::string heading;
};
NewGroup find_new_group(const Document& document, const PartRange& part,
                        const std::vector<DatedGroup>& groups, std::string_view date);

}  // namespace stubkeeper::entries
