// Single edits of real entries: what changes lies where the edit says, and nowhere else.

#include <algorithm>
#include <random>

#include "entries/block_ids.h"
#include "entries/edit.h"
#include "entries/markdown/tables.h"
#include "tests/data/real_data.h"
#include "tests/data/section.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::entries;
using namespace stubkeeper::testing;

namespace {

// The bytes [begin, end) of the old text outside of which both texts are the same.
ByteRange changed_range(std::string_view before, std::string_view after) {
  const std::size_t common_size = std::min(before.size(), after.size());
  std::size_t front = 0;
  while (front < common_size && before[front] == after[front]) ++front;
  std::size_t back = 0;
  while (back < common_size - front && before[before.size() - 1 - back] == after[after.size() - 1 - back]) ++back;
  return {front, before.size() - back};
}

Edit random_edit(const IdentifiedDocument& page, std::size_t block, std::mt19937& random) {
  Edit edit;
  edit.target = page.ids[block];
  edit.text = "An edited text, number " + std::to_string(random() % 1000) + ".";
  switch (random() % 8) {
    case 0:
      edit.kind = EditKind::replace_block;
      break;
    case 1:
      edit.kind = EditKind::remove_block;
      break;
    case 2:
      edit.kind = EditKind::insert_after;
      break;
    case 3:
      edit.kind = EditKind::add_list_item;
      edit.part = "Key Facts";
      break;
    case 4:
      edit.kind = EditKind::prepend_development;
      edit.part = "Notable Developments";
      edit.date = "2026-0" + std::to_string(1 + random() % 9);
      break;
    case 5:
      edit.kind = EditKind::insert_before;
      break;
    case 6: {
      edit.kind = EditKind::add_table_row;
      const std::string row{page.document.text(page.document.blocks()[block])};
      edit.text.clear();
      for (const std::string_view cell : split_table_cells(row)) edit.text += "| " + std::string{cell} + "+ ";
      break;
    }
    default:
      edit.kind = EditKind::set_field;
      edit.target = "description";
      break;
  }
  return edit;
}

}  // namespace

TEST_CASE("two hundred single edits of real entries change their own block and nothing else") {
  const std::string data = real_data();
  if (data.empty()) return;
  const auto files = read_files_below(data + "/research-section");
  std::vector<std::string> pages;
  for (const auto& [name, bytes] : files) {
    if (!name.ends_with("_index.md")) pages.push_back(bytes);
  }
  std::mt19937 random{200};
  int made = 0;
  while (made < 200) {
    const std::string& page = pages[random() % pages.size()];
    int next = 0;
    const IdentifiedDocument document =
        assign_new_ids(Document::parse(page), [&] { return "b" + std::to_string(++next); });
    const auto& blocks = document.document.blocks();
    const std::size_t block = random() % blocks.size();
    if (blocks[block].kind == BlockKind::front_matter || blocks[block].kind == BlockKind::blank) continue;
    const Edit edit = random_edit(document, block, random);
    const auto result = apply_edit(document, edit);
    if (!result.ok()) continue;
    ++made;
    INFO(edit_kind_name(edit.kind) << " at line " << blocks[block].first_line << " of:\n"
                                   << page.substr(0, 200));
    const ByteRange changed = changed_range(page, *result);
    switch (edit.kind) {
      case EditKind::replace_block:
        CHECK(changed.begin >= blocks[block].bytes.begin);
        CHECK(changed.end <= blocks[block].bytes.end);
        break;
      case EditKind::remove_block: {
        // The block is cut out, with the blank lines before or behind it at most.
        const std::size_t first = block > 0 && blocks[block - 1].kind == BlockKind::blank ? block - 1 : block;
        const std::size_t last =
            block + 1 < blocks.size() && blocks[block + 1].kind == BlockKind::blank ? block + 1 : block;
        const std::size_t cut = page.size() - result->size();
        bool within = false;
        for (std::size_t at = blocks[first].bytes.begin; at + cut <= blocks[last].bytes.end; ++at) {
          within = within || page.substr(0, at) + page.substr(at + cut) == *result;
        }
        CHECK(within);
        break;
      }
      case EditKind::set_field: {
        const FrontMatter& fields = document.document.front_matter();
        CHECK(changed.begin >= fields.begin());
        CHECK(changed.end <= fields.end());
        CHECK(FrontMatter::parse(*result).scalar("description") == edit.text);
        break;
      }
      default:
        // Nothing that was there is gone: the old text is the new one without what was put in.
        CHECK(result->size() > page.size());
        CHECK(changed.size() <= 3);
        break;
    }
    CHECK(Document::parse(*result).print() == *result);
  }
}
