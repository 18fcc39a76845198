#include "crawler/feeds/localized_dates.h"

#include <unicode/dtfmtsym.h>
#include <unicode/timezone.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <unordered_map>

#include "base/clock.h"
#include "base/text/ascii.h"
#include "base/text/calendar_words.h"
#include "base/text/strings.h"
#include "base/text/words.h"

namespace stubkeeper::crawler {
namespace {

constexpr auto locales = std::to_array<const char*>(
    {"az", "be", "bg", "bs", "ca",      "cs", "cy", "da", "de", "el", "en", "es", "et",
     "eu", "fi", "fr", "ga", "gl",      "hr", "hu", "hy", "id", "is", "it", "ja", "ka",
     "kk", "ko", "lt", "lv", "mk",      "ms", "nb", "nl", "nn", "pl", "pt", "ro", "ru",
     "sk", "sl", "sq", "sr", "sr_Latn", "sv", "tr", "uk", "uz", "zh"});

constexpr std::array<std::string_view, 13> english_months{
    "",     "January", "February",  "March",   "April",    "May",     "June",
    "July", "August",  "September", "October", "November", "December"};

constexpr int weekday = 0;
constexpr int ambiguous = -1;

// Months by their names, from 1; or `weekday`, or `ambiguous`.
class CalendarWords {
 public:
  CalendarWords() {
    for (const char* name : locales) add_locale(name);
  }

  std::optional<int> find(const std::string& folded_word) const {
    const auto found = meanings_.find(folded_word);
    if (found == meanings_.end() || found->second == ambiguous) return std::nullopt;
    return found->second;
  }

 private:
  void add_locale(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols{icu::Locale{name}, status};
    if (U_FAILURE(status)) return;
    using Symbols = icu::DateFormatSymbols;
    for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
      for (const auto width : {Symbols::WIDE, Symbols::ABBREVIATED}) {
        int32_t count = 0;
        const icu::UnicodeString* months = symbols.getMonths(count, context, width);
        for (int32_t i = 0; i < count && i < 12; ++i) add(months[i], i + 1);
        const icu::UnicodeString* weekdays = symbols.getWeekdays(count, context, width);
        for (int32_t i = 1; i < count; ++i) add(weekdays[i], weekday);
      }
    }
  }

  void add(const icu::UnicodeString& name, int meaning) {
    std::string utf8;
    name.toUTF8String(utf8);
    std::string word = fold_case(utf8);
    while (word.ends_with('.')) word.pop_back();
    // Names of several words or with a number are no names alone.
    if (word.empty() || word.find_first_of(" 0123456789.-") != std::string::npos) return;
    const auto [known, is_first] = meanings_.emplace(word, meaning);
    if (!is_first && known->second != meaning) known->second = ambiguous;
  }

  std::unordered_map<std::string, int> meanings_;
};

std::string translate_word(std::string_view word) {
  static const CalendarWords words;
  const std::string folded = fold_case(word);
  const bool is_known = parse_month_name(folded) || parse_zone_name(folded) || is_ambiguous_zone(folded) ||
                        is_date_filler(folded) || folded == "pm" || folded == "t";
  const auto meaning = is_known ? std::nullopt : words.find(folded);
  if (!meaning) return std::string{word};
  return std::string{*meaning == weekday ? std::string_view{}
                                         : english_months[static_cast<std::size_t>(*meaning)]};
}

// "6月", "6월" as "June".
std::string translate_numbered_month(std::string_view number) {
  const auto month = parse_number<std::size_t>(number, 1, 12);
  return month ? std::string{english_months[*month]} : std::string{number};
}

std::string format_offset(int minutes) {
  const int size = std::abs(minutes);
  return (minutes < 0 ? "-" : "+") + format_two_digits(size / 60) + ":" + format_two_digits(size % 60);
}

// Whether a word is of a name like "America/St_Johns".
bool is_in_place_name(std::string_view date, std::size_t begin, std::size_t end) {
  constexpr std::string_view joints = "/_";
  return (begin > 0 && joints.find(date[begin - 1]) != std::string_view::npos) ||
         (end < date.size() && joints.find(date[end]) != std::string_view::npos);
}

}  // namespace

std::string translate_calendar_words(std::string_view date) {
  std::string translated;
  std::size_t at = 0;
  while (at < date.size()) {
    const std::size_t begin = at;
    const bool is_number = is_ascii_digit(date[at]);
    const bool is_word = is_letter_byte(date[at]);
    while (at < date.size() && (is_number ? is_ascii_digit(date[at]) : is_word && is_letter_byte(date[at])))
      ++at;
    if (at == begin) ++at;
    const std::string_view piece = date.substr(begin, at - begin);
    const bool is_month_number =
        is_number && (date.substr(at).starts_with("月") || date.substr(at).starts_with("월"));
    if (is_month_number) {
      translated += translate_numbered_month(piece);
      at += std::string_view{"月"}.size();
    } else {
      const bool is_translated = is_word && !is_in_place_name(date, begin, at);
      translated += is_translated ? translate_word(piece) : std::string{piece};
    }
  }
  return std::string{trim_ascii(translated)};
}

std::optional<std::string> find_zone_offset(const std::string& place, std::string_view local_time) {
  const auto time = local_time.ends_with('Z') ? parse_rfc3339(local_time) : std::nullopt;
  const std::unique_ptr<icu::TimeZone> zone{
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(place))};
  if (!time || zone == nullptr || *zone == icu::TimeZone::getUnknown()) return std::nullopt;
  int32_t raw = 0;
  int32_t saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone->getOffset(static_cast<UDate>(time->time_since_epoch().count()), true, raw, saving, status);
  if (U_FAILURE(status)) return std::nullopt;
  constexpr int milliseconds_per_minute = 60'000;
  return format_offset((raw + saving) / milliseconds_per_minute);
}

}  // namespace stubkeeper::crawler
