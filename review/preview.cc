#include "review/preview.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "entries/markdown/lines.h"
#include "kb/entries/entry_store.h"
#include "kb/review/approved_text.h"
#include "kb/review/proposals.h"
#include "review/edited_text.h"
#include "review/move.h"
#include "review/quotes.h"

namespace stubkeeper::review {
namespace {

using entries::Block;
using entries::Document;

// The blocks of a page's text: no front matter, nothing blank.
std::vector<const Block*> text_blocks(const Document& page) {
  std::vector<const Block*> blocks;
  for (const Block& block : page.blocks()) {
    if (block.kind != entries::BlockKind::front_matter && block.kind != entries::BlockKind::blank)
      blocks.push_back(&block);
  }
  return blocks;
}

std::string_view block_text(const Document& page, const Block& block) {
  return trim_ascii(page.text(block));
}

void add_block_lines(const Document& document, const Block& block, std::set<std::size_t>& lines) {
  const std::string_view text = document.text(block);
  const auto line_count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  for (std::size_t line = 0; line < std::max<std::size_t>(line_count, 1); ++line)
    lines.insert(block.first_line + line);
}

// The lines of a page's front matter, trimmed; none where it has none.
std::vector<std::string_view> front_matter_lines(const Document& page) {
  std::vector<std::string_view> lines;
  const std::string_view text = std::string_view{page.print()}.substr(0, page.front_matter().end());
  for (const entries::Line& line : entries::split_lines(text))
    lines.push_back(entries::trim(text.substr(line.begin, line.end - line.begin)));
  return lines;
}

// The lines of `after`, from 1, of blocks and of front matter that `before` does not have.
std::set<std::size_t> changed_lines(const Document& before, const Document& after) {
  std::set<std::string_view> known;
  for (const Block& block : before.blocks()) known.insert(entries::trim(before.text(block)));
  std::set<std::size_t> lines;
  const auto old_fields = front_matter_lines(before);
  const auto new_fields = front_matter_lines(after);
  for (std::size_t i = 0; i < new_fields.size(); ++i) {
    if (!contains(old_fields, new_fields[i]))
      lines.insert(i + 1);
  }
  for (const Block* block : text_blocks(after)) {
    if (!known.contains(entries::trim(after.text(*block)))) add_block_lines(after, *block, lines);
  }
  return lines;
}

// The lines, from 1, of blocks that got their text in a revision.
Result<std::set<std::size_t>> lines_changed_in(kb::EntryStore& entries, const Document& now,
                                               kb::Id current_revision_id, kb::Id since_revision_id) {
  STUBKEEPER_ASSIGN(const auto records, entries.blocks(current_revision_id));
  std::set<std::size_t> begins;
  for (const kb::BlockRecord& record : records) {
    if (record.origin_revision_id == since_revision_id) begins.insert(record.begin_byte);
  }
  std::set<std::size_t> lines;
  // Without front matter, whose dates every approval moves.
  for (const Block* block : text_blocks(now)) {
    if (begins.contains(block->bytes.begin)) add_block_lines(now, *block, lines);
  }
  return lines;
}

Result<kb::ApprovedText> make_preview_text(kb::Store& store, const kb::Entry& entry, const kb::Change& change,
                                           const std::string& moved_to, const std::string& today) {
  if (moved_to.empty()) return kb::approved_text(store, change, entry, nullptr, today);
  STUBKEEPER_ASSIGN(const std::string text, text_to_edit(change));
  const kb::ReviewerEdit reviewer_edit = add_leading_date(store, {text, moved_to}, today);
  return kb::approved_text(store, change, entry, &reviewer_edit, today);
}

}  // namespace

ContextLines find_context_lines(const Document& before, const Document& after) {
  const auto old_blocks = text_blocks(before);
  const auto new_blocks = text_blocks(after);
  const std::size_t max_kept = std::min(old_blocks.size(), new_blocks.size());
  const auto is_same_block = [&](std::size_t old_at, std::size_t new_at) {
    return block_text(before, *old_blocks[old_at]) == block_text(after, *new_blocks[new_at]);
  };
  std::size_t kept_before = 0;
  while (kept_before < max_kept && is_same_block(kept_before, kept_before)) ++kept_before;
  if (kept_before == old_blocks.size() && kept_before == new_blocks.size()) return {};
  std::size_t kept_after = 0;
  while (kept_after < max_kept - kept_before &&
         is_same_block(old_blocks.size() - kept_after - 1, new_blocks.size() - kept_after - 1))
    ++kept_after;
  ContextLines context_lines{true, "", ""};
  if (kept_before > 0) context_lines.before = to_single_line(block_text(after, *new_blocks[kept_before - 1]));
  if (kept_after > 0)
    context_lines.after = to_single_line(block_text(after, *new_blocks[new_blocks.size() - kept_after]));
  return context_lines;
}

Result<EntryPreview> preview_entry(kb::Store& store, const kb::Entry& entry, kb::Id change_id,
                                   const std::string& today, const std::string& moved_to) {
  kb::EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto document, entries.document(entry.current_revision_id));
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{store}.get(change_id));
  EntryPreview shown;
  shown.bytes = document.document.print();
  if (change.entry_id != entry.id) {
    shown.problem = fmt::format("Change {} is about another entry.", change_id);
    return shown;
  }
  if (change.state == kb::ChangeState::approved) {
    STUBKEEPER_ASSIGN(shown.changed, lines_changed_in(entries, document.document, entry.current_revision_id,
                                                      change.applied_revision_id));
    shown.is_approved = true;
    return shown;
  }
  const auto text = make_preview_text(store, entry, change, moved_to, today);
  if (!text.ok()) {
    shown.problem = "The change does not fit the entry as it is now: " + text.error().message;
    return shown;
  }
  shown.bytes = text->after.print();
  shown.changed = changed_lines(text->before.document, text->after);
  return shown;
}

}  // namespace stubkeeper::review
