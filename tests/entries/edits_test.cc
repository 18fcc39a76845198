#include "entries/edit.h"

#include <set>

#include "tests/support/identified_blocks.h"

using namespace stubkeeper;
using namespace stubkeeper::entries;
using stubkeeper::testing::id_of;
using stubkeeper::testing::identified;

namespace {

const std::string entry =
    "---\ntitle: \"Saltline\"\nsource_urls:\n  - \"https://a.org\"\n---\n\n> Disclaimer\n\n## Summary\n\nOld "
    "text.\n\n"
    "## Key Facts\n\n* **HQ:** Aarhus\n* **Staff:** 31\n\n## Notable Developments\n\n- **2026-05:** Five.\n- "
    "**2026-01:** One.\n\n"
    "## Sources\n\n- [A](https://a.org)\n";

std::string text_after_edit(const Edit& edit, const std::string& text = entry) {
  const auto result = apply_edit(identified(text), edit);
  INFO((result.ok() ? "" : result.error().text()));
  REQUIRE(result.ok());
  return *result;
}

// The entry with one part of its text replaced: what an edit should give.
std::string entry_with(const std::string& old_text, const std::string& new_text) {
  std::string text = entry;
  REQUIRE(text.find(old_text) != std::string::npos);
  return text.replace(text.find(old_text), old_text.size(), new_text);
}

}  // namespace

TEST_CASE("a list item is added in the style of its list") {
  Edit edit;
  edit.kind = EditKind::add_list_item;
  edit.part = "Key Facts";
  edit.text = "**Founded:** 2022";
  CHECK(text_after_edit(edit) == entry_with("* **Staff:** 31\n", "* **Staff:** 31\n* **Founded:** 2022\n"));
}

TEST_CASE("a development goes under its month, the newest first, and old ones stay") {
  Edit edit;
  edit.kind = EditKind::prepend_development;
  edit.part = "Notable Developments";
  edit.text = "News.";
  edit.date = "2026-06";
  CHECK(text_after_edit(edit) == entry_with("- **2026-05:** Five.\n", "- **2026-06:** News.\n- **2026-05:** Five.\n"));
  edit.date = "2026-03";
  CHECK(text_after_edit(edit) == entry_with("- **2026-01:** One.\n", "- **2026-03:** News.\n- **2026-01:** One.\n"));
  edit.date = "2025-12";
  CHECK(text_after_edit(edit) == entry_with("- **2026-01:** One.\n", "- **2026-01:** One.\n- **2025-12:** News.\n"));
}

TEST_CASE("a part that is missing is made where the entry type has it") {
  Edit edit;
  edit.kind = EditKind::add_to_part;
  edit.part = "What It Is / How It Works";
  edit.text = "It is a tank.";
  const std::string text = text_after_edit(edit);
  CHECK(text.find("It is a tank.") > text.find("## Key Facts"));
  CHECK(text.find("It is a tank.") < text.find("## Notable Developments"));
}

TEST_CASE("a source is added to source_urls and Sources, each where it is missing") {
  Edit edit;
  edit.kind = EditKind::append_source;
  edit.text = "https://b.org/x";
  edit.title = "B [draft]";
  const std::string text = text_after_edit(edit);
  CHECK(text.find("  - \"https://a.org\"\n  - \"https://b.org/x\"\n---") != std::string::npos);
  CHECK(text.find("- [A](https://a.org)\n- [B \\[draft\\]](https://b.org/x)\n") != std::string::npos);
  CHECK(text_after_edit(edit, text) == text);
  edit.text = "javascript:alert(1)";
  CHECK_FALSE(apply_edit(identified(entry), edit).ok());
}

TEST_CASE("a block is replaced, removed or followed, and nothing else changes") {
  const IdentifiedDocument document = identified(entry);
  Edit edit;
  edit.target = id_of(document, "Old text.\n");
  edit.text = "New text.";
  CHECK(*apply_edit(document, edit) == entry_with("Old text.", "New text."));
  edit.kind = EditKind::insert_after;
  CHECK(*apply_edit(document, edit) == entry_with("Old text.\n", "Old text.\n\nNew text.\n"));
  edit.kind = EditKind::remove_block;
  edit.target = id_of(document, "* **HQ:** Aarhus\n");
  CHECK(*apply_edit(document, edit) == entry_with("* **HQ:** Aarhus\n", ""));
  edit.expected = "something else";
  CHECK(apply_edit(document, edit).error().code == ErrorCode::conflict);
  edit.target = "nobody";
  CHECK(apply_edit(document, edit).error().code == ErrorCode::not_found);
}

TEST_CASE("line ends of an edit are those of the document") {
  std::string windows = entry;
  for (std::size_t at = 0; (at = windows.find('\n', at)) != std::string::npos; at += 2)
    windows.insert(at, "\r");
  Edit edit;
  edit.kind = EditKind::add_list_item;
  edit.part = "Key Facts";
  edit.text = "x";
  const std::string text = text_after_edit(edit, windows);
  CHECK(text.find("* **Staff:** 31\r\n* x\r\n\r\n") != std::string::npos);
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
    CHECK(text[at - 1] == '\r');
}

