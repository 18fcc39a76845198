#include "tests/world/names.h"

#include <fmt/format.h>

#include <array>
#include <cctype>

namespace stubkeeper::world {
namespace {

constexpr auto beginnings = std::to_array<std::string_view>(
    {"Har", "Osk",  "Bren", "Tal",  "Vor",  "Kel", "Mar",  "Dun", "Fal",  "Grim", "Hol",  "Jor", "Lin", "Nor",
     "Pel", "Quar", "Ros",  "Sel",  "Thor", "Ul",  "Val",  "Wex", "Yar",  "Zel",  "Bor",  "Cal", "Dre", "Esk",
     "Fen", "Gar",  "Ild",  "Krav", "Lorn", "Myr", "Nesk", "Orl", "Prim", "Rend", "Skar", "Tref"});
constexpr auto endings =
    std::to_array<std::string_view>({"vane", "elin", "wick", "dahl", "mont", "stad", "brook", "owen", "ister",
                                     "anka", "ovik", "ulm", "ester", "indo", "aven", "otte", "igan", "urst"});
constexpr auto trades = std::to_array<Trade>({{"Pumps", "heat pump", "heat pumps", "kW"},
                                              {"Kilns", "kiln", "kilns", "kW"},
                                              {"Batteries", "battery", "batteries", "kWh"},
                                              {"Cranes", "crane", "cranes", "t"},
                                              {"Turbines", "turbine", "turbines", "MW"},
                                              {"Presses", "press", "presses", "kN"},
                                              {"Chillers", "chiller", "chillers", "kW"},
                                              {"Motors", "motor", "motors", "kW"}});
constexpr auto given_names = std::to_array<std::string_view>(
    {"Marta", "Jonas", "Aiko",   "Priya", "Tomas", "Ingrid", "Rafael", "Selma", "Viktor", "Nadia",
     "Emil",  "Clara", "Henrik", "Lucia", "Pavel", "Sofia",  "Anton",  "Greta", "Oskar",  "Elena"});
constexpr auto family_names = std::to_array<std::string_view>(
    {"Olsen",  "Weber",   "Tanaka",    "Rao",    "Novak",  "Berg",      "Costa",   "Keller",
     "Ivanov", "Haddad",  "Lindqvist", "Moreau", "Dahl",   "Ferrari",   "Svoboda", "Almeida",
     "Brandt", "Fischer", "Nyman",     "Petrov", "Okafor", "Castellan", "Ruiz"});
constexpr auto investor_kinds =
    std::to_array<std::string_view>({"Capital", "Ventures", "Partners", "Invest", "Growth Fund"});
constexpr auto customer_kinds =
    std::to_array<std::string_view>({"Stadtwerke", "Rail", "Energy", "Shipping", "Foods", "Airports"});
constexpr auto towns = std::to_array<std::string_view>({"Basel", "Graz", "Lund", "Porto", "Gdansk", "Turku",
                                                        "Ghent", "Brno", "Aarhus", "Leeds", "Nantes",
                                                        "Verona", "Kassel", "Bilbao", "Tartu", "Odense"});

}  // namespace

Names::Names(std::uint64_t seed) : random_(seed, "names") {
  for (const std::string_view beginning : beginnings)
    for (const std::string_view ending : endings) words_.push_back(fmt::format("{}{}", beginning, ending));
  random_.shuffle(words_);
}

std::string Names::next_unused_word() {
  if (words_.empty()) return "Nemo";
  std::string word = words_.back();
  words_.pop_back();
  return word;
}

Names::Company Names::company() {
  const std::string word = next_unused_word();
  const Trade& trade = random_.pick(trades);
  std::string slug = word;
  for (char& c : slug) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return {fmt::format("{} {}", word, trade.suffix), slug, trade};
}

// In two steps: the arguments of one call are drawn in no known order.
std::string Names::drawn_word() {
  const std::string_view beginning = random_.pick(beginnings);
  return fmt::format("{}{}", beginning, random_.pick(endings));
}

std::string Names::person() {
  const std::string_view given = random_.pick(given_names);
  return fmt::format("{} {}", given, random_.pick(family_names));
}

std::string Names::product() {
  const std::string word = drawn_word();
  return fmt::format("{} {}", word, random_.between(11, 98) * 10);
}

std::string Names::investor() {
  const std::string word = drawn_word();
  return fmt::format("{} {}", word, random_.pick(investor_kinds));
}

std::string Names::customer() {
  const std::string word = drawn_word();
  return fmt::format("{} {}", word, random_.pick(customer_kinds));
}

std::string Names::town() {
  return std::string{random_.pick(towns)};
}

}  // namespace stubkeeper::world
