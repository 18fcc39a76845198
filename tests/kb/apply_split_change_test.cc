// Parts of a split change come together to what the whole would have been, in whatever order they are
// decided.

#include <algorithm>
#include <numeric>

#include "kb/entries/edit_json.h"
#include "kb/review/apply_change.h"
#include "kb/review/split.h"
#include "tests/kb/prepared_review.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;

namespace {

using Order = std::vector<std::size_t>;

// Every order of the first n numbers.
std::vector<Order> orders_of(std::size_t n) {
  Order order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<Order> all;
  do {
    all.push_back(order);
  } while (std::next_permutation(order.begin(), order.end()));
  return all;
}

std::string in_words(const Order& order) {
  std::string words;
  for (const std::size_t part : order) words += std::to_string(part) + " ";
  return words;
}

std::string without_empty_lines(std::string text) {
  for (std::size_t at = text.find("\n\n"); at != std::string::npos; at = text.find("\n\n", at))
    text.erase(at, 1);
  return text;
}

struct Shape {
  std::string page;    // its body
  std::string target;  // what the block that is the target begins with; "" for a part
  entries::EditKind kind = entries::EditKind::insert_after;
  std::string part;
  std::string text;
  std::size_t parts = 0;
};

struct SplitPage {
  PreparedReview kb;
  Review review{*kb.store, kb.clock};
  Id whole = 0;

  explicit SplitPage(const Shape& shape) {
    // As approving leaves a page, so that the source and today's date are no difference.
    kb.edit(
        kb.text(),
        "---\ntitle: \"Saltline\"\nlastmod: 2026-11-23\nsource_urls: [\"https://example.org/news\"]\n---\n\n" +
            shape.page + "\n## Sources\n\n- [News](https://example.org/news)\n");
    Proposals::NewChange change = kb.fact(shape.text, "It has 31 employees.");
    change.edit.kind = shape.kind;
    change.edit.part = shape.part;
    const auto document = page();
    for (std::size_t i = 0; i < document.ids.size() && !shape.target.empty(); ++i) {
      const std::string_view block = document.document.text(document.document.blocks()[i]);
      if (block.find(shape.target) == std::string_view::npos) continue;
      change.edit.target = document.ids[i];
      if (shape.kind == entries::EditKind::replace_block) change.edit.expected = std::string{block};
    }
    whole = kb.propose(change);
  }
  entries::IdentifiedDocument page() {
    EntryStore entries{*kb.store};
    return ok(entries.document(ok(entries.get(kb.entry_id)).current_revision_id));
  }
  // The page as a preview of the change shows it.
  std::string previewed(Id id) {
    const Change change = ok(Proposals{*kb.store}.get(id));
    const Id revision = ok(EntryStore{*kb.store}.get(kb.entry_id)).current_revision_id;
    return ok(apply_change(*kb.store, change, ok(edit_from_json(change.edit_json)), page(), revision));
  }
  void approve(Id id) {
    const std::string shown = previewed(id);
    const auto approved = review.approve(id, kb.person, "", "");
    INFO((approved.ok() ? "" : approved.error().text()));
    REQUIRE(approved.ok());
    CHECK(kb.text() == shown);
  }
};

const std::string items = "## Key Facts\n\n- One.\n- Old fact.\n- Two.\n";
const std::string loose = "## Key Facts\n\n- One.\n\n- Old fact.\n\n- Two.\n";
const std::string prose = "## Summary\n\nBefore.\n\nOld fact.\n\nBehind.\n\n## Key Facts\n\n- One.\n";
const std::string nested = "## Key Facts\n\n- One.\n  - Old fact.\n  - Deeper.\n- Two.\n";
const std::string paragraphs = "First has 31 employees.\n\nSecond one.\n\nThird one.\n\nFourth one.";
const std::string tight = "- First has 31 employees.\n- Second.\n  - Below it.\n- Third.";
const std::string mixed = "Words first:\n\n- An item.\n- Another item.\n\nWords at last.";

const std::vector<Shape> shapes{
    {prose, "Old fact.", entries::EditKind::insert_after, "", paragraphs, 4},
    {prose, "Old fact.", entries::EditKind::insert_before, "", paragraphs, 4},
    {prose, "", entries::EditKind::add_to_part, "Summary", paragraphs, 4},
    {prose, "", entries::EditKind::add_to_part, "What It Is", paragraphs, 4},
    {prose, "Behind.", entries::EditKind::insert_after, "", mixed, 4},
    {prose, "", entries::EditKind::add_to_part, "Summary", mixed, 4},
    {items, "Old fact.", entries::EditKind::insert_after, "", tight, 3},
    {items, "Old fact.", entries::EditKind::insert_before, "", tight, 3},
    {items, "", entries::EditKind::add_to_part, "Key Facts", tight, 3},
    {loose, "Old fact.", entries::EditKind::insert_after, "", "- A.\n\n- B.\n\n- C.", 3},
    {loose, "Old fact.", entries::EditKind::insert_before, "", "- A.\n\n- B.\n\n- C.", 3},
    {nested, "Old fact.", entries::EditKind::insert_before, "", "- A.", 1},
};

}  // namespace

