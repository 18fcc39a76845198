#include "cli/serve/queue_list.h"

#include <algorithm>

#include "kb/review/review_queue.h"
#include "review/flag_labels.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

constexpr std::size_t max_lines = 100;

}  // namespace

Markup queue_item_markup(const kb::QueuedChange& change, const std::string& address,
                  const std::vector<std::string>& flags, const std::string& state) {
  Markup marks;
  for (const std::string& flag : flags) marks += html(R"( <span class="mark">{}</span>)", review::flag_label(flag));
  if (!state.empty()) marks += html(R"( <span class="quiet">{}</span>)", state);
  return html(
      R"(<li><a href="{}"><b>{}</b> <span class="quiet">{}</span>{} <span class="beginning">{}</span></a></li>
)",
      address, change.id, change.kind, marks, review::to_plain_text_line(change.excerpt));
}

Result<Markup> queue_list(kb::Store& store, const QueueFilter& filter,
                          const std::vector<kb::QueuedChange>& queue) {
  const std::size_t shown = std::min(queue.size(), max_lines);
  std::vector<kb::Id> flagged;
  for (std::size_t i = 0; i < shown; ++i) {
    if (queue[i].flags > 0) flagged.push_back(queue[i].id);
  }
  STUBKEEPER_ASSIGN(auto flags, kb::flags_of(store, flagged));
  Markup list;
  kb::Id entry = 0;
  for (std::size_t i = 0; i < shown; ++i) {
    const kb::QueuedChange& change = queue[i];
    if (change.entry_id != entry) {
      entry = change.entry_id;
      const std::string path = change.entry_path.empty() ? "(first page)" : change.entry_path;
      list += html(
          "<li class=\"entry\"><h3><a href=\"{}\">{} <span class=\"quiet\">{}</span></a></h3></li>\n",
          entry_address(change.entry_path), change.entry_title.empty() ? path : change.entry_title, path);
    }
    list += queue_item_markup(change, review_address(filter, change.id), flags[change.id], "");
  }
  const Markup more = queue.size() <= max_lines
                          ? Markup{}
                          : html(R"(<p class="quiet">{} more; choose a section, or walk through them.</p>)",
                                 queue.size() - max_lines);
  return html(R"(<ul class="queue" data-walk>
{}</ul>
{})",
              list, more);
}

}  // namespace stubkeeper::cli
