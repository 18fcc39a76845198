#include "cli/review/entry_preview.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "cli/review/edited_text.h"
#include "cli/terminal/styled_text.h"
#include "entries/document.h"
#include "entries/markdown/lines.h"
#include "kb/edit_json.h"
#include "kb/entry_store.h"
#include "kb/own_version.h"
#include "kb/part_place.h"
#include "kb/proposals.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

void add_lines(const entries::Document& document, const entries::Block& block, std::set<std::size_t>& lines) {
  const std::string_view text = document.text(block);
  const auto many = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  for (std::size_t line = 0; line < std::max<std::size_t>(many, 1); ++line)
    lines.insert(block.first_line + line);
}

// The lines of `after`, from 1, of blocks that `before` has not.
std::set<std::size_t> changed_lines(const entries::Document& before, const entries::Document& after) {
  std::set<std::string_view> known;
  for (const entries::Block& block : before.blocks()) known.insert(entries::trimmed(before.text(block)));
  std::set<std::size_t> lines;
  for (const entries::Block& block : after.blocks()) {
    const std::string_view text = after.text(block);
    if (block.kind == entries::BlockKind::blank || known.contains(entries::trimmed(text))) continue;
    add_lines(after, block, lines);
  }
  return lines;
}

// The lines, from 1, of text that has stood as it does now since a revision.
Result<std::set<std::size_t>> lines_since(kb::EntryStore& entries, const entries::Document& now,
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
    if (text && begins.contains(block.bytes.begin)) add_lines(now, block, lines);
  }
  return lines;
}

Result<std::string> with_change(kb::Store& store, const kb::Change& change, const std::string& moved_to,
                                const entries::IdentifiedDocument& document, kb::Id revision_id) {
  STUBKEEPER_ASSIGN(auto edit, kb::edit_from_json(change.edit_json));
  if (!moved_to.empty()) {
    STUBKEEPER_ASSIGN(const std::string text, text_to_edit(change));
    STUBKEEPER_ASSIGN(edit, kb::own_edit(store, change, {text, moved_to}, document));
  }
  return kb::text_with_change(store, change, edit, document, revision_id);
}

}  // namespace

Result<EntryPreview> entry_with_change(kb::Store& store, const kb::Entry& entry, kb::Id change_id,
                                       const std::string& moved_to) {
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
    STUBKEEPER_ASSIGN(shown.changed, lines_since(entries, document.document, entry.current_revision_id,
                                                 change.applied_revision_id));
    shown.is_approved = true;
    return shown;
  }
  const auto edited = with_change(store, change, moved_to, document, entry.current_revision_id);
  if (!edited.ok()) {
    shown.problem = "The change does not fit the entry as it is now: " + edited.error().message;
    return shown;
  }
  shown.bytes = *edited;
  shown.changed = changed_lines(document.document, entries::Document::parse(*edited));
  return shown;
}

std::vector<std::string> preview_lines(const EntryPreview& preview, int columns, bool colour) {
  std::vector<std::string> shown;
  std::istringstream stream{preview.bytes};
  std::size_t number = 0;
  for (std::string line; std::getline(stream, line);) {
    const bool changed = preview.changed.contains(++number);
    const std::string words = printable(entries::trimmed(line));
    const Style style = changed ? Style::added : Style::plain;
    for (std::string& part :
         wrapped({{style, words}}, columns, changed ? "+ " : "  ", changed ? "+ " : "  ", colour))
      shown.push_back(std::move(part));
    if (words.empty()) shown.emplace_back();
  }
  return shown;
}

}  // namespace stubkeeper::cli