TEST_CASE(
    "parts that are approved in any order give the bytes that the whole gives, and previews show them") {
  for (const Shape& shape : shapes) {
    SplitPage together{shape};
    together.approve(together.whole);
    if (shape.parts < 2) continue;
    for (const Order& order : orders_of(shape.parts)) {
      INFO(entries::edit_kind_name(shape.kind) << " into\n" << shape.page << "order " << in_words(order));
      SplitPage apart{shape};
      const auto parts = ok(split_change(*apart.kb.store, apart.whole));
      REQUIRE(parts.size() == shape.parts);
      for (const std::size_t part : order) apart.approve(parts[part]);
      CHECK(apart.kb.text() == together.kb.text());
    }
  }
}

TEST_CASE("parts that are approved beside rejected ones stand in the order of the whole") {
  for (const Shape& shape : shapes) {
    if (shape.text != paragraphs) continue;
    std::size_t pairs = 0;
    for (const Order& order : orders_of(shape.parts)) {
      for (std::size_t rejected = 0; rejected < shape.parts; ++rejected) {
        // Each order of those that are left comes up four times, by when the rejection comes.
        if (pairs++ % 3 != 0) continue;
        INFO(entries::edit_kind_name(shape.kind) << " without " << rejected << ", order " << in_words(order));
        SplitPage page{shape};
        const auto parts = ok(split_change(*page.kb.store, page.whole));
        std::vector<std::string> texts;
        for (const Id part : parts) texts.push_back(ok(Proposals{*page.kb.store}.get(part)).new_text);
        for (const std::size_t part : order) {
          if (part == rejected) {
            ok(page.review.reject(parts[part], page.kb.person, ""));
          } else {
            page.approve(parts[part]);
          }
        }
        std::string expected;
        for (std::size_t i = 0; i < texts.size(); ++i) {
          if (i == rejected) continue;
          // A part that had to be made has its heading in the text of each part.
          const std::string text =
              texts[i].substr(texts[i].starts_with("## ") ? texts[i].find("\n\n") + 2 : 0);
          expected += (expected.empty() ? "" : "\n\n") + text;
        }
        CHECK(page.kb.text().find(expected + "\n\n") != std::string::npos);
      }
    }
  }
}

TEST_CASE("a part that is taken back and approved again stands where it stood but for empty lines") {
  for (const Shape& shape : shapes) {
    if (shape.parts < 2) continue;
    SplitPage page{shape};
    const auto parts = ok(split_change(*page.kb.store, page.whole));
    for (const Id part : parts) page.approve(part);
    const std::string all = without_empty_lines(page.kb.text());
    for (const Id part : parts) {
      INFO(entries::edit_kind_name(shape.kind) << " into\n" << shape.page << "part " << part);
      ok(page.review.undo(part, page.kb.person, ""));
      INFO("taken back:\n" << page.kb.text());
      page.approve(part);
      CHECK(without_empty_lines(page.kb.text()) == all);
    }
  }
}

TEST_CASE("a part goes next to its neighbours where one of them was edited") {
  const Shape shape = shapes[0];
  for (const Order& order : orders_of(3)) {
    INFO(in_words(order));
    SplitPage page{shape};
    const auto parts = ok(split_change(*page.kb.store, page.whole));
    ok(page.review.reject(parts[3], page.kb.person, ""));
    for (const std::size_t part : order) {
      if (part == 1) {
        ok(page.review.approve_edited(parts[part], page.kb.person, {"Mine."}, ""));
      } else {
        page.approve(parts[part]);
      }
    }
    CHECK(page.kb.text().find("Old fact.\n\nFirst has 31 employees.\n\nMine.\n\nThird one.\n\nBehind.\n") !=
          std::string::npos);
  }
}

TEST_CASE("sentences that are replaced one by one in any order give the block that the whole gives") {
  Shape shape;
  shape.page = "## Summary\n\nIt has 30 people. It is in Basel. It makes pumps. Nothing else is known.\n";
  shape.target = "It has 30";
  shape.kind = entries::EditKind::replace_block;
  shape.text = "It has 31 people. It is in Graz. It makes fans. Nothing else is known.";
  SplitPage together{shape};
  together.approve(together.whole);
  for (const Order& order : orders_of(3)) {
    INFO(in_words(order));
    SplitPage apart{shape};
    const auto parts = ok(split_change(*apart.kb.store, apart.whole));
    REQUIRE(parts.size() == 3);
    for (const std::size_t part : order) apart.approve(parts[part]);
    CHECK(apart.kb.text() == together.kb.text());
  }
}
