#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// The dates in a short line of a page, by the words beside them (schema/byline_phrases.txt). As
// parse_date() gives them, "" for none.
struct LineDates {
  std::string published;   // beside a word of publication
  std::string modified;    // beside a word of change
  std::string unlabelled;  // beside neither

  // The day that readers take for that of publication.
  const std::string& publication() const { return published.empty() ? unlabelled : published; }
};

// "Updated: March 4, 2025 | Published: January 2, 2025". A date beside a word for something else (a
// deadline, a birthday, an event), below another label, or in a sentence, is none unless a word of
// publication or change is right before it.
LineDates read_date_line(std::string_view line);

// The same of a date that markup sets apart, by the texts before and behind it in its line. `is_sentence`:
// they may be one.
LineDates read_marked_date(const std::string& date, std::string_view before, std::string_view after,
                           bool is_sentence);

// Whether a page can have been published or changed then: there were no pages before 1990.
bool is_plausible_page_date(std::string_view date);

}  // namespace stubkeeper::crawler
