#include "kb/review/revert_change.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <vector>

#include "entries/edits/parts.h"
#include "entries/markdown/lines.h"
#include "entries/word_diff.h"
#include "kb/entries/edit_json.h"
#include "kb/entries/entry_store.h"
#include "kb/review/decided_dates.h"
#include "kb/store/database.h"

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

// A block of the reverted text.
struct Piece {
  std::string id;
  std::string text;
  entries::BlockKind kind = entries::BlockKind::paragraph;
  int heading_level = 0;

  bool is_blank() const { return kind == entries::BlockKind::blank; }
};

// The old words of a block in which other words were changed since; nothing where the same were.
std::optional<std::string> revert_words(const std::string& before, const std::string& after,
                                        std::string_view current) {
  auto merged = entries::merge_words(entries::strip_line_endings(after), entries::strip_line_endings(current),
                                     entries::strip_line_endings(before));
  if (!merged) return std::nullopt;
  return *merged + std::string{current.substr(entries::strip_line_endings(current).size())};
}

// The pieces of a page without a change.
class Reverter {
 public:
  Reverter(const entries::IdentifiedDocument& before, const entries::IdentifiedDocument& after,
           const entries::IdentifiedDocument& current)
      : before_(before),
        current_(current),
        old_texts_(texts_by_id(before)),
        approved_texts_(texts_by_id(after)) {
    for (const auto& [id, text] : approved_texts_) {
      if (!old_texts_.contains(id)) added_blocks_.emplace(id, text);
    }
  }

  Status take_out_change() {
    const auto& blocks = current_.document.blocks();
    const auto sources = entries::find_part(*current_.conventions, current_.document, "sources");
    bool below_kept_heading = false;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const bool is_kept = blocks[i].kind == entries::BlockKind::front_matter ||
                           (sources && i >= sources->heading && i < sources->end) ||
                           !approved_texts_.contains(current_.ids[i]);
      if (is_kept) {
        keep(i);
        continue;
      }
      const bool is_added = added_blocks_.contains(current_.ids[i]);
      const bool blank_stays = blocks[i].kind == entries::BlockKind::blank &&
                               (below_kept_heading || separates_other_blocks(current_, i, added_blocks_));
      below_kept_heading =
          blocks[i].heading_level != 0 && is_added && has_other_content_below(current_, i, added_blocks_);
      if (below_kept_heading || blank_stays) {
        keep(i);
      } else {
        STUBKEEPER_TRY(revert_block(i));
      }
    }
    return {};
  }

  // The blocks that the change took out, behind the block that they stood behind.
  void put_back_removed_blocks() {
    std::size_t next = 0;  // the place in pieces_ behind that block
    for (std::size_t i = 0; i < before_.ids.size(); ++i) {
      if (before_.document.blocks()[i].kind == entries::BlockKind::blank) continue;
      const auto present = std::find_if(pieces_.begin(), pieces_.end(),
                                        [&](const Piece& piece) { return piece.id == before_.ids[i]; });
      if (present != pieces_.end()) {
        next = static_cast<std::size_t>(present - pieces_.begin()) + 1;
      } else if (!approved_texts_.contains(before_.ids[i])) {
        pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(next++), piece_of(before_, i));
      }
    }
  }

  // Headings that had to be made for changes that are all undone by now.
  void drop_empty_headings(const std::set<std::string>& made_headings) {
    for (std::size_t i = pieces_.size(); i-- > 0;) {
      if (pieces_[i].heading_level == 0 || !made_headings.contains(pieces_[i].id)) continue;
      std::size_t next = i + 1;
      while (next < pieces_.size() && pieces_[next].is_blank()) ++next;
      const bool is_empty =
          next == pieces_.size() ||
          (pieces_[next].heading_level != 0 && pieces_[next].heading_level <= pieces_[i].heading_level);
      if (is_empty)
        pieces_.erase(pieces_.begin() + static_cast<std::ptrdiff_t>(i),
                      pieces_.begin() + static_cast<std::ptrdiff_t>(next));
    }
  }

  // Neighbours have the blank lines between them that they have in the page as it is; else, where
  // they come together again, those that they had before the change; else as many as either has.
  void restore_blank_lines() {
    const auto were_before = neighbours(before_);
    const auto are_now = neighbours(current_);
    std::vector<Piece> spaced;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].is_blank()) {
        if (spaced.empty()) spaced.push_back(pieces_[i]);
        continue;
      }
      spaced.push_back(pieces_[i]);
      std::size_t next = i + 1;
      std::string blank;
      for (; next < pieces_.size() && pieces_[next].is_blank(); ++next) blank += pieces_[next].text;
      if (next < pieces_.size()) blank = blank_between(pieces_[i].id, pieces_[next].id, are_now, were_before);
      if (!blank.empty()) spaced.push_back({"", blank, entries::BlockKind::blank, 0});
    }
    pieces_ = std::move(spaced);
  }

  const std::vector<Piece>& pieces() const { return pieces_; }

 private:
  // The next block with words behind one, and the blank lines on both sides of it.
  struct Neighbours {
    std::string next_id;
    std::string blank_behind;
    std::string blank_ahead;
  };
  using NeighboursById = std::unordered_map<std::string, Neighbours>;

  static NeighboursById neighbours(const entries::IdentifiedDocument& page) {
    NeighboursById found;
    std::string last_id;
    std::string blank;
    for (std::size_t i = 0; i < page.ids.size(); ++i) {
      const entries::Block& block = page.document.blocks()[i];
      if (block.kind == entries::BlockKind::blank) {
        blank += page.document.text(block);
        continue;
      }
      if (!last_id.empty()) {
        found[last_id].next_id = page.ids[i];
        found[last_id].blank_behind = blank;
      }
      found[page.ids[i]].blank_ahead = blank;
      last_id = page.ids[i];
      blank.clear();
    }
    return found;
  }

  static std::string blank_between(const std::string& id, const std::string& next_id,
                                   const NeighboursById& now, const NeighboursById& before) {
    const auto of = [](const NeighboursById& page, const std::string& block) {
      const auto found = page.find(block);
      return found == page.end() ? Neighbours{} : found->second;
    };
    for (const NeighboursById* page : {&now, &before}) {
      if (of(*page, id).next_id == next_id) return of(*page, id).blank_behind;
    }
    const std::string behind = of(now.contains(id) ? now : before, id).blank_behind;
    const std::string ahead = of(now.contains(next_id) ? now : before, next_id).blank_ahead;
    return behind.size() > ahead.size() ? behind : ahead;
  }

  static Piece piece_of(const entries::IdentifiedDocument& page, std::size_t block) {
    const entries::Block& found = page.document.blocks()[block];
    return {page.ids[block], std::string{page.document.text(found)}, found.kind, found.heading_level};
  }
  void keep(std::size_t block) { pieces_.push_back(piece_of(current_, block)); }

  Status revert_block(std::size_t block) {
    const std::string& id = current_.ids[block];
    const std::string_view text = current_.document.text(current_.document.blocks()[block]);
    const std::string& approved = approved_texts_.at(id);
    const auto old = old_texts_.find(id);
    if (old != old_texts_.end() && old->second == approved) {
      keep(block);
      return {};
    }
    if (old == old_texts_.end() && text == approved) return {};
    std::optional<std::string> reverted;
    if (old != old_texts_.end())
      reverted = text == approved ? old->second : revert_words(old->second, approved, text);
    if (!reverted) {
      return Error{ErrorCode::conflict, "the block has been changed since it was approved", "",
                   "change it by hand, or use `stubkeeper revert`"};
    }
    keep(block);
    pieces_.back().text = *std::move(reverted);
    return {};
  }

  const entries::IdentifiedDocument& before_;
  const entries::IdentifiedDocument& current_;
  TextById old_texts_;
  TextById approved_texts_;
  TextById added_blocks_;
  std::vector<Piece> pieces_;
};

