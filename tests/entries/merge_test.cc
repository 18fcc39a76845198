// Three-way merge: docs/architecture.md, invariant 1.

#include "entries/merge.h"

#include <random>

#include "tests/support/catch.h"

using namespace stubkeeper::entries;

namespace {

const std::string base =
    "---\ntitle: \"A\"\ndescription: \"d\"\nlastmod: 2026-01-01\nsource_urls:\n  - "
    "\"https://a.org\"\n---\n\n## Summary\n\nOne.\n\n## Key Facts\n\n- a\n- b\n\n"
    "## Notable Developments\n\n- **2026-01:** old\n\n## Sources\n\n- [A](https://a.org)\n";

std::string replace_text(std::string text, const std::string& old_text, const std::string& new_text) {
  REQUIRE(text.find(old_text) != std::string::npos);
  return text.replace(text.find(old_text), old_text.size(), new_text);
}

std::string merge_sides(const std::string& ours, const std::string& theirs) {
  const MergeResult merge = merge_pages(base, ours, theirs);
  for (const MergeConflict& conflict : merge.conflicts)
    FAIL_CHECK(conflict.place << ": " << conflict.ours << " / " << conflict.theirs);
  return merge.bytes;
}

}  // namespace

TEST_CASE("what only one side changed is that side's, whatever the bytes") {
  for (const std::string& page :
       {std::string{}, std::string{"x"}, std::string("a\0b\r\n\xFF", 6), std::string{"---\nno end"}, base}) {
    CHECK(merge_pages(base, base, page).bytes == page);
    CHECK(merge_pages(base, page, base).bytes == page);
    CHECK(merge_pages(base, page, page).bytes == page);
  }
}

TEST_CASE("changes of different blocks come together") {
  const std::string ours = replace_text(base, "- **2026-01:** old\n", "- **2026-05:** new\n- **2026-01:** old\n");
  const std::string theirs = replace_text(base, "One.", "One, in my own words.");
  CHECK(merge_sides(ours, theirs) == replace_text(ours, "One.", "One, in my own words."));
  CHECK(merge_sides(theirs, ours) == replace_text(ours, "One.", "One, in my own words."));
}

TEST_CASE("changes of neighbouring blocks come together") {
  CHECK(merge_sides(replace_text(base, "- a\n", "- aa\n"), replace_text(base, "- b\n", "- bb\n")) ==
        replace_text(base, "- a\n- b\n", "- aa\n- bb\n"));
}

TEST_CASE("a block is edited here and something is put beside it there") {
  const std::string appended =
      replace_text(base, "- [A](https://a.org)\n", "- [A](https://a.org)\n- [B](https://b.org)\n");
  const std::string edited = replace_text(base, "- [A](https://a.org)\n", "- [A](https://a.org) — mine\n");
  CHECK(merge_sides(appended, edited) ==
        replace_text(base, "- [A](https://a.org)\n", "- [A](https://a.org) — mine\n- [B](https://b.org)\n"));
  CHECK(merge_sides(edited, appended) ==
        replace_text(base, "- [A](https://a.org)\n", "- [A](https://a.org) — mine\n- [B](https://b.org)\n"));
  const std::string part = base + "\n## Mine\n\nText.\n";
  CHECK(merge_sides(part, edited) ==
        replace_text(base, "- [A](https://a.org)\n", "- [A](https://a.org) — mine\n") + "\n## Mine\n\nText.\n");
}

TEST_CASE("what both inserted at one place is kept, and what both inserted alike is kept once") {
  const std::string ours = replace_text(base, "- **2026-01:** old\n", "- **2026-05:** theirs\n- **2026-01:** old\n");
  const std::string theirs = replace_text(base, "- **2026-01:** old\n", "- **2026-06:** mine\n- **2026-01:** old\n");
  CHECK(merge_sides(ours, theirs) == replace_text(base, "- **2026-01:** old\n",
                                     "- **2026-05:** theirs\n- **2026-06:** mine\n- **2026-01:** old\n"));
  CHECK(merge_sides(ours, ours) == ours);
  const std::string both =
      replace_text(base, "- **2026-01:** old\n", "- **2026-05:** theirs\n- **2026-06:** mine\n- **2026-01:** old\n");
  CHECK(merge_sides(both, theirs) == both);
}

