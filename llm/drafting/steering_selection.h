#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// What of the editors' rules is sent with these passages. A rule's paragraphs, each with the list below it,
// are chosen by their headings: the rule's own, and the bold words that a paragraph begins with. Those whose
// heading has one of `drafting.steering_excluded_headings` are about what a drafter has no part in (names of files,
// tables, tags) and stay out; code, tables and comments too. Of the rest go first those whose heading has one
// of `drafting.steering_priority_headings`, then those of the entry's part of the tree that the passages bear on, then
// those of the section that they bear on, as far as `max_bytes` reach: what has no room is left out whole.
// The others go along where all that is left has room. In the order of the rules, under their headings; ""
// where none is left.
std::string select_steering(const std::vector<SteeringRule>& rules, std::string_view passages,
                            const entries::DraftingRules& drafting, std::size_t max_bytes);

}  // namespace stubkeeper::llm
