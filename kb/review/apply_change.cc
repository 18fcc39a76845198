#include "kb/review/apply_change.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "entries/edits/parts.h"
#include "entries/edits/splices.h"
#include "entries/markdown/lines.h"
#include "kb/entries/edit_json.h"
#include "kb/review/split_text.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

// A part of a split change, and the blocks that it brought.
struct SplitPart {
  Id change_id = 0;
  Id revision_id = 0;               // that it was approved with; 0 where it was not
  std::vector<std::size_t> blocks;  // of the page as it is now, in the whole's place
  bool is_in_page() const { return !blocks.empty(); }
};

// All parts of a split change, and the edit of the whole.
struct SplitGroup {
  entries::Edit whole;
  std::vector<SplitPart> parts;  // in the order of the whole
  std::size_t own_index = 0;     // which of them is the change
};

Result<std::optional<SplitGroup>> find_split_group(Store& store, Id change_id) {
  std::optional<SplitGroup> split_group;
  std::string whole;
  STUBKEEPER_TRY(store.database().run(
      "SELECT part.id, part.state, part.applied_revision_id, whole.edit_json FROM change AS own "
      "JOIN change AS whole ON whole.id = own.part_of JOIN change AS part ON part.part_of = whole.id "
      "WHERE own.id = ? ORDER BY part.id",
      {change_id}, [&](const Row& row) -> Status {
        if (!split_group) split_group.emplace();
        const bool approved = row.view(1) == change_state_name(ChangeState::approved);
        if (row.integer(0) == change_id) split_group->own_index = split_group->parts.size();
        split_group->parts.push_back({row.integer(0), approved ? row.integer(2) : 0, {}});
        whole = row.text(3);
        return {};
      }));
  if (split_group) {
    STUBKEEPER_ASSIGN(split_group->whole, edit_from_json(whole));
  }
  return split_group;
}

// The part of the page that new text goes to, by its heading's text; nothing where it is not there.
std::optional<std::string> target_part_heading(const entries::IdentifiedDocument& page,
                                               const entries::Edit& edit) {
  const auto& blocks = page.document.blocks();
  if (edit.kind == entries::EditKind::add_to_part) {
    const auto part = entries::find_part(*page.conventions, page.document, edit.part);
    return part ? std::optional{blocks[part->heading].part} : std::nullopt;
  }
  const auto target = entries::find_block_by_id(page, edit.target);
  return target ? std::optional{blocks[*target].part} : std::nullopt;
}

Status locate_part_blocks(Store& store, const entries::IdentifiedDocument& page, Id revision_id,
                          const std::string& place, SplitGroup& split_group) {
  STUBKEEPER_ASSIGN(
      const auto rows,
      store.database().query("SELECT block_id, origin_revision_id FROM block WHERE revision_id = ?",
                             {revision_id}, [](const Row& row) {
                               return std::pair{row.text(0), row.integer(1)};
                             }));
  const std::map<std::string, Id> origins{rows.begin(), rows.end()};
  const auto& blocks = page.document.blocks();
  const auto sources = entries::find_part(*page.conventions, page.document, "sources");
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    // The list of sources, to which an approval adds, is none of the parts' own text, nor is a
    // part's heading that had to be made.
    const bool of_sources = sources && i >= sources->heading && i < sources->end;
    const bool made = blocks[i].heading_level == 2 && !split_group.whole.text.starts_with("##");
    if (blocks[i].kind == entries::BlockKind::blank || blocks[i].part != place || of_sources || made)
      continue;
    const auto origin = origins.find(page.ids[i]);
    if (origin == origins.end()) continue;
    for (SplitPart& part : split_group.parts) {
      if (part.revision_id != 0 && part.revision_id == origin->second) part.blocks.push_back(i);
    }
  }
  return {};
}

