#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/review/first_looks.h"
#include "review/item.h"

namespace stubkeeper::review {

// Words for people, the same at the terminal and in the browser.

// A number from 1 on in decimal digits; nothing for anything else.
std::optional<kb::Id> parse_id(std::string_view text);
// A change as a person names it: "49" or "change 49".
std::optional<kb::Id> parse_change_id(std::string_view text);
// A conflict: "c12".
std::optional<kb::Id> parse_conflict_id(std::string_view text);

// Common reasons for a rejection, a digit each from 1 on. The drafter gets the words.
inline constexpr std::array<const char*, 9> common_rejection_reasons{"not news",
                                                                     "not what the source says",
                                                                     "not about this entry",
                                                                     "not a source to rest on",
                                                                     "advertising",
                                                                     "badly written",
                                                                     "out of date",
                                                                     "belongs in another part",
                                                                     "says nothing"};

// Whether a drafter took sentences of the sources, without a model.
bool is_extractive(std::string_view drafter);
// "made of the source's own sentences (extractive)", "drafted by NAME".
std::string describe_drafter(const std::string& drafter);

// "2026-05-07 10:03 UTC".
std::string format_timestamp(Timestamp time);

// "2 days ago".
std::string format_age(std::chrono::milliseconds age);

// "published 2026-05-07", without the time of day; "undated".
std::string format_publication_date(std::string_view published);

// "company's own, by its own word": the publisher, and whether only the page itself says so.
std::string describe_publisher(const ItemSource& source);

// The reason of a decision, "moved to Key Facts: its reason"; "" where none was given.
std::string decision_comment(const kb::Decision& decision);

// That an approval publishes the entry; "" where it does not.
std::string describe_publication(const ReviewItem& item);

// Effects of an approval on more than its own words: that it publishes a stub, and which waiting
// changes become outdated with it.
std::vector<std::string> describe_side_effects(const ReviewItem& item);

// How a dependent relates to its change; "" for what describe_side_effects() tells.
const char* describe_dependent(const kb::Dependent& dependent);

// The short name of a flag: "the company's own word" for interested-source. An unknown name with
// spaces in place of its hyphens.
std::string flag_label(std::string_view name);
// The check that a flag asks for, in plain words; "" for an unknown one.
std::string_view flag_meaning(std::string_view name);

// Labels of flags, each once: "source older than two years, praise". Of changes and items the
// unresolved flags.
std::string describe_flags(const std::vector<std::string>& names);
std::string describe_flags(const std::vector<kb::Flag>& flags);
std::string describe_flags(const ReviewItem& item);

// Why a change that has one part cannot be split.
std::string explain_unsplittable(const ReviewItem& item);

// Markdown without the "## " heading that it begins with, unless it is nothing else.
std::string_view skip_heading(std::string_view markdown);

// Markdown as one line of plain words, without a heading that it begins with.
std::string to_plain_text_line(std::string_view markdown);

// A change's kind, with the mark of a first look: "first look: add fact".
std::string label_kind(const std::string& kind, kb::Id first_look_source_id);

// "no news: what source 3 says and the entry lacks, one of 10 changes; 4 passages say more".
std::string describe_first_look(const kb::Source& source, const kb::FirstLooks::Counts& counts);

}  // namespace stubkeeper::review
