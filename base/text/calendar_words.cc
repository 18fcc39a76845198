#include "base/text/calendar_words.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "base/clock.h"
#include "base/text/strings.h"

namespace stubkeeper {
namespace {

using Named = std::pair<std::string_view, int>;

// The English ones first.
constexpr std::array month_names{
    Named{"january", 1},    Named{"february", 2},  Named{"march", 3},     Named{"april", 4},
    Named{"may", 5},        Named{"june", 6},      Named{"july", 7},      Named{"august", 8},
    Named{"september", 9},  Named{"october", 10},  Named{"november", 11}, Named{"december", 12},
    Named{"januar", 1},     Named{"jänner", 1},    Named{"februar", 2},   Named{"märz", 3},
    Named{"maerz", 3},      Named{"mai", 5},       Named{"juni", 6},      Named{"juli", 7},
    Named{"oktober", 10},   Named{"dezember", 12}, Named{"janvier", 1},   Named{"février", 2},
    Named{"fevrier", 2},    Named{"mars", 3},      Named{"avril", 4},     Named{"juin", 6},
    Named{"juillet", 7},    Named{"août", 8},      Named{"aout", 8},      Named{"septembre", 9},
    Named{"octobre", 10},   Named{"novembre", 11}, Named{"décembre", 12}, Named{"decembre", 12},
    Named{"enero", 1},      Named{"febrero", 2},   Named{"marzo", 3},     Named{"abril", 4},
    Named{"mayo", 5},       Named{"junio", 6},     Named{"julio", 7},     Named{"agosto", 8},
    Named{"septiembre", 9}, Named{"setiembre", 9}, Named{"octubre", 10},  Named{"noviembre", 11},
    Named{"diciembre", 12}, Named{"gennaio", 1},   Named{"febbraio", 2},  Named{"aprile", 4},
    Named{"maggio", 5},     Named{"giugno", 6},    Named{"luglio", 7},    Named{"settembre", 9},
    Named{"ottobre", 10},   Named{"dicembre", 12}, Named{"janeiro", 1},   Named{"fevereiro", 2},
    Named{"março", 3},      Named{"maio", 5},      Named{"junho", 6},     Named{"julho", 7},
    Named{"setembro", 9},   Named{"outubro", 10},  Named{"novembro", 11}, Named{"dezembro", 12},
    Named{"januari", 1},    Named{"februari", 2},  Named{"maart", 3},     Named{"mrt", 3},
    Named{"mei", 5},        Named{"augustus", 8}};

// Names of further languages, which are taken whole only: their beginnings are words of other languages
// ("list", "led"). Polish and Russian name a day of the genitive ("4 марта"), a month of the nominative.
constexpr std::array whole_month_names{
    Named{"января", 1},        Named{"февраля", 2},     Named{"марта", 3},       Named{"апреля", 4},
    Named{"мая", 5},           Named{"июня", 6},        Named{"июля", 7},        Named{"августа", 8},
    Named{"сентября", 9},      Named{"октября", 10},    Named{"ноября", 11},     Named{"декабря", 12},
    Named{"январь", 1},        Named{"февраль", 2},     Named{"март", 3},        Named{"апрель", 4},
    Named{"май", 5},           Named{"июнь", 6},        Named{"июль", 7},        Named{"август", 8},
    Named{"сентябрь", 9},      Named{"октябрь", 10},    Named{"ноябрь", 11},     Named{"декабрь", 12},
    Named{"янв", 1},           Named{"фев", 2},         Named{"февр", 2},        Named{"мар", 3},
    Named{"апр", 4},           Named{"июн", 6},         Named{"июл", 7},         Named{"авг", 8},
    Named{"сен", 9},           Named{"сент", 9},        Named{"окт", 10},        Named{"ноя", 11},
    Named{"нояб", 11},         Named{"дек", 12},        Named{"січня", 1},       Named{"лютого", 2},
    Named{"березня", 3},       Named{"квітня", 4},      Named{"травня", 5},      Named{"червня", 6},
    Named{"липня", 7},         Named{"серпня", 8},      Named{"вересня", 9},     Named{"жовтня", 10},
    Named{"листопада", 11},    Named{"грудня", 12},     Named{"януари", 1},      Named{"февруари", 2},
    Named{"април", 4},         Named{"юни", 6},         Named{"юли", 7},         Named{"септември", 9},
    Named{"октомври", 10},     Named{"ноември", 11},    Named{"декември", 12},   Named{"stycznia", 1},
    Named{"lutego", 2},        Named{"marca", 3},       Named{"kwietnia", 4},    Named{"maja", 5},
    Named{"czerwca", 6},       Named{"lipca", 7},       Named{"sierpnia", 8},    Named{"września", 9},
    Named{"października", 10}, Named{"listopada", 11},  Named{"grudnia", 12},    Named{"ledna", 1},
    Named{"února", 2},         Named{"března", 3},      Named{"dubna", 4},       Named{"května", 5},
    Named{"června", 6},        Named{"července", 7},    Named{"srpna", 8},       Named{"září", 9},
    Named{"října", 10},        Named{"listopadu", 11},  Named{"prosince", 12},   Named{"januára", 1},
    Named{"februára", 2},      Named{"apríla", 4},      Named{"mája", 5},        Named{"júna", 6},
    Named{"júla", 7},          Named{"augusta", 8},     Named{"septembra", 9},   Named{"októbra", 10},
    Named{"novembra", 11},     Named{"decembra", 12},   Named{"maj", 5},         Named{"augusti", 8},
    Named{"marts", 3},         Named{"desember", 12},   Named{"tammikuuta", 1},  Named{"helmikuuta", 2},
    Named{"maaliskuuta", 3},   Named{"huhtikuuta", 4},  Named{"toukokuuta", 5},  Named{"kesäkuuta", 6},
    Named{"heinäkuuta", 7},    Named{"elokuuta", 8},    Named{"syyskuuta", 9},   Named{"lokakuuta", 10},
    Named{"marraskuuta", 11},  Named{"joulukuuta", 12}, Named{"ocak", 1},        Named{"şubat", 2},
    Named{"mart", 3},          Named{"nisan", 4},       Named{"mayıs", 5},       Named{"haziran", 6},
    Named{"temmuz", 7},        Named{"ağustos", 8},     Named{"eylül", 9},       Named{"ekim", 10},
    Named{"kasım", 11},        Named{"aralık", 12},     Named{"ianuarie", 1},    Named{"februarie", 2},
    Named{"martie", 3},        Named{"aprilie", 4},     Named{"iunie", 6},       Named{"iulie", 7},
    Named{"septembrie", 9},    Named{"octombrie", 10},  Named{"noiembrie", 11},  Named{"decembrie", 12},
    Named{"január", 1},        Named{"február", 2},     Named{"március", 3},     Named{"április", 4},
    Named{"május", 5},         Named{"június", 6},      Named{"július", 7},      Named{"augusztus", 8},
    Named{"szeptember", 9},    Named{"október", 10},    Named{"ιανουαρίου", 1},  Named{"φεβρουαρίου", 2},
    Named{"μαρτίου", 3},       Named{"απριλίου", 4},    Named{"μαΐου", 5},       Named{"ιουνίου", 6},
    Named{"ιουλίου", 7},       Named{"αυγούστου", 8},   Named{"σεπτεμβρίου", 9}, Named{"οκτωβρίου", 10},
    Named{"νοεμβρίου", 11},    Named{"δεκεμβρίου", 12}, Named{"maret", 3},       Named{"agustus", 8}};

// RFC 2822 §4.3 and RFC 822's own; what news sites of those zones add.
constexpr std::array zone_names{
    Named{"z", 0},       Named{"ut", 0},     Named{"utc", 0},    Named{"gmt", 0},    Named{"est", -300},
    Named{"edt", -240},  Named{"cst", -360}, Named{"cdt", -300}, Named{"mst", -420}, Named{"mdt", -360},
    Named{"pst", -480},  Named{"pdt", -420}, Named{"cet", 60},   Named{"cest", 120}, Named{"mez", 60},
    Named{"mesz", 120},  Named{"eet", 120},  Named{"eest", 180}, Named{"wet", 0},    Named{"west", 60},
    Named{"jst", 540},   Named{"kst", 540},  Named{"aest", 600}, Named{"aedt", 660}, Named{"akst", -540},
    Named{"akdt", -480}, Named{"hst", -600}, Named{"msk", 180},  Named{"nzst", 720}, Named{"nzdt", 780},
    Named{"sgt", 480},   Named{"hkt", 480}};

constexpr auto fillers = std::to_array<std::string_view>(
    {"monday",    "tuesday",   "wednesday", "thursday",    "friday",      "saturday", "sunday",
     "mon",       "tue",       "tues",      "wed",         "thu",         "thur",     "thurs",
     "fri",       "sat",       "sun",       "montag",      "dienstag",    "mittwoch", "donnerstag",
     "freitag",   "samstag",   "sonnabend", "sonntag",     "mo",          "di",       "mi",
     "do",        "fr",        "sa",        "so",          "lundi",       "mardi",    "mercredi",
     "jeudi",     "vendredi",  "samedi",    "dimanche",    "lunes",       "martes",   "miércoles",
     "jueves",    "viernes",   "sábado",    "domingo",     "at",          "on",       "the",
     "of",        "de",        "del",       "le",          "el",          "um",       "am",
     "den",       "der",       "vom",       "à",           "uhr",         "date",     "published",
     "updated",   "posted",    "modified",  "last",        "a",           "lunedì",   "martedì",
     "mercoledì", "giovedì",   "venerdì",   "sabato",      "domenica",    "maandag",  "dinsdag",
     "woensdag",  "donderdag", "vrijdag",   "zaterdag",    "zondag",      "måndag",   "tisdag",
     "onsdag",    "torsdag",   "fredag",    "lördag",      "söndag",      "środa",    "czwartek",
     "piątek",    "wtorek",    "sobota",    "niedziela",   "понедельник", "вторник",  "среда",
     "четверг",   "пятница",   "суббота",   "воскресенье", "пн",          "вт",       "ср",
     "чт",        "пт",        "сб",        "вс",          "г",           "года",     "в",
     "р",         "року",      "roku",      "kl",          "klo"});

std::optional<int> find(const auto& names, std::string_view word) {
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const Named& name) { return name.first == word; });
  if (found == names.end()) return std::nullopt;
  return found->second;
}