// The included parts of the whole's text, each with the separator that it has before it there.
std::string join_parts(const std::string& whole, const std::vector<TextPart>& parts,
                       const std::vector<bool>& included) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!included[i]) continue;
    if (!text.empty()) text += whole.substr(parts[i - 1].end, parts[i].begin - parts[i - 1].end);
    text += parts[i].text;
  }
  return text;
}

// The page with one more part among the others; nothing where those are not as the whole has them.
std::optional<std::string> insert_among_unedited(const entries::IdentifiedDocument& page,
                                                 const SplitGroup& split_group, const std::string& own_text) {
  std::vector<TextPart> parts = split_edit(split_group.whole);
  if (parts.size() != split_group.parts.size()) return std::nullopt;
  std::vector<bool> included_parts;
  std::vector<std::size_t> blocks;
  for (const SplitPart& part : split_group.parts) {
    included_parts.push_back(part.is_in_page());
    blocks.insert(blocks.end(), part.blocks.begin(), part.blocks.end());
  }
  if (blocks.empty() || included_parts[split_group.own_index]) return std::nullopt;
  const auto with_page_line_ends = [&](const std::string& text) {
    return std::string{entries::strip_line_endings(entries::convert_line_endings(page.document, text))};
  };
  const std::string present_text =
      with_page_line_ends(join_parts(split_group.whole.text, parts, included_parts));
  const auto& all = page.document.blocks();
  const std::string& bytes = page.document.print();
  const auto [first, last] = std::minmax_element(blocks.begin(), blocks.end());
  const std::size_t begin = all[*first].bytes.begin;
  const std::string_view page_text =
      entries::strip_line_endings(std::string_view{bytes}.substr(begin, all[*last].bytes.end - begin));
  // Only the indentation of the list that it was put into may precede it.
  if (!page_text.ends_with(present_text) ||
      !entries::is_blank(page_text.substr(0, page_text.size() - present_text.size())))
    return std::nullopt;
  parts[split_group.own_index].text = own_text;
  included_parts[split_group.own_index] = true;
  std::string result = bytes;
  return result.replace(begin + page_text.size() - present_text.size(), present_text.size(),
                        with_page_line_ends(join_parts(split_group.whole.text, parts, included_parts)));
}

// The edit that inserts the part next to the nearest other part on the page.
entries::Edit anchor_to_nearest_part(const entries::IdentifiedDocument& page, const SplitGroup& split_group,
                                     const entries::Edit& edit) {
  entries::Edit placed = edit;
  for (std::size_t i = split_group.own_index; i-- > 0;) {
    if (!split_group.parts[i].is_in_page()) continue;
    placed.kind = entries::EditKind::insert_after;
    placed.target = page.ids[split_group.parts[i].blocks.back()];
    return placed;
  }
  for (std::size_t i = split_group.own_index + 1; i < split_group.parts.size(); ++i) {
    if (!split_group.parts[i].is_in_page()) continue;
    placed.kind = entries::EditKind::insert_before;
    placed.target = page.ids[split_group.parts[i].blocks.front()];
    return placed;
  }
  return placed;
}

}  // namespace

Result<std::string> apply_change(Store& store, const Change& change, const entries::Edit& edit,
                                 const entries::IdentifiedDocument& document, Id revision_id) {
  if (!is_new_text(edit)) return entries::apply_edit(document, edit);
  STUBKEEPER_ASSIGN(auto split_group, find_split_group(store, change.id));
  if (!split_group || split_group->whole.kind != edit.kind || split_group->whole.target != edit.target ||
      split_group->whole.part != edit.part)
    return entries::apply_edit(document, edit);
  const auto place = target_part_heading(document, edit);
  if (!place) return entries::apply_edit(document, edit);
  STUBKEEPER_TRY(locate_part_blocks(store, document, revision_id, *place, *split_group));
  if (auto text = insert_among_unedited(document, *split_group, edit.text)) return *std::move(text);
  return entries::apply_edit(document, anchor_to_nearest_part(document, *split_group, edit));
}

}  // namespace stubkeeper::kb
