#include "llm/verification/units.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"

namespace stubkeeper::llm {
namespace {

struct Form {
  std::string_view text;
  std::string_view meaning;
};

constexpr std::array currencies = std::to_array<Form>({
    {"$", "$"},
    {"us$", "$"},
    {"usd", "$"},
    {"dollar", "$"},
    {"dollars", "$"},
    {"\u20AC", "\u20AC"},
    {"eur", "\u20AC"},
    {"euro", "\u20AC"},
    {"euros", "\u20AC"},
    {"\u00A3", "\u00A3"},
    {"gbp", "\u00A3"},
    {"pounds", "\u00A3"},
    {"sterling", "\u00A3"},
    {"\u00A5", "\u00A5"},
    {"jpy", "\u00A5"},
    {"yen", "\u00A5"},
    {"chf", "chf"},
    {"francs", "chf"},
    {"fr.", "chf"},
    {"cny", "cny"},
    {"rmb", "cny"},
    {"yuan", "cny"},
    {"cad", "cad"},
    {"c$", "cad"},
    {"ca$", "cad"},
    {"aud", "aud"},
    {"a$", "aud"},
    {"au$", "aud"},
    {"hk$", "hkd"},
    {"hkd", "hkd"},
    {"s$", "sgd"},
    {"sgd", "sgd"},
    {"nt$", "twd"},
    {"twd", "twd"},
    {"\u20B9", "inr"},
    {"inr", "inr"},
    {"rupees", "inr"},
    {"\u20A9", "krw"},
    {"krw", "krw"},
    {"sek", "sek"},
    {"nok", "nok"},
    {"dkk", "dkk"},
    {"kronor", "sek"},
    {"kroner", "nok"},
    {"pln", "pln"},
    {"zloty", "pln"},
    {"czk", "czk"},
    {"brl", "brl"},
    {"r$", "brl"},
    {"ils", "ils"},
    {"shekels", "ils"},
});

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

// Words and abbreviations of one unit. Case is folded: nobody in this field writes of milliwatts.
constexpr std::array measures = std::to_array<Form>({
    {"%", "%"},
    {"percent", "%"},
    {"pct", "%"},
    {"\u2030", "permille"},
    {"w", "w"},
    {"watt", "w"},
    {"watts", "w"},
    {"kw", "kw"},
    {"kilowatt", "kw"},
    {"kilowatts", "kw"},
    {"mw", "mw"},
    {"megawatt", "mw"},
    {"megawatts", "mw"},
    {"gw", "gw"},
    {"gigawatt", "gw"},
    {"gigawatts", "gw"},
    {"tw", "tw"},
    {"terawatts", "tw"},
    {"wh", "wh"},
    {"kwh", "kwh"},
    {"mwh", "mwh"},
    {"gwh", "gwh"},
    {"twh", "twh"},
    {"kilowatt-hours", "kwh"},
    {"kilowatt-hour", "kwh"},
    {"megawatt-hours", "mwh"},
    {"megawatt-hour", "mwh"},
    {"gigawatt-hours", "gwh"},
    {"gigawatt-hour", "gwh"},
    {"v", "v"},
    {"volt", "v"},
    {"volts", "v"},
    {"kv", "kv"},
    {"kilovolts", "kv"},
    {"a", "a"},
    {"ah", "ah"},
    {"mah", "mah"},
    {"hz", "hz"},
    {"khz", "khz"},
    {"mhz", "mhz"},
    {"ghz", "ghz"},
    {"gigahertz", "ghz"},
    {"mm", "mm"},
    {"cm", "cm"},
    {"m", "m"},
    {"metre", "m"},
    {"metres", "m"},
    {"meter", "m"},
    {"meters", "m"},
    {"km", "km"},
    {"kilometre", "km"},
    {"kilometres", "km"},
    {"kilometer", "km"},
    {"kilometers", "km"},
    {"millimetres", "mm"},
    {"millimeters", "mm"},
    {"nm", "nm"},
    {"nanometres", "nm"},
    {"nanometers", "nm"},
    {"\u00B5m", "um"},
    {"\u03BCm", "um"},
    {"microns", "um"},
    {"micron", "um"},
    {"micrometres", "um"},
    {"micrometers", "um"},
    {"mi", "mi"},
    {"mile", "mi"},
    {"miles", "mi"},
    {"ft", "ft"},
    {"foot", "ft"},
    {"feet", "ft"},
    {"inch", "in"},
    {"inches", "in"},
    {"g", "g"},
    {"gram", "g"},
    {"grams", "g"},
    {"kg", "kg"},
    {"kilogram", "kg"},
    {"kilograms", "kg"},
    {"kilos", "kg"},
    {"lb", "lb"},
    {"lbs", "lb"},
    {"t", "t"},
    {"tonne", "t"},
    {"tonnes", "t"},
    {"ton", "ton"},
    {"tons", "ton"},
    {"kt", "kt"},
    {"mt", "mt"},
    {"l", "l"},
    {"litre", "l"},
    {"litres", "l"},
    {"liter", "l"},
    {"liters", "l"},
    {"gallons", "gal"},
    {"\u00B0c", "\u00B0c"},
    {"\u00B0f", "\u00B0f"},
    {"celsius", "\u00B0c"},
    {"fahrenheit", "\u00B0f"},
    {"k", "k"},
    {"kelvin", "k"},
    {"kelvins", "k"},
    {"bar", "bar"},
    {"pa", "pa"},
    {"kpa", "kpa"},
    {"mpa", "mpa"},
    {"psi", "psi"},
    {"s", "s"},
    {"second", "s"},
    {"seconds", "s"},
    {"ms", "ms"},
    {"milliseconds", "ms"},
    {"minute", "min"},
    {"minutes", "min"},
    {"min", "min"},
    {"h", "h"},
    {"hr", "h"},
    {"hrs", "h"},
    {"hour", "h"},
    {"hours", "h"},
    {"day", "days"},
    {"days", "days"},
    {"week", "weeks"},
    {"weeks", "weeks"},
    {"month", "months"},
    {"months", "months"},
    {"year", "years"},
    {"years", "years"},
    {"yr", "years"},
    {"kb", "kb"},
    {"mb", "mb"},
    {"gb", "gb"},
    {"tb", "tb"},
    {"pb", "pb"},
    {"gigabytes", "gb"},
    {"terabytes", "tb"},
    {"gbps", "gbps"},
    {"tbps", "tbps"},
    {"mbps", "mbps"},
    {"tflops", "tflops"},
    {"teraflops", "tflops"},
    {"pflops", "pflops"},
    {"qubit", "qubits"},
    {"qubits", "qubits"},
    {"bps", "bps"},
    {"pp", "pp"},
    {"x", "times"},
    {"times", "times"},
    {"fold", "times"},
    {"ha", "ha"},
    {"hectares", "ha"},
    {"hectare", "ha"},
    {"acre", "acres"},
    {"acres", "acres"},
    {"sqm", "m\u00B2"},
    {"m\u00B2", "m\u00B2"},
    {"m\u00B3", "m\u00B3"},
    {"sqft", "ft\u00B2"},
    {"ft\u00B2", "ft\u00B2"},
    {"ev", "ev"},
    {"kev", "kev"},
    {"db", "db"},
    {"rpm", "rpm"},
    {"ppm", "ppm"},
});

constexpr std::array small_numbers = std::to_array<std::string_view>(
    {"",         "",        "two",     "three",     "four",     "five",    "six",
     "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
     "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"});
constexpr std::array tens = std::to_array<std::string_view>(
    {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"});

template <std::size_t size>
std::string find_canonical_form(const std::array<Form, size>& forms, std::string_view word) {
  const std::string folded = ascii_lower(word);
  const auto found =
      std::find_if(forms.begin(), forms.end(), [&](const Form& form) { return form.text == folded; });
  return found == forms.end() ? std::string{} : std::string{found->meaning};
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
  return find_canonical_form(currencies, word);
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
  if (slash == std::string_view::npos) return find_canonical_form(measures, word);
  // "Wh/kg": what is measured, for each of what may be no unit ("kW/rack").
  const std::string above = find_canonical_form(measures, word.substr(0, slash));
  if (above.empty()) return {};
  const std::string below = find_canonical_form(measures, word.substr(slash + 1));
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