TEST_CASE("a block keeps its id while its neighbours change, move and go") {
  const IdentifiedDocument before = identified(entry);
  const auto carried = [&](const std::string& text) {
    int next = 0;
    return carry_ids(before, Document::parse(text), [&] { return "new" + std::to_string(++next); });
  };
  const std::string hq = id_of(before, "* **HQ:** Aarhus\n");

  SECTION("a new neighbour gets a new id") {
    const auto next = carried(entry_with("* **HQ:** Aarhus\n", "* **CEO:** N. N.\n* **HQ:** Aarhus\n"));
    CHECK(id_of(next, "* **HQ:** Aarhus\n") == hq);
    CHECK(id_of(next, "* **CEO:** N. N.\n").starts_with("new"));
  }
  SECTION("a block that moves takes its id along") {
    const auto next =
        carried(entry_with("* **HQ:** Aarhus\n* **Staff:** 31\n", "* **Staff:** 31\n* **HQ:** Aarhus\n"));
    CHECK(id_of(next, "* **HQ:** Aarhus\n") == hq);
  }
  SECTION("a sentence that was reworded is the same block, another one is not") {
    const auto reworded = carried(entry_with("* **Staff:** 31\n", "* **Staff:** 35\n"));
    CHECK(id_of(reworded, "* **Staff:** 35\n") == id_of(before, "* **Staff:** 31\n"));
    const auto other = carried(entry_with("Old text.", "Entirely different words stand here now."));
    CHECK(id_of(other, "Entirely different words stand here now.\n").starts_with("new"));
  }
  SECTION("ids are never given twice") {
    const auto next = carried(entry + entry);
    std::set<std::string> ids{next.ids.begin(), next.ids.end()};
    CHECK(ids.size() == next.ids.size());
  }
}

TEST_CASE("a block goes before another, an item into its list and a row into its table") {
  Edit edit;
  edit.kind = EditKind::insert_before;
  edit.text = "New.";
  edit.target = id_of(identified(entry), "Old text.\n");
  CHECK(text_after_edit(edit) == entry_with("Old text.", "New.\n\nOld text."));
  edit.text = "* **Founded:** 2022";
  edit.target = id_of(identified(entry), "* **HQ:** Aarhus\n");
  CHECK(text_after_edit(edit) == entry_with("* **HQ:**", "* **Founded:** 2022\n* **HQ:**"));
  const std::string loose = "- a\n\n- b\n";
  edit.text = "- new";
  edit.target = id_of(identified(loose), "- b\n");
  CHECK(text_after_edit(edit, loose) == "- a\n\n- new\n\n- b\n");
  const std::string table = "| A | B |\n|---|---|\n| 1 | 2 |\n";
  edit.text = "| 0 | 1 |";
  edit.target = id_of(identified(table), "| 1 | 2 |\n");
  CHECK(text_after_edit(edit, table) == "| A | B |\n|---|---|\n| 0 | 1 |\n| 1 | 2 |\n");
  edit.target = id_of(identified(table), "|---|---|\n");
  CHECK(apply_edit(identified(table), edit).error().code == ErrorCode::refused);
  edit.text = "New.";
  edit.target = identified(entry).ids.front();
  CHECK(apply_edit(identified(entry), edit).error().code == ErrorCode::refused);
}

TEST_CASE("a paragraph before a heading that follows a paragraph stays one of its own") {
  const std::string text = "One.\n# Heading\n";
  Edit edit;
  edit.kind = EditKind::insert_before;
  edit.text = "Two.";
  edit.target = id_of(identified(text), "# Heading\n");
  CHECK(text_after_edit(edit, text) == "One.\n\nTwo.\n\n# Heading\n");
}

TEST_CASE("a table row is added in the style of the row before it") {
  Edit edit;
  edit.kind = EditKind::add_table_row;
  edit.text = "| x | y \\| z |";
  const std::string piped = "| A | B |\n|---|---|\n| 1 | 2 |\n\nText.\n";
  edit.target = id_of(identified(piped), "| 1 | 2 |\n");
  CHECK(text_after_edit(edit, piped) == "| A | B |\n|---|---|\n| 1 | 2 |\n| x | y \\| z |\n\nText.\n");
  CHECK(text_after_edit(edit, text_after_edit(edit, piped)) == text_after_edit(edit, piped));
  const std::string bare = "A|B\n-|-\n1|2";
  edit.target = id_of(identified(bare), "1|2");
  CHECK(text_after_edit(edit, bare) == "A|B\n-|-\n1|2\nx|y \\| z\n");
  // Behind the header is behind the delimiter row.
  const std::string empty = "|A|B|\n|-|-|\n";
  edit.target = id_of(identified(empty), "|A|B|\n");
  CHECK(text_after_edit(edit, empty) == "|A|B|\n|-|-|\n|x|y \\| z|\n");
  edit.text = "| x |";
  CHECK(apply_edit(identified(empty), edit).error().message.find("2 columns") != std::string::npos);
}

