#include "llm/verification/figures.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text/ascii.h"

namespace stubkeeper::llm {
namespace {

// Units, each with the words and abbreviations for it, in lower case: "unit form form; unit form".
constexpr std::string_view currencies =
    "$ us$ usd dollar dollars; \u20AC eur euro euros; \u00A3 gbp pounds sterling; \u00A5 jpy yen; "
    "chf francs fr.; cny rmb yuan; cad c$ ca$; aud a$ au$; hkd hk$; sgd s$; twd nt$; inr \u20B9 rupees; "
    "krw \u20A9; sek kronor; nok kroner; dkk; pln zloty; czk; brl r$; ils shekels";

// Case is folded: nobody in this field writes of milliwatts.
constexpr std::string_view measures =
    "% percent pct; \u2030; pp; ppm; times x fold; "
    "w watt watts; kw kilowatt kilowatts; mw megawatt megawatts; gw gigawatt gigawatts; tw terawatts; "
    "wh; kwh kilowatt-hour kilowatt-hours; mwh megawatt-hour megawatt-hours; "
    "gwh gigawatt-hour gigawatt-hours; twh; ev; kev; "
    "v volt volts; kv kilovolts; a; ah; mah; hz; khz; mhz; ghz gigahertz; db; rpm; "
    "nm nanometres nanometers; \u00B5m \u03BCm micron microns micrometres micrometers; "
    "mm millimetres millimeters; cm; m metre metres meter meters; "
    "km kilometre kilometres kilometer kilometers; inch inches; ft foot feet; mi mile miles; "
    "m\u00B2 sqm; m\u00B3; ft\u00B2 sqft; ha hectare hectares; acres acre; "
    "g gram grams; kg kilogram kilograms kilos; lb lbs; t tonne tonnes; ton tons; kt; mt; "
    "l litre litres liter liters; gallons; bar; pa; kpa; mpa; psi; "
    "\u00B0c celsius; \u00B0f fahrenheit; k kelvin kelvins; "
    "ms milliseconds; s second seconds; min minute minutes; h hr hrs hour hours; "
    "days day; weeks week; months month; years year yr; "
    "kb; mb; gb gigabytes; tb terabytes; pb; bps; mbps; gbps; tbps; tflops teraflops; pflops; qubits qubit";

struct Scale {
  std::string_view text;
  int zeros;
  bool only_attached;
};
constexpr std::array scales = std::to_array<Scale>({
    {"thousand", 3, false},  {"k", 3, true},    {"lakh", 5, false},  {"million", 6, false},
    {"millions", 6, false},  {"mn", 6, false},  {"mln", 6, false},   {"mio", 6, false},
    {"mm", 6, true},         {"m", 6, true},    {"crore", 7, false}, {"billion", 9, false},
    {"billions", 9, false},  {"bn", 9, false},  {"bln", 9, false},   {"b", 9, true},
    {"trillion", 12, false}, {"tn", 12, false}, {"t", 12, true},     {"hundred", 2, false},
});

constexpr std::array small_numbers = std::to_array<std::string_view>(
    {"",         "",        "two",     "three",     "four",     "five",    "six",
     "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
     "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"});
constexpr std::array tens = std::to_array<std::string_view>(
    {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"});

using UnitIndex = std::unordered_map<std::string_view, std::string_view>;  // from form to unit

UnitIndex index_forms(std::string_view units) {
  UnitIndex index;
  std::string_view unit;
  for (std::size_t begin = 0; begin < units.size();) {
    const std::size_t end = std::min(units.find_first_of(" ;", begin), units.size());
    const std::string_view form = units.substr(begin, end - begin);
    if (unit.empty()) unit = form;
    index.emplace(form, unit);
    if (units.substr(end, 1) == ";") unit = {};
    begin = std::min(units.find_first_not_of(" ;", end), units.size());
  }
  return index;
}

std::string find_unit(const UnitIndex& index, std::string_view word) {
  const auto found = index.find(ascii_lower(word));
  return found == index.end() ? std::string{} : std::string{found->second};
}

std::string find_measure(std::string_view word) {
  static const UnitIndex index = index_forms(measures);
  return find_unit(index, word);
}

template <std::size_t size>
std::optional<int> find_index(const std::array<std::string_view, size>& words, std::string_view word) {
  if (word.empty()) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<int>(found - words.begin());
}

}  // namespace

std::string normalize_currency(std::string_view word) {
  static const UnitIndex index = index_forms(currencies);
  return find_unit(index, word);
}

int scale_exponent(std::string_view word, bool attached) {
  const std::string folded = ascii_lower(word);
  for (const Scale& scale : scales) {
    if (scale.text == folded && (attached || !scale.only_attached)) return scale.zeros;
  }
  return 0;
}

std::string normalize_unit(std::string_view word) {
  const std::size_t slash = word.find('/');
  if (slash == std::string_view::npos) return find_measure(word);
  // "Wh/kg": what is measured, for each of what may be no unit ("kW/rack").
  const std::string above = find_measure(word.substr(0, slash));
  if (above.empty()) return {};
  const std::string below = find_measure(word.substr(slash + 1));
  return above + "/" + (below.empty() ? ascii_lower(word.substr(slash + 1)) : below);
}

std::optional<int> parse_number_word(std::string_view word) {
  const std::string folded = ascii_lower(word);
  if (folded == "dozen") return 12;
  if (const auto small = find_index(small_numbers, folded)) return small;
  if (const auto ten = find_index(tens, folded)) return *ten * 10;
  return std::nullopt;
}

}  // namespace stubkeeper::llm