TEST_CASE("a merge that is merged once more with more of the same says nothing twice") {
  const std::string theirs = base + "\nMy words.\n";
  const std::string ours =
      merge_sides(replace_text(base, "- [A](https://a.org)", "- [A](https://a.org) — approved"), theirs);
  CHECK(merge_sides(ours, theirs) == ours);
  CHECK(merge_sides(ours, theirs + "\nAnd more.\n") == ours + "\nAnd more.\n");
}

TEST_CASE("a block that both changed differently is a conflict that shows all three") {
  const MergeResult merge = merge_pages(base, replace_text(base, "One.", "Two."), replace_text(base, "One.", "Three."));
  REQUIRE(merge.conflicts.size() == 1);
  CHECK(merge.bytes.empty());
  CHECK(merge.conflicts[0].place == "Summary");
  CHECK(merge.conflicts[0].base.find("One.") == 0);
  CHECK(merge.conflicts[0].ours.find("Two.") == 0);
  CHECK(merge.conflicts[0].theirs.find("Three.") == 0);
}

TEST_CASE("a block that one side took away and the other changed is a conflict") {
  CHECK_FALSE(merge_pages(base, replace_text(base, "- a\n", ""), replace_text(base, "- a\n", "- changed\n")).clean());
}

TEST_CASE("front matter is merged field by field, also where the fields are neighbours") {
  const std::string ours = replace_text(replace_text(base, "lastmod: 2026-01-01", "lastmod: 2026-05-07"),
                                "  - \"https://a.org\"\n", "  - \"https://a.org\"\n  - \"https://b.org\"\n");
  const std::string theirs =
      replace_text(replace_text(base, "description: \"d\"", "description: \"mine\""), "  - \"https://a.org\"\n",
           "  - \"https://a.org\"\n  - \"https://c.org\"\n");
  CHECK(merge_sides(ours, theirs) ==
        replace_text(replace_text(replace_text(base, "description: \"d\"", "description: \"mine\""), "lastmod: 2026-01-01",
                  "lastmod: 2026-05-07"),
             "  - \"https://a.org\"\n",
             "  - \"https://a.org\"\n  - \"https://b.org\"\n  - \"https://c.org\"\n"));
  CHECK(merge_sides(replace_text(base, "lastmod: 2026-01-01", "lastmod: 2026-05-07"),
               replace_text(base, "lastmod: 2026-01-01", "lastmod: 2026-04-01")) ==
        replace_text(base, "lastmod: 2026-01-01", "lastmod: 2026-05-07"));
  CHECK(merge_sides(replace_text(base, "---\n\n", "draft: false\n---\n\n"),
               replace_text(base, "title: \"A\"\n", "title: \"A\"\nweight: 3\n")) ==
        replace_text(replace_text(base, "---\n\n", "draft: false\n---\n\n"), "title: \"A\"\n", "title: \"A\"\nweight: 3\n"));
  const MergeResult conflict = merge_pages(base, replace_text(base, "\"d\"", "\"e\""), replace_text(base, "\"d\"", "\"f\""));
  REQUIRE(conflict.conflicts.size() == 1);
  CHECK(conflict.conflicts[0].place == "front matter: description");
}

