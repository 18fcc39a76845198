#include "crawler/extract/date_lines.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "base/text/words.h"
#include "crawler/extract/phrases.h"
#include "crawler/html/fold_text.h"

namespace stubkeeper::crawler {
namespace {

struct DatePhrases {
  PhraseList published = read("published_labels");
  PhraseList updated = read("updated_labels");
  PhraseList labels = read("date_labels");
  PhraseList other_days = read("other_days");

  static PhraseList read(std::string_view section) { return parse_phrases("byline_phrases.txt", section); }
};

const DatePhrases& date_phrases() {
  static const DatePhrases phrases;
  return phrases;
}

// Chinese, Japanese and Korean part no words by spaces.
bool parts_words(std::string_view phrase) {
  return static_cast<unsigned char>(phrase.front()) < 0xE3;
}

std::size_t find_phrase(std::string_view text, std::string_view phrase, std::size_t from = 0) {
  return parts_words(phrase) ? find_whole_words(text, phrase, from) : text.find(phrase, from);
}

bool holds_phrase(std::string_view text, const PhraseList& phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
    return find_phrase(text, phrase) != std::string_view::npos;
  });
}

struct Label {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_publication = false;
};

// The words of publication and change in a line, in order, the longest of those that overlap.
std::vector<Label> find_labels(std::string_view line) {
  std::vector<Label> found;
  const auto add = [&](const PhraseList& phrases, bool is_publication) {
    for (const std::string_view phrase : phrases) {
      for (std::size_t at = find_phrase(line, phrase); at != std::string_view::npos;
           at = find_phrase(line, phrase, at + phrase.size()))
        found.push_back({at, at + phrase.size(), is_publication});
    }
  };
  add(date_phrases().published, true);
  add(date_phrases().updated, false);
  std::sort(found.begin(), found.end(), [](const Label& a, const Label& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<Label> labels;
  for (const Label& label : found) {
    if (labels.empty() || label.begin >= labels.back().end) labels.push_back(label);
  }
  return labels;
}

std::string find_plausible_date(std::string_view text) {
  std::string date = find_date(text);
  return is_plausible_page_date(date) ? date : "";
}

std::vector<std::string_view> split_at_bars(std::string_view line) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t bar = 0;
    for (const std::string_view sign : {"|", "•", "·", "⋅", "∙", " / ", " – ", " — "})
      if (line.substr(at).starts_with(sign)) bar = sign.size();
    if (bar > 0) {
      parts.push_back(line.substr(begin, at - begin));
      begin = at + bar;
    }
    at += std::max<std::size_t>(bar, 1);
  }
  parts.push_back(line.substr(begin));
  return parts;
}

bool is_sentence(std::string_view part) {
  constexpr std::size_t min_words = 10;
  constexpr std::size_t min_words_with_stop = 6;
  const std::size_t words = split_nonempty(part).size();
  const bool has_stop = ends_with_any(trim_ascii(part), {".", "!", "?", "。"});
  return words >= min_words || (has_stop && words >= min_words_with_stop);
}

// "Application deadline:" before the date.
bool has_other_label(std::string_view part) {
  for (std::size_t colon = part.rfind(':'); colon != std::string_view::npos && colon > 0;
       colon = part.rfind(':', colon - 1)) {
    if (find_date(part.substr(colon + 1)).empty()) continue;
    return !holds_phrase(part.substr(0, colon), date_phrases().labels);
  }
  return false;
}

bool is_about_other_day(std::string_view part) {
  return holds_phrase(part, date_phrases().other_days);
}

std::string find_unlabelled_date(std::string_view text) {
  for (const std::string_view part : split_at_bars(text)) {
    std::string date = find_plausible_date(part);
    if (date.empty() || is_about_other_day(part) || is_sentence(part) || has_other_label(part)) continue;
    return date;
  }
  return "";
}

// Whether a date may end right before a label.
bool is_right_before(std::string_view text, std::size_t label_begin) {
  const std::string_view before = text.substr(0, label_begin);
  const std::size_t last = before.find_last_not_of(" (,[");
  return last != std::string_view::npos && (is_ascii_digit(before[last]) || !is_ascii(before[last]));
}

}  // namespace

bool is_plausible_page_date(std::string_view date) {
  return date.substr(0, 4) >= "1990";
}

LineDates read_date_line(std::string_view text) {
  // More is a sentence.
  constexpr std::size_t max_bytes_after_label = 60;
  const std::string line = fold_white_space(fold_case(text.substr(0, 2000)));
  LineDates dates;
  if (std::none_of(line.begin(), line.end(), is_ascii_digit)) return dates;
  const std::vector<Label> labels = find_labels(line);
  const std::string_view view{line};
  const auto text_behind = [&](std::size_t i) {
    const std::size_t end = i + 1 < labels.size() ? labels[i + 1].begin : line.size();
    return view.substr(labels[i].end, std::min(end - labels[i].end, max_bytes_after_label));
  };
  dates.unlabelled =
      find_unlabelled_date(view.substr(0, labels.empty() ? line.size() : labels.front().begin));
  // "2025-03-04 (updated)": each label is behind its date.
  const bool labels_follow = !labels.empty() && !dates.unlabelled.empty() &&
                             is_right_before(line, labels.front().begin) &&
                             find_date(text_behind(labels.size() - 1)).empty();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    std::string date;
    if (!labels_follow) {
      date = find_plausible_date(text_behind(i));
    } else if (i == 0) {
      date = std::exchange(dates.unlabelled, "");
    } else {
      date = find_plausible_date(text_behind(i - 1));
    }
    std::string& found = labels[i].is_publication ? dates.published : dates.modified;
    if (found.empty()) found = std::move(date);
  }
  return dates;
}

LineDates read_marked_date(const std::string& date, std::string_view before, std::string_view after,
                           bool is_sentence) {
  if (!is_plausible_page_date(date)) return {};
  constexpr std::size_t max_context_bytes = 60;
  constexpr std::string_view any_day = " 2000-01-01 ";
  before = before.substr(before.size() - std::min(before.size(), max_context_bytes));
  if (!is_sentence) before = split_at_bars(before).back();
  const std::string line =
      std::string{before} + std::string{any_day} + std::string{after.substr(0, max_context_bytes)};
  LineDates dates = read_date_line(line);
  const std::string plain = fold_case(before);
  const bool is_plain = dates.published.empty() && dates.modified.empty();
  const bool is_other = is_about_other_day(plain) || has_other_label(plain + std::string{any_day});
  if (is_plain && !is_sentence && !is_other) dates.unlabelled = date;
  for (std::string* part : {&dates.published, &dates.modified, &dates.unlabelled})
    if (!part->empty()) *part = date;
  return dates;
}

}  // namespace stubkeeper::crawler
