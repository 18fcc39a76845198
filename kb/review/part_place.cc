#include "kb/review/part_place.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "entries/edits/parts.h"
#include "entries/edits/splices.h"
#include "entries/markdown/lines.h"
#include "kb/review/edit_json.h"
#include "kb/review/split_text.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

// A part of a split change, and the blocks that it brought.
struct Sibling {
  Id change_id = 0;
  Id revision_id = 0;               // that it was approved with; 0 where it was not
  std::vector<std::size_t> blocks;  // of the page as it is now, in the whole's place
  bool stands() const { return !blocks.empty(); }
};

// All parts of the whole that a change is a part of, and the whole's edit; none for a change by itself.
struct Family {
  entries::Edit whole;
  std::vector<Sibling> parts;  // in the order of the whole
  std::size_t own = 0;         // which of them is the change
};

Result<std::optional<Family>> family_of(Store& store, Id change_id) {
  std::optional<Family> family;
  std::string whole;
  STUBKEEPER_TRY(store.database().run(
      "SELECT part.id, part.state, part.applied_revision_id, whole.edit_json FROM change AS own JOIN change "
      "AS whole ON whole.id = own.part_of JOIN change AS part ON part.part_of = whole.id WHERE own.id = ? "
      "ORDER BY part.id",
      {change_id}, [&](const Row& row) -> Status {
        if (!family) family.emplace();
        const bool approved = row.view(1) == change_state_name(ChangeState::approved);
        if (row.integer(0) == change_id) family->own = family->parts.size();
        family->parts.push_back({row.integer(0), approved ? row.integer(2) : 0, {}});
        whole = row.text(3);
        return {};
      }));
  if (family) {
    STUBKEEPER_ASSIGN(family->whole, edit_from_json(whole));
  }
  return family;
}

// The part of the page that new text goes to, by its heading's text; nothing where it is not there.
std::optional<std::string> place_of_new_text(const entries::IdentifiedDocument& page,
                                             const entries::Edit& edit) {
  const auto& blocks = page.document.blocks();
  if (edit.kind == entries::EditKind::add_to_part) {
    const auto part = entries::find_part(*page.conventions, page.document, edit.part);
    return part ? std::optional{blocks[part->heading].part} : std::nullopt;
  }
  const auto target = entries::block_of_id(page, edit.target);
  return target ? std::optional{blocks[*target].part} : std::nullopt;
}

Status find_blocks(Store& store, const entries::IdentifiedDocument& page, Id revision_id,
                   const std::string& place, Family& family) {
  std::map<std::string, Id> origins;
  STUBKEEPER_TRY(store.database().run("SELECT block_id, origin_revision_id FROM block WHERE revision_id = ?",
                                      {revision_id}, [&](const Row& row) -> Status {
                                        origins.emplace(row.text(0), row.integer(1));
                                        return {};
                                      }));
  const auto& blocks = page.document.blocks();
  const auto sources = entries::find_part(*page.conventions, page.document, "sources");
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    // The list of sources, to which an approval adds, is none of the parts' own text, nor is a part's heading
    // that had to be made.
    const bool of_sources = sources && i >= sources->heading && i < sources->end;
    const bool made = blocks[i].heading_level == 2 && !family.whole.text.starts_with("##");
    if (blocks[i].kind == entries::BlockKind::blank || blocks[i].part != place || of_sources || made)
      continue;
    const auto origin = origins.find(page.ids[i]);
    if (origin == origins.end()) continue;
    for (Sibling& part : family.parts) {
      if (part.revision_id != 0 && part.revision_id == origin->second) part.blocks.push_back(i);
    }
  }
  return {};
}

// The whole's text without the parts that are not wanted; what stands between two that follow each other is
// what stands before the latter.
std::string text_of_parts(const std::string& whole, const std::vector<TextPart>& parts,
                          const std::vector<bool>& wanted) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!wanted[i]) continue;
    if (!text.empty()) text += whole.substr(parts[i - 1].end, parts[i].begin - parts[i - 1].end);
    text += parts[i].text;
  }
  return text;
}

// The page with one more part among those that stand there just as the whole has them, or nothing where they
// do not.
std::optional<std::string> among_untouched(const entries::IdentifiedDocument& page, const Family& family,
                                           const std::string& own_text) {
  std::vector<TextPart> parts = parts_of_edit(family.whole);
  if (parts.size() != family.parts.size()) return std::nullopt;
  std::vector<bool> standing;
  std::vector<std::size_t> blocks;
  for (const Sibling& part : family.parts) {
    standing.push_back(part.stands());
    blocks.insert(blocks.end(), part.blocks.begin(), part.blocks.end());
  }
  if (blocks.empty() || standing[family.own]) return std::nullopt;
  const auto as_on_page = [&](const std::string& text) {
    return std::string{entries::without_line_ends(entries::in_line_ends_of(page.document, text))};
  };
  const std::string known = as_on_page(text_of_parts(family.whole.text, parts, standing));
  const auto& all = page.document.blocks();
  const std::string& bytes = page.document.print();
  const auto [first, last] = std::minmax_element(blocks.begin(), blocks.end());
  const std::size_t begin = all[*first].bytes.begin;
  const std::string_view there =
      entries::without_line_ends(std::string_view{bytes}.substr(begin, all[*last].bytes.end - begin));
  // What stands before it can only be the indentation of the list that it was put into.
  if (!there.ends_with(known) || !entries::is_blank(there.substr(0, there.size() - known.size())))
    return std::nullopt;
  parts[family.own].text = own_text;
  standing[family.own] = true;
  std::string result = bytes;
  return result.replace(begin + there.size() - known.size(), known.size(),
                        as_on_page(text_of_parts(family.whole.text, parts, standing)));
}

// The edit that puts the part next to the nearest ones that stand there.
entries::Edit next_to_siblings(const entries::IdentifiedDocument& page, const Family& family,
                               const entries::Edit& edit) {
  entries::Edit placed = edit;
  for (std::size_t i = family.own; i-- > 0;) {
    if (!family.parts[i].stands()) continue;
    placed.kind = entries::EditKind::insert_after;
    placed.target = page.ids[family.parts[i].blocks.back()];
    return placed;
  }
  for (std::size_t i = family.own + 1; i < family.parts.size(); ++i) {
    if (!family.parts[i].stands()) continue;
    placed.kind = entries::EditKind::insert_before;
    placed.target = page.ids[family.parts[i].blocks.front()];
    return placed;
  }
  return placed;
}

}  // namespace

Result<std::string> text_with_change(Store& store, const Change& change, const entries::Edit& edit,
                                     const entries::IdentifiedDocument& document, Id revision_id) {
  if (!is_new_text(edit)) return entries::apply_edit(document, edit);
  STUBKEEPER_ASSIGN(auto family, family_of(store, change.id));
  if (!family || family->whole.kind != edit.kind || family->whole.target != edit.target ||
      family->whole.part != edit.part)
    return entries::apply_edit(document, edit);
  const auto place = place_of_new_text(document, edit);
  if (!place) return entries::apply_edit(document, edit);
  STUBKEEPER_TRY(find_blocks(store, document, revision_id, *place, *family));
  if (auto text = among_untouched(document, *family, edit.text)) return *std::move(text);
  return entries::apply_edit(document, next_to_siblings(document, *family, edit));
}

}  // namespace stubkeeper::kb
