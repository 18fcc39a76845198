#include "cli/review/paged_views.h"

#include <vector>

#include "cli/review/entry_preview.h"
#include "cli/review/item_view.h"
#include "cli/terminal/pager.h"
#include "kb/entry_store.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

Status page(const Session& session, const OpenKnowledgeBase& kb, Keyboard& keyboard,
            const std::vector<std::string>& lines, std::size_t begin_at) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return show_in_pager(session, kb, keyboard, text + "\n(q leads back to the review)\n", begin_at);
}

}  // namespace

Status page_item(const Session& session, const OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                 const ReviewItem& item) {
  const ViewOptions in_full{keyboard.size().columns, session.environment.colour(), true};
  return page(session, knowledge_base, keyboard, item_lines(item, in_full), 0);
}

Result<std::string> page_entry_with(const Session& session, const OpenKnowledgeBase& knowledge_base,
                                    Keyboard& keyboard, const ReviewItem& item) {
  kb::Store& store = *knowledge_base.store;
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(item.change.entry_id));
  STUBKEEPER_ASSIGN(const auto preview, entry_with_change(store, entry, item.change.id,
                                                          iso_date(session.environment.clock.now())));
  const auto lines = preview_lines(preview, keyboard.size().columns, session.environment.colour());
  STUBKEEPER_TRY(page(session, knowledge_base, keyboard, lines, line_to_begin_at(lines)));
  return printable(preview.problem);
}

}  // namespace stubkeeper::cli
