#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/world/random.h"

namespace stubkeeper::world {

// A trade: the things that a company makes.
struct Trade {
  std::string_view suffix;  // of a company's name: "Pumps"
  std::string_view singular;
  std::string_view plural;
  std::string_view unit;  // that a rating is given in: "kW"
};

// Drawn names. Each first word comes once, so that no name is part of another one; up to 600 companies.
class Names {
 public:
  explicit Names(std::uint64_t seed);

  struct Company {
    std::string name;
    std::string slug;  // of the first word, as in a host's name
    Trade trade;
  };
  Company company();
  std::string person();
  std::string product();
  std::string investor();
  std::string customer();
  std::string town();

 private:
  std::string next_unused_word();
  std::string drawn_word();

  Random random_;
  std::vector<std::string> words_;  // not used yet, the next one last
};

}  // namespace stubkeeper::world
