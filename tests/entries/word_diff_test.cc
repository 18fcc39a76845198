#include "entries/word_diff.h"

#include <random>

#include "tests/support/catch.h"

using namespace stubkeeper::entries;
using Kind = WordRun::Kind;

namespace {

std::string side(const std::vector<WordRun>& runs, Kind kind) {
  std::string text;
  for (const WordRun& run : runs) {
    if (run.kind == Kind::kept || run.kind == kind) text += run.text;
  }
  return text;
}

}  // namespace

TEST_CASE("a changed word is shown as removed and added between what is kept") {
  const auto runs = word_diff("raised $24 million in 2025", "raised $30 million in 2025");
  CHECK(runs == std::vector<WordRun>{{Kind::kept, "raised $"},
                                     {Kind::removed, "24"},
                                     {Kind::added, "30"},
                                     {Kind::kept, " million in 2025"}});
}

TEST_CASE("equal texts are one kept run, and an empty side is all added or all removed") {
  CHECK(word_diff("same words", "same words") == std::vector<WordRun>{{Kind::kept, "same words"}});
  CHECK(word_diff("", "new") == std::vector<WordRun>{{Kind::added, "new"}});
  CHECK(word_diff("old", "") == std::vector<WordRun>{{Kind::removed, "old"}});
  CHECK(word_diff("", "").empty());
}

TEST_CASE("the runs make up both texts again, whatever they are") {
  std::mt19937 random{7};
  const std::string alphabet = "ab c.\n";
  for (int round = 0; round < 2000; ++round) {
    std::string before;
    std::string after;
    for (auto* text : {&before, &after}) {
      const auto length = random() % 30;
      for (unsigned i = 0; i < length; ++i) *text += alphabet[random() % alphabet.size()];
    }
    const auto runs = word_diff(before, after);
    REQUIRE(side(runs, Kind::removed) == before);
    REQUIRE(side(runs, Kind::added) == after);
  }
}

TEST_CASE("two long texts with nothing in common cost no more than showing them") {
  std::string before;
  std::string after;
  for (int i = 0; i < 50'000; ++i) {
    before += "a" + std::to_string(i) + " ";
    after += "b" + std::to_string(i) + ";";
  }
  const auto runs = word_diff(before, after);
  CHECK(side(runs, Kind::removed) == before);
  CHECK(side(runs, Kind::added) == after);
}
