#include "kb/review/revert_change.h"

#include <unordered_map>

#include "entries/edits/parts.h"
#include "kb/entries/entry_store.h"

namespace stubkeeper::kb {
namespace {

using TextById = std::unordered_map<std::string, std::string>;

TextById texts_by_id(const entries::IdentifiedDocument& identified) {
  TextById texts;
  const auto& blocks = identified.document.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i)
    texts[identified.ids[i]] = std::string{identified.document.text(blocks[i])};
  return texts;
}

// Whether a heading has blocks below it that did not come with it, so that it has to stay.
bool has_other_content_below(const entries::IdentifiedDocument& page, std::size_t heading,
                             const TextById& added_blocks) {
  const auto& blocks = page.document.blocks();
  for (std::size_t i = heading + 1; i < blocks.size(); ++i) {
    const int level = blocks[i].heading_level;
    if (level != 0 && level <= blocks[heading].heading_level) return false;
    if (blocks[i].kind != entries::BlockKind::blank && !added_blocks.contains(page.ids[i])) return true;
  }
  return false;
}

// Whether a blank block is between blocks that did not come with the change.
bool separates_other_blocks(const entries::IdentifiedDocument& page, std::size_t blank,
                            const TextById& added_blocks) {
  const auto& blocks = page.document.blocks();
  const bool before = blank == 0 || !added_blocks.contains(page.ids[blank - 1]);
  const bool other_block_after = blank + 1 == blocks.size() || !added_blocks.contains(page.ids[blank + 1]);
  return before && other_block_after;
}

}  // namespace

Result<std::string> revert_change(Store& store, const Change& change) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
  STUBKEEPER_ASSIGN(const auto applied, entries.revision(change.applied_revision_id));
  if (applied.number < 2) return Error{ErrorCode::conflict, "there is no revision before the change", "", ""};
  STUBKEEPER_ASSIGN(const auto previous, entries.revision_by_number(entry.id, applied.number - 1));
  STUBKEEPER_ASSIGN(const auto before_document, entries.document(previous.id));
  STUBKEEPER_ASSIGN(const auto after_document, entries.document(applied.id));
  STUBKEEPER_ASSIGN(const auto current, entries.document(entry.current_revision_id));
  const TextById before = texts_by_id(before_document);
  const TextById after = texts_by_id(after_document);
  for (const auto& [id, text] : before) {
    if (!after.contains(id) && !text.empty() && text.find_first_not_of(" \t\r\n") != std::string::npos) {
      return Error{ErrorCode::conflict, "the change took out a block", "",
                   "put it back with `stubkeeper revert`"};
    }
  }

  TextById added_blocks;
  for (const auto& [id, text] : after) {
    if (!before.contains(id)) added_blocks.emplace(id, text);
  }
  const auto& blocks = current.document.blocks();
  const auto sources = entries::find_part(store.conventions(), current.document, "sources");
  std::string bytes;
  bool below_kept_heading = false;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const std::string& id = current.ids[i];
    const std::string_view text = current.document.text(blocks[i]);
    const bool is_kept = blocks[i].kind == entries::BlockKind::front_matter ||
                         (sources && i >= sources->heading && i < sources->end);
    const auto in_after = after.find(id);
    if (is_kept || in_after == after.end()) {
      bytes += text;
      continue;
    }
    const bool is_blank = blocks[i].kind == entries::BlockKind::blank;
    const bool blank_stays =
        is_blank && (below_kept_heading || separates_other_blocks(current, i, added_blocks));
    below_kept_heading = blocks[i].heading_level != 0 && added_blocks.contains(id) &&
                         has_other_content_below(current, i, added_blocks);
    if (below_kept_heading || blank_stays) {
      bytes += text;
      continue;
    }
    const auto in_before = before.find(id);
    const bool touched = in_before == before.end() || in_before->second != in_after->second;
    if (touched && text != in_after->second) {
      return Error{ErrorCode::conflict, "the block has been changed since it was approved", "",
                   "change it by hand, or use `stubkeeper revert`"};
    }
    if (!touched) {
      bytes += text;
    } else if (in_before != before.end()) {
      bytes += in_before->second;
    }
  }
  return bytes;
}

}  // namespace stubkeeper::kb
