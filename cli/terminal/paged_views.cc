#include "cli/terminal/paged_views.h"

#include <algorithm>
#include <vector>

#include "base/text/utf8.h"
#include "cli/terminal/item_view.h"
#include "cli/terminal/pager.h"
#include "cli/terminal/styled_text.h"
#include "entries/document.h"
#include "entries/front_matter.h"
#include "entries/markdown/lines.h"
#include "kb/entries/entry_store.h"
#include "review/preview.h"

namespace stubkeeper::cli {
namespace {

Status show_lines(const Session& session, const OpenKnowledgeBase& kb, Keyboard& keyboard,
            const std::vector<std::string>& lines, std::size_t pager_line) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return show_in_pager(session, kb, keyboard, text + "\n(q leads back to the review)\n", pager_line);
}

// For a terminal: the text and then the front matter, each line behind "+ " where it changed, else behind two
// spaces. Safe to print.
std::vector<std::string> preview_lines(const review::EntryPreview& preview, int columns, bool colour) {
  const auto lines = entries::split_lines(preview.bytes);
  const std::size_t end = entries::FrontMatter::parse(preview.bytes).end();
  std::vector<std::string> text;
  std::vector<std::string> front_matter;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::vector<std::string>& shown = lines[i].begin < end ? front_matter : text;
    const std::string line = preview.bytes.substr(lines[i].begin, lines[i].end - lines[i].begin);
    const bool changed = preview.changed.contains(i + 1);
    const std::string words = sanitize_for_terminal(entries::trim(line));
    const Style style = changed ? Style::added : Style::plain;
    for (std::string& part :
         wrap_styled({{style, words}}, columns, changed ? "+ " : "  ", changed ? "+ " : "  ", colour))
      shown.push_back(std::move(part));
  }
  if (!front_matter.empty()) text.emplace_back();
  text.insert(text.end(), front_matter.begin(), front_matter.end());
  return text;
}

// The line of these, from 1, that a pager is to begin at: a few above the first that is new; 0 where none is.
std::size_t pager_start_line(const std::vector<std::string>& preview_lines) {
  constexpr std::size_t lines_above = 4;
  const auto first = std::find_if(preview_lines.begin(), preview_lines.end(),
                                  [](const std::string& line) { return line.starts_with("+ "); });
  if (first == preview_lines.end()) return 0;
  const auto place = static_cast<std::size_t>(first - preview_lines.begin()) + 1;
  return place > lines_above ? place - lines_above : 1;
}

}  // namespace

Status page_item(const Session& session, const OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                 const review::ReviewItem& item) {
  const ViewOptions is_detailed{keyboard.size().columns, session.environment.colour(), true};
  return show_lines(session, knowledge_base, keyboard, item_lines(item, is_detailed), 0);
}

Result<std::string> page_entry_preview(const Session& session, const OpenKnowledgeBase& knowledge_base,
                                    Keyboard& keyboard, const review::ReviewItem& item) {
  kb::Store& store = *knowledge_base.store;
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(item.change.entry_id));
  STUBKEEPER_ASSIGN(const auto preview, review::preview_entry(store, entry, item.change.id,
                                                          iso_date(session.environment.clock.now())));
  const auto lines = preview_lines(preview, keyboard.size().columns, session.environment.colour());
  STUBKEEPER_TRY(show_lines(session, knowledge_base, keyboard, lines, pager_start_line(lines)));
  return sanitize_for_terminal(preview.problem);
}

}  // namespace stubkeeper::cli