// "Z", "+02:00".
std::string format_offset(int minutes) {
  if (minutes == 0) return "Z";
  const int size = std::abs(minutes);
  return (minutes < 0 ? "-" : "+") + format_two_digits(size / 60) + ":" + format_two_digits(size % 60);
}

}  // namespace

std::string format_two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string to_rfc3339(const PartialDateTime& date_time) {
  if (!date_time.year || *date_time.year < 1000 || *date_time.year > 2999) return "";
  const std::string year = std::to_string(*date_time.year);
  if (!date_time.month) return year;
  if (*date_time.month < 1 || *date_time.month > 12) return "";
  if (!date_time.day) return year + "-" + format_two_digits(*date_time.month);
  namespace chr = std::chrono;
  if (*date_time.day < 1 || *date_time.day > 31) return "";
  const chr::year_month_day date{chr::year{*date_time.year},
                                 chr::month{static_cast<unsigned>(*date_time.month)},
                                 chr::day{static_cast<unsigned>(*date_time.day)}};
  if (!date.ok()) return "";
  const chr::sys_days day{date};
  if (!date_time.hour) return iso_date(day);
  // 24:00 is the end of a day (ISO 8601), and a leap second has no place in RFC 3339's arithmetic.
  const bool midnight = *date_time.hour == 24 && date_time.minute == 0 && date_time.second == 0;
  if ((*date_time.hour > 23 && !midnight) || date_time.minute > 59 || date_time.second > 60) return "";
  if (!date_time.offset_minutes) return iso_date(day);
  std::string local = rfc3339(day + chr::hours{*date_time.hour} + chr::minutes{date_time.minute} +
                              chr::seconds{std::min(date_time.second, 59)});
  local.pop_back();  // its "Z"
  return local + format_offset(*date_time.offset_minutes);
}

