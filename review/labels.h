#pragma once

#include <string>
#include <string_view>

#include "review/item.h"

namespace stubkeeper::review {

// What both the terminal and the browser say of a change, in words for people who have never seen the
// program.

// Who made the text: "made of the source's own sentences (extractive)", "drafted by NAME".
std::string describe_drafter(const std::string& drafter);

// "2026-05-07 10:03 UTC": where the order of what was done is to be told.
std::string format_timestamp(Timestamp time);

// "published 2026-05-07", of a date with a time the day alone; "undated".
std::string format_publication_date(std::string_view published);

// "company's own, by its own word": who stands behind a source, and whether anything but itself says so.
std::string describe_publisher(const ItemSource& source);

// What was said with a decision: "moved to Key Facts: its reason"; "" where nothing was.
std::string decision_comment(const kb::Decision& decision);

// What approving does beside putting the text there; "" where it does nothing else.
std::string describe_side_effect(const ReviewItem& item);

// "source older than two years, praise": flags by their labels (flag_labels.h), each once; of an item, those
// that are not resolved.
std::string describe_flags(const std::vector<std::string>& names);
std::string describe_flags(const std::vector<kb::Flag>& flags);
std::string describe_flags(const ReviewItem& item);

// Why there is no splitting a change that has one part.
std::string explain_unsplittable(const ReviewItem& item);

// A text of Markdown in one line of words, as a list shows it: without marks, and without the heading that
// may have to be made for it.
std::string to_plain_text_line(std::string_view markdown);

}  // namespace stubkeeper::review