TEST_CASE("of random changes of two sides none is lost and none appears twice") {
  std::mt19937 random{11};
  int clean = 0;
  for (int round = 0; round < 2'000; ++round) {
    // A page of numbered paragraphs; each side edits, inserts and takes away at random.
    std::vector<std::string> paragraphs;
    for (int i = 0; i < 8; ++i) paragraphs.push_back("base " + std::to_string(i));
    const auto page = [](const std::vector<std::string>& texts) {
      std::string text = "---\ntitle: x\n---\n\n";
      for (const std::string& each : texts) text += each + "\n\n";
      return text;
    };
    std::vector<std::string> marks[2];
    std::vector<std::string> removed[2];
    std::string sides[2];
    for (int side = 0; side < 2; ++side) {
      std::vector<std::string> texts = paragraphs;
      const int changes = 1 + static_cast<int>(random() % 3);
      for (int i = 0; i < changes; ++i) {
        const std::size_t at = random() % texts.size();
        const std::string mark =
            "mark" + std::to_string(side) + "x" + std::to_string(round) + "x" + std::to_string(i);
        switch (random() % 3) {
          case 0:
            texts[at] = texts[at] + " " + mark;
            break;
          case 1:
            texts.insert(texts.begin() + static_cast<std::ptrdiff_t>(at), "new " + mark);
            break;
          default:
            texts[at] = "again " + mark;
            break;
        }
        marks[side].push_back(mark);
      }
      sides[side] = page(texts);
      // A mark that a later change of the same side overwrote is not there any more.
      std::erase_if(marks[side],
                    [&](const std::string& mark) { return sides[side].find(mark) == std::string::npos; });
    }
    const MergeResult merge = merge_pages(page(paragraphs), sides[0], sides[1]);
    if (!merge.clean()) continue;
    ++clean;
    INFO("ours:\n" << sides[0] << "\ntheirs:\n" << sides[1] << "\nmerged:\n" << merge.bytes);
    for (const auto& side : marks) {
      for (const std::string& mark : side) {
        const std::size_t first = merge.bytes.find(mark);
        REQUIRE(first != std::string::npos);
        REQUIRE(merge.bytes.find(mark, first + 1) == std::string::npos);
      }
    }
  }
  CHECK(clean > 1'000);
}

TEST_CASE("where a side is preferred it is taken at the places that both changed, and the rest is merged") {
  const std::string page = "---\ntitle: a\n---\n\nOne.\n\nTwo.\n\nThree.\n";
  const std::string ours = "---\ntitle: b\n---\n\nOne.\n\nTwo, ours.\n\nThree.\n\nOurs.\n";
  const std::string theirs = "---\ntitle: c\n---\n\nOne, theirs.\n\nTwo, theirs.\n\nThree.\n";
  CHECK(merge_pages(page, ours, theirs).conflicts.size() == 2);
  CHECK(merge_pages(page, ours, theirs, MergePreference::ours).bytes ==
        "---\ntitle: b\n---\n\nOne, theirs.\n\nTwo, ours.\n\nThree.\n\nOurs.\n");
  CHECK(merge_pages(page, ours, theirs, MergePreference::theirs).bytes ==
        "---\ntitle: c\n---\n\nOne, theirs.\n\nTwo, theirs.\n\nThree.\n\nOurs.\n");
  CHECK(merge_pages(page, ours, theirs, MergePreference::both_with_markers).bytes ==
        "---\n<<<<<<< in the store\ntitle: b\n=======\ntitle: c\n>>>>>>> on disk\n---\n\nOne, "
        "theirs.\n\n<<<<<<< in "
        "the store\nTwo, ours.\n\n=======\nTwo, theirs.\n\n>>>>>>> on disk\nThree.\n\nOurs.\n");
}

TEST_CASE("a block that one side puts before the first leaves the others to be changed by the other side") {
  const std::string page = "---\ntitle: a\n---\n\nOne.\n\nTwo.\n";
  const MergeResult merge = merge_pages(page, "---\ntitle: a\n---\n\nNew.\n\nOne.\n\nTwo.\n",
                                  "---\ntitle: a\n---\n\nOne.\n\nTwo, and more.\n");
  REQUIRE(merge.clean());
  CHECK(merge.bytes == "---\ntitle: a\n---\n\nNew.\n\nOne.\n\nTwo, and more.\n");
}
