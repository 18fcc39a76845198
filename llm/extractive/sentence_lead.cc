#include "llm/extractive/sentence_lead.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text/ascii.h"
#include "base/text/calendar_words.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "base/text/words.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// Bytes at the beginning of a sentence.
struct Cut {
  std::size_t lead_end = 0;
  std::size_t rest_begin = 0;
};

constexpr std::size_t max_label_bytes = 80;
constexpr std::size_t max_dateline_bytes = 140;
constexpr std::size_t max_date_words = 6;

// The dashes and bars between a lead and its sentence.
constexpr auto separators = std::to_array<std::string_view>(
    {"---", "--", "-", "\xE2\x80\x93", "\xE2\x80\x94", "|", "\xC2\xB7", "\xE2\x80\xA2"});

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
  return std::min(text.find(' ', at), text.size());
}

// After the separators at a place, and the spaces around them; the place itself where there are none.
std::size_t skip_separators(std::string_view text, std::size_t at) {
  std::size_t next = skip_spaces(text, at);
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view separator : separators) {
      if (!text.substr(next).starts_with(separator)) continue;
      next = skip_spaces(text, next + separator.size());
      found = true;
    }
  }
  return next;
}

std::string_view without_end_marks(std::string_view text) {
  const std::size_t last = text.find_last_not_of(":,.)");
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// "On 5 May": a part of the sentence.
bool begins_with_preposition(std::string_view text) {
  static constexpr auto prepositions =
      std::to_array<std::string_view>({"on", "by", "in", "from", "since", "until", "between", "as", "at",
                                       "am", "im", "seit", "vom", "le", "el", "il"});
  return contains(prepositions, ascii_lower(text.substr(0, end_of_word(text, 0))));
}

bool begins_upper(std::string_view word) {
  const std::size_t at = word.find_first_not_of("([\"/");
  if (at == std::string_view::npos) return false;
  // A letter beyond ASCII that case folding changes is a capital: "Zürich", "Österreich".
  if (is_ascii(word[at])) return is_ascii_upper(word[at]);
  const std::string letter{word.substr(at, 2)};
  return fold_case(letter) != letter;
}

// A sentence proper begins with a capital, a figure, a quotation mark or a script without capitals.
bool can_begin_sentence(std::string_view rest) {
  if (rest.empty()) return false;
  return is_ascii_upper(rest[0]) || is_ascii_digit(rest[0]) || rest[0] == '"' || !is_ascii(rest[0]);
}

// The longest date at the beginning of a text, to the day; 0 for none.
std::size_t find_date_end(std::string_view text) {
  std::size_t longest = 0;
  std::size_t end = 0;
  for (std::size_t words = 0; words < max_date_words && end < text.size(); ++words) {
    end = end_of_word(text, skip_spaces(text, end));
    if (parse_date(without_end_marks(text.substr(0, end))).size() >= iso_day_bytes) longest = end;
  }
  return longest;
}

// The date that a lead names: to the day, with its year or without.
std::string find_lead_date(std::string_view lead) {
  for (std::size_t at = 0; at < lead.size(); at = skip_spaces(lead, end_of_word(lead, at))) {
    std::string_view rest = lead.substr(at);
    if (rest.starts_with('(')) rest.remove_prefix(1);
    if (const std::size_t end = find_date_end(rest); end > 0)
      return parse_date(without_end_marks(rest.substr(0, end))).substr(0, iso_day_bytes);
  }
  // "Oct. 30".
  for (const DateMention& mention : find_dates(replace_all(std::string{lead}, ". ", " "))) {
    if (mention.date.starts_with("--") && mention.alternative_date.empty()) return mention.date;
  }
  return "";
}

// Whether nothing but words of labels and dates is in it.
bool is_label(std::string_view text, const std::vector<std::string>& labels) {
  const std::string padded = padded_words(text);
  std::string rest = padded;
  bool found = false;
  // The longest first, so that "press release" is not left with a "press".
  std::vector<std::string> known = find_phrases(padded, labels);
  std::ranges::sort(known, std::ranges::greater{}, &std::string::size);
  for (const std::string& label : known) {
    const std::string words = padded_words(label);
    if (const std::size_t at = rest.find(words); at != std::string::npos) {
      rest.replace(at, words.size(), " ");
      found = true;
    }
  }
  const bool has_date = !find_lead_date(text).empty();
  if (!found && !has_date) return false;
  const auto is_of_date = [&](std::string_view word) {
    static constexpr auto joiners = std::to_array<std::string_view>(
        {"of", "on", "from", "vom", "am", "du", "le", "del", "de", "el", "di", "van"});
    return contains(joiners, word) || (has_date && std::ranges::any_of(word, is_ascii_digit));
  };
  // Beside a date a month and a weekday remain.
  std::size_t others = 0;
  for (const std::string_view word : split_nonempty(rest, " ")) others += is_of_date(word) ? 0 : 1;
  constexpr std::size_t month_and_weekday = 2;
  return has_date ? others <= month_and_weekday && (found || find_date_end(text) == text.size())
                  : others == 0;
}

// "Update, 5 December 2026: ", "[Update] ".
std::optional<Cut> find_label(std::string_view text, const std::vector<std::string>& labels) {
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close > max_label_bytes || !is_label(text.substr(1, close - 1), labels)) return std::nullopt;
    const std::size_t after = close + 1 < text.size() && text[close + 1] == ':' ? close + 2 : close + 1;
    return Cut{close + 1, skip_separators(text, after)};
  }
  for (std::size_t colon = text.find(':'); colon < max_label_bytes; colon = text.find(':', colon + 1)) {
    const bool ends_word = colon + 1 < text.size() && text[colon + 1] == ' ';
    if (ends_word && is_label(text.substr(0, colon), labels)) return Cut{colon, skip_spaces(text, colon + 1)};
  }
  return std::nullopt;
}

