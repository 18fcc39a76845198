// What a reviewer sees beside a change: the lines of the entry before and after it.

#include "entries/edit.h"
#include "review/preview.h"

#include "tests/support/identified_blocks.h"

using namespace stubkeeper;
using namespace stubkeeper::entries;
using stubkeeper::testing::id_of;
using stubkeeper::testing::identified;

namespace {

const std::string page =
    "---\ntitle: \"Saltline\"\n---\n\n## Summary\n\nA maker of\nsalt stores.\n\n## Key Facts\n\n- HQ: "
    "Aarhus\n- "
    "Staff: 31\n\n## Sources\n\n- [A](https://a.org)\n";

Edit edit_of(EditKind kind, const std::string& part, const std::string& text) {
  Edit edit;
  edit.kind = kind;
  edit.part = part;
  edit.text = text;
  return edit;
}

review::ContextLines around(const IdentifiedDocument& entry, const Edit& edit) {
  const auto edited = apply_edit(entry, edit);
  REQUIRE(edited.ok());
  return review::find_context_lines(entry.document, Document::parse(*edited));
}

review::ContextLines around(const Edit& edit, const std::string& text = page) {
  return around(identified(text), edit);
}

}  // namespace

TEST_CASE("an item that is added stands between the last one and the next part") {
  const auto found = around(edit_of(EditKind::add_list_item, "Key Facts", "Founded: 2022"));
  CHECK(found.are_known);
  CHECK(found.before == "- Staff: 31");
  CHECK(found.after == "## Sources");
}

TEST_CASE("a text that is added to a part shows the text that stands there already") {
  const auto found = around(edit_of(EditKind::add_to_part, "Summary", "It was founded in 2022."));
  CHECK(found.before == "A maker of salt stores.");
  CHECK(found.after == "## Key Facts");
}

TEST_CASE("the first line of a part stands behind its heading") {
  const auto document = identified(page);
  Edit edit = edit_of(EditKind::replace_block, "", "- HQ: Graz");
  edit.target = id_of(document, "- HQ: Aarhus\n");
  const auto found = around(document, edit);
  CHECK(found.before == "## Key Facts");
  CHECK(found.after == "- Staff: 31");
}

TEST_CASE("what is taken out stood between two lines") {
  const auto document = identified(page);
  Edit edit = edit_of(EditKind::remove_block, "", "");
  edit.target = id_of(document, "- Staff: 31\n");
  const auto found = around(document, edit);
  CHECK(found.before == "- HQ: Aarhus");
  CHECK(found.after == "## Sources");
}

TEST_CASE("a part that is made stands behind the last line of another") {
  Edit edit = edit_of(EditKind::prepend_development, "Notable Developments", "It opened a works.");
  edit.date = "2026-05";
  const auto found = around(edit);
  CHECK(found.before == "- Staff: 31");
  CHECK(found.after == "## Sources");
}

TEST_CASE("at the ends of the text there is nothing beside a change") {
  const std::string stub = "---\ntitle: \"Saltline\"\n---\n";
  const auto only = around(edit_of(EditKind::add_to_part, "Summary", "A maker."), stub);
  CHECK(only.are_known);
  CHECK(only.before.empty());
  CHECK(only.after.empty());
  const std::string short_page = "## Key Facts\n\n- HQ: Aarhus\n";
  const auto last = around(edit_of(EditKind::add_list_item, "Key Facts", "Staff: 31"), short_page);
  CHECK(last.before == "- HQ: Aarhus");
  CHECK(last.after.empty());
}

TEST_CASE("a field has no surroundings") {
  Edit field = edit_of(EditKind::set_field, "", "2026-11-25");
  field.target = "last_reviewed";
  CHECK_FALSE(around(field).are_known);
}
