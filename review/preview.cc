#include "review/preview.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text/strings.h"
#include "entries/document.h"
#include "entries/markdown/lines.h"
#include "kb/entries/entry_store.h"
#include "kb/review/approved_text.h"
#include "kb/review/proposals.h"
#include "review/edited_text.h"
#include "review/move.h"

namespace stubkeeper::review {
namespace {

void add_block_lines(const entries::Document& document, const entries::Block& block, std::set<std::size_t>& lines) {
  const std::string_view text = document.text(block);
  const auto line_count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  for (std::size_t line = 0; line < std::max<std::size_t>(line_count, 1); ++line)
    lines.insert(block.first_line + line);
}

// The lines of a page's front matter, trimmed; none where it has none.
std::vector<std::string_view> front_matter_lines(const entries::Document& page) {
  std::vector<std::string_view> lines;
  const std::string_view text = std::string_view{page.print()}.substr(0, page.front_matter().end());
  for (const entries::Line& line : entries::split_lines(text))
    lines.push_back(entries::trim(text.substr(line.begin, line.end - line.begin)));
  return lines;
}

// The lines of `after`, from 1, of blocks that `before` has not, and single ones of its front matter.
std::set<std::size_t> changed_lines(const entries::Document& before, const entries::Document& after) {
  std::set<std::string_view> known;
  for (const entries::Block& block : before.blocks()) known.insert(entries::trim(before.text(block)));
  std::set<std::size_t> lines;
  const auto old_fields = front_matter_lines(before);
  const auto new_fields = front_matter_lines(after);
  for (std::size_t i = 0; i < new_fields.size(); ++i) {
    if (!contains(old_fields, new_fields[i]))
      lines.insert(i + 1);
  }
  for (const entries::Block& block : after.blocks()) {
    if (block.kind == entries::BlockKind::front_matter) continue;
    const std::string_view text = after.text(block);
    if (block.kind == entries::BlockKind::blank || known.contains(entries::trim(text))) continue;
    add_block_lines(after, block, lines);
  }
  return lines;
}

// The lines, from 1, of text that has stood as it does now since a revision.
Result<std::set<std::size_t>> lines_changed_in(kb::EntryStore& entries, const entries::Document& now,
                                          kb::Id current_revision_id, kb::Id since_revision_id) {
  STUBKEEPER_ASSIGN(const auto records, entries.blocks(current_revision_id));
  std::set<std::size_t> begins;
  for (const kb::BlockRecord& record : records) {
    if (record.origin_revision_id == since_revision_id) begins.insert(record.begin_byte);
  }
  std::set<std::size_t> lines;
  for (const entries::Block& block : now.blocks()) {
    // An approval moves the dates of front matter, which is not what it was about.
    const bool text =
        block.kind != entries::BlockKind::blank && block.kind != entries::BlockKind::front_matter;
    if (text && begins.contains(block.bytes.begin)) add_block_lines(now, block, lines);
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