namespace {

Edit link_of(const IdentifiedDocument& page, const std::string& block, const std::string& words) {
  Edit edit;
  edit.kind = EditKind::link_words;
  edit.target = id_of(page, block);
  edit.text = words;
  edit.reference = "storage/saltbox.md";
  return edit;
}

}  // namespace

TEST_CASE("words of a block become a link to another page and nothing else changes") {
  const std::string line = "Rivals are `Saltbox`, [Saltbox](https://s.example) and Saltbox.\n";
  const std::string text = "# Heat\n\n" + line;
  const auto page = identified(text);
  const Edit edit = link_of(page, line, "Saltbox");
  const std::string linked =
      "# Heat\n\nRivals are `Saltbox`, [Saltbox](https://s.example) and [Saltbox]({{< relref "
      "\"storage/saltbox.md\" >}}).\n";
  CHECK(text_after_edit(edit, text) == linked);
  const auto again = identified(linked);
  Edit twice = edit;
  twice.target = again.ids.back();
  CHECK(apply_edit(again, twice).value() == linked);
  CHECK(preview_edit(page, edit)->old_text + "\n" == line);
}

TEST_CASE("words that stand in no running text are not linked") {
  const std::string text =
      "# Saltbox\n\n[Saltbox](https://s.example) makes Saltboxes, \xE2\x80\x9CSaltbox\xE2\x80\x9D.\n";
  const auto page = identified(text);
  CHECK(apply_edit(page, link_of(page, "# Saltbox\n", "Saltbox")).error().code == ErrorCode::refused);
  Edit edit = link_of(page, "# Saltbox\n", "Saltbox");
  edit.target = page.ids.back();
  CHECK(apply_edit(page, edit).error().code == ErrorCode::not_found);
}

TEST_CASE("a reference that could end its shortcode or lead out of the section is refused") {
  const auto page = identified("Saltbox here.\n");
  for (const char* reference : {"", "a\" >}}x", "/etc/passwd", "https://evil.example", "a b", "a\nb", "{{"}) {
    Edit edit = link_of(page, "Saltbox here.\n", "Saltbox");
    edit.reference = reference;
    INFO(reference);
    CHECK(apply_edit(page, edit).error().code == ErrorCode::refused);
    edit.kind = EditKind::add_linked_item;
    edit.part = "Key Facts";
    CHECK(apply_edit(page, edit).error().code == ErrorCode::refused);
  }
}

TEST_CASE("an item that begins with a link to a page is added to a part's list") {
  Edit edit;
  edit.kind = EditKind::add_linked_item;
  edit.part = "Key Facts";
  edit.title = "Salt*box*";
  edit.reference = "saltbox.md";
  edit.text = "a supplier";
  CHECK(text_after_edit(edit) == entry_with("* **Staff:** 31\n",
                                  "* **Staff:** 31\n* [Salt\\*box\\*]({{< relref \"saltbox.md\" >}}) — a "
                                  "supplier\n"));
}

TEST_CASE("a block that is left keeps its bytes and is shown as it stands") {
  const auto page = identified(entry);
  Edit edit;
  edit.kind = EditKind::leave_block;
  edit.target = id_of(page, "Old text.\n");
  CHECK(text_after_edit(edit) == entry);
  const auto preview = preview_edit(page, edit);
  REQUIRE(preview.ok());
  CHECK(preview->old_text == "Old text.");
  CHECK(preview->new_text == "Old text.");
  CHECK(preview->place == "Summary");
  edit.expected = "Another text.";
  CHECK(apply_edit(page, edit).error().code == ErrorCode::conflict);
  edit.target = "b99";
  CHECK(apply_edit(page, edit).error().code == ErrorCode::not_found);
}

TEST_CASE("what a person writes over an edit is a block for a block and an item for an item") {
  const auto page = identified(entry);
  Edit left;
  left.kind = EditKind::leave_block;
  left.target = id_of(page, "Old text.\n");
  CHECK(text_after_edit(rewrite_edit(left, "New text.")) == entry_with("Old text.", "New text."));
  Edit item;
  item.kind = EditKind::add_linked_item;
  item.part = "Key Facts";
  item.reference = "a.md";
  for (const char* text : {"- Mine.", "Mine."})
    CHECK(text_after_edit(rewrite_edit(item, text)) == entry_with("* **Staff:** 31\n", "* **Staff:** 31\n* Mine.\n"));
  CHECK(rewrite_edit(link_of(page, "Old text.\n", "Old"), "x").kind == EditKind::replace_block);
}