// "9 December 2026 | Kelpora has raised": a list's item with its day.
std::optional<Cut> find_leading_date(std::string_view text) {
  const std::size_t end = find_date_end(text);
  if (end == 0 || end == text.size() || begins_with_preposition(text)) return std::nullopt;
  const std::size_t last = text[end - 1] == ':' || text[end - 1] == ',' ? end - 1 : end;
  return Cut{last, skip_separators(text, end)};
}

// "ZURICH", "Switzerland,", "May", "7,", "(Reuters)", "/PRNewswire/", "le".
bool is_dateline_word(std::string_view word, bool in_parenthesis) {
  static constexpr auto joiners = std::to_array<std::string_view>(
      {"le", "la", "de", "den", "der", "del", "di", "do", "da", "am", "of", "the", "el", "les", "upon"});
  return in_parenthesis || begins_upper(word) || parse_month_name(word) || is_ascii_digit(word[0]) ||
         word.starts_with('/') || contains(joiners, word);
}

// An agency or press wire in parentheses or slashes, which makes a dateline of a place without a day.
bool names_wire(std::string_view lead) {
  static const std::vector<std::string> wires{
      "reuters",       "ap",         "afp",         "dpa",        "upi",
      "bloomberg",     "pti",        "ani",         "ots",        "sda",
      "apa",           "efe",        "ansa",        "lusa",       "belga",
      "anp",           "tass",       "xinhua",      "kyodo",      "jiji",
      "yonhap",        "ntb",        "ritzau",      "pap",        "globe newswire",
      "business wire", "prnewswire", "pr newswire", "accesswire", "eqs"};
  const std::size_t mark = lead.find_first_of("(/");
  return mark != std::string_view::npos && !find_phrases(padded_words(lead.substr(mark)), wires).empty();
}

// "BASEL, Switzerland, May 7, 2026 (GLOBE NEWSWIRE) -- ", "ZURICH (Reuters) - ", "(AP) — ".
std::optional<Cut> find_dateline(std::string_view text) {
  if (begins_with_preposition(text)) return std::nullopt;
  bool in_parenthesis = false;
  for (std::size_t at = 0; at < std::min(text.size(), max_dateline_bytes);) {
    const std::size_t end = end_of_word(text, at);
    const std::string_view word = text.substr(at, end - at);
    if (at > 0 && !in_parenthesis && contains(separators, word)) {
      const bool is_dated = !find_lead_date(text.substr(0, at)).empty();
      if (!is_dated && !names_wire(text.substr(0, at))) return std::nullopt;
      return Cut{at - 1, skip_separators(text, at)};
    }
    in_parenthesis = in_parenthesis || word.starts_with('(');
    if (word.empty() || !is_dateline_word(word, in_parenthesis)) return std::nullopt;
    if (word.find(')') != std::string_view::npos) in_parenthesis = false;
    at = skip_spaces(text, end);
  }
  return std::nullopt;
}

}  // namespace

SentenceLead split_sentence_lead(std::string_view sentence, const std::vector<std::string>& labels) {
  SentenceLead lead{{}, sentence, ""};
  // "Press release: BERLIN, May 3 -- ".
  constexpr int max_leads = 3;
  for (int i = 0; i < max_leads; ++i) {
    auto cut = find_label(lead.rest, labels);
    if (!cut) cut = find_dateline(lead.rest);
    if (!cut) cut = find_leading_date(lead.rest);
    if (!cut || cut->rest_begin >= lead.rest.size()) break;
    const std::string_view rest = lead.rest.substr(cut->rest_begin);
    if (!can_begin_sentence(rest)) break;
    const auto rest_at = static_cast<std::size_t>(rest.data() - sentence.data());
    lead.words = sentence.substr(0, rest_at - (cut->rest_begin - cut->lead_end));
    lead.rest = rest;
  }
  lead.date = find_lead_date(lead.words);
  return lead;
}

SentenceLead resolve_lead_date(SentenceLead lead, std::string_view sentence, std::string_view written) {
  if (lead.date.starts_with("--")) {
    const std::string day = lead.date.substr(1);
    const auto year = parse_number<int>(written.substr(0, 4));
    if (!year) return {lead.words, lead.rest, ""};
    lead.date = std::to_string(*year) + day;
    if (lead.date > written) lead.date = std::to_string(*year - 1) + day;
  }
  return lead.date > written ? SentenceLead{{}, sentence, ""} : lead;
}

}  // namespace stubkeeper::llm
