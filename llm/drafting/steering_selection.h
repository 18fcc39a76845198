#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// The editors' rules that are sent with these passages. A rule's paragraphs, each with the list
// below it, are chosen by their headings: the rule's own, and the bold words that a paragraph
// begins with. Left out are those whose heading has one of `drafting.steering_excluded_headings`
// (names of files, tables, tags), and code, tables and comments. First come those whose heading has
// one of `drafting.steering_priority_headings`, then those of the entry's part of the tree that
// concern the passages, then those of the section that do, as far as `max_bytes` reach; a paragraph
// without room is left out whole. The others are added where all of them have room. In the order of
// the rules, under their headings; "" where none is left.
std::string select_steering(const std::vector<SteeringRule>& rules, std::string_view passages,
                            const entries::DraftingRules& drafting, std::size_t max_bytes);

}  // namespace stubkeeper::llm
