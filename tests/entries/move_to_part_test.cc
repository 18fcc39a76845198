// New text that a person puts into another part than the one that it was proposed for.

#include "entries/edits/move_to_part.h"
#include "tests/support/identified_blocks.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::entries;
using namespace stubkeeper::testing;

namespace {

const std::string page =
    "---\ntitle: \"Pump\"\n---\n\n## Summary\n\nIt makes pumps.\n\n## Key Facts\n\n- **Founded:** 2001\n\n"
    "## Notable Developments\n\n- **2026-06:** Newest.\n- **2025-01:** Oldest.\n\n## Odds and "
    "Ends\n\nWords.\n\n"
    "## Sources\n\n- [A](https://a.org)\n";

IdentifiedDocument identify(const std::string& bytes) {
  auto document = identified(bytes);
  document.file = "pumps/pump.md";
  return document;
}

Edit make_addition(const std::string& part, const std::string& text, EditKind kind = EditKind::add_to_part) {
  Edit edit;
  edit.kind = kind;
  edit.part = part;
  edit.text = text;
  return edit;
}

std::string apply_move(const Edit& edit, const std::string& part, const std::string& date = "2026-02-03T10:00:00Z",
                  const std::string& bytes = page) {
  const auto document = identify(bytes);
  return ok(apply_edit(document, ok(move_to_part(document, edit, part, date))));
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

using Parts = std::vector<std::string>;

}  // namespace

TEST_CASE("the parts to move to are the page's own and then those that its type has and it has not") {
  CHECK(ok(list_target_parts(identify(page), make_addition("Summary", "New."))) ==
        Parts{"Key Facts", "Notable Developments", "Odds and Ends", "What It Is / How It Works", "Key People",
              "Claim Verification", "Supply Chain Position"});
  const Parts of_fact = ok(list_target_parts(identify(page), make_addition("Key Facts", "New.", EditKind::add_list_item)));
  CHECK(of_fact.front() == "Summary");
  CHECK(std::find(of_fact.begin(), of_fact.end(), "Key Facts") == of_fact.end());
  Edit behind;
  behind.kind = EditKind::insert_after;
  behind.text = "New.";
  const auto document = identify(page);
  behind.target = id_of(document, "Words.\n");
  const Parts of_block = ok(list_target_parts(document, behind));
  CHECK(std::find(of_block.begin(), of_block.end(), "Odds and Ends") == of_block.end());
}

TEST_CASE("a heading without words is no part to move to") {
  const Parts parts =
      ok(list_target_parts(identify("## Summary\n\nOld.\n\n##\n\nOdd.\n"), make_addition("Summary", "New.")));
  CHECK(parts.front() == "Key Facts");
  CHECK(std::find(parts.begin(), parts.end(), "") == parts.end());
}

TEST_CASE("what goes to developments is an item in the order of dates, dated by itself or by its source") {
  CHECK(has(apply_move(make_addition("Summary", "Delivered."), "Notable Developments"),
            "- **2026-06:** Newest.\n- **2026-02:** Delivered.\n- **2025-01:** Oldest.\n"));
  Edit dated = make_addition("Notable Developments", "Delivered.", EditKind::prepend_development);
  dated.date = "2026-05-07";
  CHECK(has(apply_move(dated, "Key Facts"), "- **Founded:** 2001\n- Delivered.\n"));
  // Without the part, it is made in its place.
  std::string without = page;
  const std::size_t begin = without.find("## Notable");
  without.erase(begin, without.find("## Odds") - begin);
  CHECK(has(apply_move(make_addition("Summary", "- Delivered."), "developments", "2026-02-03", without),
            "## Notable Developments\n\n- **2026-02:** Delivered.\n"));
}

TEST_CASE("a development without any date is not put among those that have one") {
  const auto refused =
      move_to_part(identify(page), make_addition("Summary", "Delivered."), "Notable Developments", "");
  CHECK(refused.error().code == ErrorCode::invalid_argument);
  CHECK(has(refused.error().text(), "has a date"));
}

TEST_CASE("what goes to prose is a paragraph and what goes to a list an item") {
  CHECK(has(apply_move(make_addition("Key Facts", "It delivers.", EditKind::add_list_item), "Summary"),
            "It makes pumps.\n\nIt delivers.\n\n## Key Facts"));
  CHECK(
      has(apply_move(make_addition("Summary", "It delivers."), "key facts"), "- **Founded:** 2001\n- It delivers.\n"));
  CHECK(has(apply_move(make_addition("Summary", "It delivers."), "Odds and Ends"), "Words.\n\nIt delivers.\n"));
  CHECK(has(apply_move(make_addition("Summary", "Jane Doe."), "Key People"), "## Key People\n\n- Jane Doe.\n"));
  CHECK(has(apply_move(make_addition("Summary", "It is a pump."), "What It Is"),
            "## What It Is / How It Works\n\nIt is a pump.\n"));
}

TEST_CASE(
    "a part that is none, the same one and the list of sources are refused with the names of the others") {
  for (const char* part : {"Nowhere", "Summary", "Sources"}) {
    const auto refused = move_to_part(identify(page), make_addition("Summary", "New."), part, "2026");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::invalid_argument);
    CHECK(has(refused.error().text(), "Key Facts, Notable Developments"));
  }
}

TEST_CASE("what is no new text of one block says why it cannot be moved") {
  const std::vector<std::pair<EditKind, std::string>> kinds{{EditKind::replace_block, "stands there already"},
                                                            {EditKind::remove_block, "stands there already"},
                                                            {EditKind::link_words, "stands there already"},
                                                            {EditKind::leave_block, "stands there already"},
                                                            {EditKind::set_field, "front matter"},
                                                            {EditKind::append_source, "sources"},
                                                            {EditKind::add_table_row, "table"},
                                                            {EditKind::add_linked_item, "link"}};
  for (const auto& [kind, why] : kinds) {
    const auto refused = list_target_parts(identify(page), make_addition("Summary", "New.", kind));
    INFO(edit_kind_name(kind));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::refused);
    CHECK(has(refused.error().text(), why));
  }
  CHECK(has(list_target_parts(identify(page), make_addition("Summary", "One.\n\nTwo.")).error().text(), "split it"));
}

TEST_CASE("a development takes the date that its text begins with before any other") {
  for (const char* text : {"**2026-03:** Delivered.", "- **2026-03**: Delivered."}) {
    const std::string bytes = apply_move(make_addition("Summary", text), "Notable Developments");
    CHECK(has(bytes, "- **2026-06:** Newest.\n- **2026-03:** Delivered.\n- **2025-01:** Oldest.\n"));
  }
  // Elsewhere the words stay as they were written.
  CHECK(
      has(apply_move(make_addition("Summary", "**2026-03:** Delivered."), "Key Facts"), "- **2026-03:** Delivered.\n"));
}
