// What comes to stand beside what in a merge: Markdown reads each block as before.

#include <array>

#include "entries/document.h"
#include "entries/merge.h"
#include "tests/support/catch.h"

using namespace stubkeeper::entries;

namespace {

const std::string head = "---\ntitle: \"Basel\"\n---\n\n## Notable Developments\n\n";
const std::string old_item = "- **2025-11:** Basel opened.\n";
const std::string news = "- **2026-03:** Basel grew.\n";
const std::string end = "\n## Sources\n\n- [A](https://a.org)\n";

std::vector<std::string> blocks_of(const std::string& page) {
  std::vector<std::string> blocks;
  const Document document = Document::parse(page);
  for (const Block& block : document.blocks()) {
    if (block.kind == BlockKind::blank || block.kind == BlockKind::front_matter) continue;
    std::string text{document.text(block)};
    while (text.ends_with('\n')) text.pop_back();
    blocks.push_back(std::string{block_kind_name(block.kind)} + ": " + text);
  }
  return blocks;
}

}  // namespace

TEST_CASE("news joins nothing that the hand put beside it") {
  const auto by_hand = std::to_array<std::string>({
      "    code by hand\n",
      "| a | b |\n| --- | --- |\n| 1 | 2 |\n",
      "{{< figure src=\"a.png\" >}}\n",
      "{{< note >}}\nMine.\n{{< /note >}}\n",
      "<div>mine</div>\n",
      "<!-- mine -->\n",
      "Mine\n----\n",
      "### Mine\n",
      "> Mine.\n",
      "```\nmine\n```\n",
      "Mine.\n",
      "***\n",
      "[a]: https://a.org\n",
  });
  for (const std::string& block : by_hand) {
    INFO(block);
    const std::string base = head + old_item + end;
    const std::string ours = head + news + old_item + end;
    const std::string theirs = head + block + "\n" + old_item + end;
    const MergeResult merge = merge_pages(base, ours, theirs);
    REQUIRE(merge.clean());
    CHECK(merge.bytes == head + block + "\n" + news + old_item + end);
    // In a part without a list the two stand beside each other.
    const std::string empty = head.substr(0, head.size() - 1) + end;
    const MergeResult beside = merge_pages(empty, head + news + end, head + block + end);
    REQUIRE(beside.clean());
    const auto merged = blocks_of(beside.bytes);
    for (const std::string& page : {head + news + end, head + block + end}) {
      for (const std::string& expected : blocks_of(page))
        CHECK_THAT(merged, Catch::Matchers::VectorContains(expected));
    }
  }
}

TEST_CASE("items of both sides stay one list without empty lines") {
  const MergeResult merge = merge_pages(head + old_item + end, head + news + old_item + end,
                                        head + "- **2026-01:** Mine.\n" + old_item + end);
  REQUIRE(merge.clean());
  CHECK(merge.bytes == head + news + "- **2026-01:** Mine.\n" + old_item + end);
}

TEST_CASE("news above an item that the hand made something else is set apart from it") {
  const MergeResult merge = merge_pages(head + old_item + end, head + news + old_item + end,
                                        head + "Basel opened in 2025.\n" + end);
  REQUIRE(merge.clean());
  CHECK(merge.bytes == head + news + "\nBasel opened in 2025.\n" + end);
  // Code below an item is a part of it, also after an empty line.
  CHECK_FALSE(
      merge_pages(head + old_item + end, head + news + old_item + end, head + "    Basel opened.\n" + end)
          .clean());
}

TEST_CASE("nothing of the store comes into a block that the hand did not close") {
  const std::string base = head + old_item + end;
  const std::string more_sources = end + "- [B](https://b.org)\n";
  for (const char* opening : {"```\n", "~~~~ text\n", "<!-- mine\n", "<script>\n", "<pre>\n"}) {
    INFO(opening);
    const std::string theirs = head + old_item + "\n" + opening + "mine\n" + end;
    // What comes before it is no matter.
    const MergeResult above = merge_pages(base, head + news + old_item + end, theirs);
    REQUIRE(above.clean());
    CHECK(above.bytes == head + news + old_item + "\n" + opening + "mine\n" + end);
    CHECK_FALSE(merge_pages(base, head + old_item + more_sources, theirs).clean());
    CHECK(merge_pages(base, head + old_item + more_sources, theirs, MergePreference::theirs).bytes == theirs);
    CHECK(merge_pages(base, head + old_item + more_sources, theirs, MergePreference::ours).bytes ==
          head + old_item + more_sources);
  }
}