NumberOrder number_order(int first, int second, char separator) {
  if (first > 12 && second > 12) return NumberOrder::neither;
  if (separator == '.') return second > 12 ? NumberOrder::neither : NumberOrder::day_first;
  if (second > 12) return NumberOrder::month_first;
  return first > 12 || first == second ? NumberOrder::day_first : NumberOrder::either;
}

int expand_two_digit_year(int two_digits) {
  return two_digits < 50 ? 2000 + two_digits : 1900 + two_digits;
}

int parse_english_month(std::string_view word) {
  for (std::size_t i = 0; i < 12 && word.size() >= 3; ++i) {
    const auto& [name, month] = month_names[i];
    if (word == name || (name.starts_with(word) && (word.size() == 3 || word == "sept"))) return month;
  }
  return 0;
}

std::optional<int> parse_month_name(std::string_view word) {
  if (word.size() < 3) return std::nullopt;
  if (const auto whole = find(month_names, word)) return whole;
  if (const auto whole = find(whole_month_names, word)) return whole;
  // "jui" begins both juin and juillet, and longer beginnings are other words ("marching").
  if (word == "jui" || word.size() > 5) return std::nullopt;
  for (const Named& name : month_names) {
    if (name.first.starts_with(word)) return name.second;
  }
  return std::nullopt;
}

std::optional<int> parse_zone_name(std::string_view word) {
  return find(zone_names, word);
}

bool is_ambiguous_zone(std::string_view word) {
  constexpr std::array<std::string_view, 7> vague{"et", "ct", "mt", "pt", "bst", "ist", "local"};
  return contains(vague, word);
}

bool is_date_filler(std::string_view word) {
  return contains(fillers, word);
}

}  // namespace stubkeeper
