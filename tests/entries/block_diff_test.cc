#include "entries/block_diff.h"

#include <random>

#include "tests/support/catch.h"

using namespace stubkeeper::entries;
using Kind = BlockDifference::Kind;

namespace {

std::vector<Kind> kinds_of(const std::vector<BlockDifference>& differences) {
  std::vector<Kind> kinds;
  for (const BlockDifference& difference : differences) kinds.push_back(difference.kind);
  return kinds;
}

std::string side(const std::vector<WordRun>& runs, WordRun::Kind kind) {
  std::string text;
  for (const WordRun& run : runs) {
    if (run.kind == WordRun::Kind::kept || run.kind == kind) text += run.text;
  }
  return text;
}

}  // namespace

TEST_CASE("blocks are matched as wholes and words are compared only within a block that changed") {
  const auto differences = block_diff(
      "It makes pumps in Basel and sells them.\n\n- First item of the list.\n- Second item of the list.\n",
      "It makes pumps in Graz and sells them.\n\n- First item of the list.\n- Quite another thing.\n");
  CHECK(kinds_of(differences) == std::vector<Kind>{Kind::changed, Kind::kept, Kind::added, Kind::removed});
  CHECK(differences[0].runs == std::vector<WordRun>{{WordRun::Kind::kept, "It makes pumps in "},
                                                    {WordRun::Kind::removed, "Basel"},
                                                    {WordRun::Kind::added, "Graz"},
                                                    {WordRun::Kind::kept, " and sells them."}});
  CHECK(differences[0].block_kind == BlockKind::paragraph);
  CHECK(differences[1].block_kind == BlockKind::list_item);
  CHECK(differences[3].runs == std::vector<WordRun>{{WordRun::Kind::removed, "- Second item of the list."}});
}

TEST_CASE("a text that is all new or all gone is added or removed block by block") {
  CHECK(kinds_of(block_diff("", "## Facts\n\n- One.\n")) == std::vector<Kind>{Kind::added, Kind::added});
  CHECK(kinds_of(block_diff("One.\n\nTwo.\n", "")) == std::vector<Kind>{Kind::removed, Kind::removed});
  CHECK(block_diff("", "").empty());
}

TEST_CASE("a block that is gone is told before the next one that stayed") {
  CHECK(kinds_of(block_diff("Alpha is here.\n\nBeta was there.\n\nGamma stays on.\n",
                            "Alpha is here.\n\nGamma stays on.\n")) ==
        std::vector<Kind>{Kind::kept, Kind::removed, Kind::kept});
}

TEST_CASE("changes with only a space or a mark between them read as one change") {
  const auto runs = merge_small_gaps(word_diff("led by Jane Doe.", "led by Ada Lind."));
  CHECK(runs == std::vector<WordRun>{{WordRun::Kind::kept, "led by "},
                                     {WordRun::Kind::removed, "Jane Doe"},
                                     {WordRun::Kind::added, "Ada Lind"},
                                     {WordRun::Kind::kept, "."}});
}

TEST_CASE("readable runs still make up both texts") {
  std::mt19937 random{11};
  const std::string alphabet = "ab c.,";
  for (int round = 0; round < 1000; ++round) {
    std::string before;
    std::string after;
    for (auto* text : {&before, &after}) {
      const auto length = random() % 25;
      for (unsigned i = 0; i < length; ++i) *text += alphabet[random() % alphabet.size()];
    }
    const auto runs = merge_small_gaps(word_diff(before, after));
    REQUIRE(side(runs, WordRun::Kind::removed) == before);
    REQUIRE(side(runs, WordRun::Kind::added) == after);
  }
}