// The headings of a revision that came with approvals that are undone, the change's among them.
Result<std::set<std::string>> headings_of_undone_changes(Store& store, Id revision_id, Id change_id) {
  std::set<std::string> headings;
  STUBKEEPER_TRY(store.database().run(
      "SELECT block_id FROM block WHERE revision_id = ? AND kind = 'heading' AND origin_revision_id IN (SELECT "
      "approval.revision_id FROM approval JOIN change ON change.id = change_id WHERE change.state <> 'approved' "
      "OR change.id = ?)",
      {revision_id, change_id}, [&](const Row& row) -> Status {
        headings.insert(row.text(0));
        return {};
      }));
  return headings;
}

// The field that a change set gets its value from before; dates are another matter.
Result<std::string> revert_field(const Change& change, const entries::IdentifiedDocument& before,
                                 const entries::IdentifiedDocument& after, std::string page) {
  STUBKEEPER_ASSIGN(const auto edit, edit_from_json(change.edit_json));
  if (edit.kind != entries::EditKind::set_field || change.kind == rechecked_kind) return page;
  const auto present = entries::FrontMatter::parse(page).scalar(edit.target);
  if (present != after.document.front_matter().scalar(edit.target)) {
    return Error{ErrorCode::conflict, "the field has been changed since it was approved", "",
                 "change it by hand, or use `stubkeeper revert`"};
  }
  return restore_field_line(page, edit.target, before.document.print());
}

}  // namespace

Result<RevertedText> revert_change(Store& store, const Change& change) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
  STUBKEEPER_ASSIGN(const auto applied, entries.revision(change.applied_revision_id));
  if (applied.number < 2) return Error{ErrorCode::conflict, "there is no revision before the change", "", ""};
  STUBKEEPER_ASSIGN(const auto previous, entries.revision_by_number(entry.id, applied.number - 1));
  STUBKEEPER_ASSIGN(const auto before, entries.document(previous.id));
  STUBKEEPER_ASSIGN(const auto after, entries.document(applied.id));
  STUBKEEPER_ASSIGN(const auto current, entries.document(entry.current_revision_id));
  Reverter reverter{before, after, current};
  STUBKEEPER_TRY(reverter.take_out_change());
  reverter.put_back_removed_blocks();
  STUBKEEPER_ASSIGN(const auto made_headings,
                    headings_of_undone_changes(store, entry.current_revision_id, change.id));
  reverter.drop_empty_headings(made_headings);
  reverter.restore_blank_lines();

  std::string composed;
  for (const Piece& piece : reverter.pieces()) composed += piece.text;
  STUBKEEPER_ASSIGN(std::string dated, restore_decided_dates(store, entry, change, composed));
  RevertedText reverted;
  STUBKEEPER_ASSIGN(reverted.bytes, revert_field(change, before, after, std::move(dated)));
  // Only front matter, the first piece, may have another length than it was composed with.
  std::size_t end = reverted.bytes.size();
  for (auto piece = reverter.pieces().rbegin(); piece != reverter.pieces().rend(); ++piece) {
    end -= std::min(end, piece->text.size());
    if (!piece->is_blank() && piece->kind != entries::BlockKind::front_matter)
      reverted.known.emplace(end, piece->id);
  }
  return reverted;
}

}  // namespace stubkeeper::kb
