#include <map>

#include "cli/serve/addresses.h"
#include "cli/serve/page_layout.h"
#include "cli/serve/pages.h"
#include "kb/entries/entry_store.h"
#include "kb/review/review_queue.h"

namespace stubkeeper::cli {
namespace {

constexpr std::size_t max_lines = 500;

struct Folder {
  int entries = 0;
  int waiting = 0;
  std::string title;  // of the section's own page
};

std::string entries_address(const std::string& path) {
  return "/entries" + entry_address(path).substr(std::string_view{"/entry"}.size());
}

Markup breadcrumbs(const std::string& path) {
  Markup breadcrumbs_markup = html(R"(<a href="/entries/">all</a>)");
  for (std::size_t slash = 0; slash != std::string::npos && !path.empty();) {
    slash = path.find('/', slash + 1);
    const std::string part = path.substr(0, slash);
    breadcrumbs_markup +=
        html(R"( / <a href="{}">{}</a>)", entries_address(part), part.substr(part.rfind('/') + 1));
  }
  return breadcrumbs_markup;
}

Markup waiting_count_markup(int waiting) {
  return html_if(waiting != 0, R"( <span class="count">{}<span class="for-readers"> waiting</span></span>)",
                 waiting);
}

const char* describe_entry_state(kb::EntryState state) {
  return state == kb::EntryState::stub ? "stub, not published yet" : "published";
}

Markup entry_line(const kb::Entry& entry, const std::string& path, int waiting) {
  const std::string where = entry.path.empty()   ? "first page"
                            : entry.path == path ? "the section's own page"
                                                 : entry.path;
  return html(R"(<li><a href="{}"><b><bdi>{}</bdi></b> <span class="quiet">{} · {}</span>{}</a></li>
)",
              entry_address(entry.path), entry.title.empty() ? entry.path : entry.title, where,
              describe_entry_state(entry.state), waiting_count_markup(waiting));
}

}  // namespace

Result<Response> entries_page(const Visit& visit, const std::string& path) {
  STUBKEEPER_ASSIGN(const auto all, kb::EntryStore{visit.store()}.list());
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(visit.store(), {}));
  std::map<kb::Id, int> waiting;
  for (const kb::QueuedChange& change : queue) ++waiting[change.entry_id];
  const std::string below = path.empty() ? "" : path + "/";
  // A section is one line, its own page among what is in it.
  std::map<std::string, Folder> folders;
  for (const kb::Entry& entry : all) {
    if (entry.state == kb::EntryState::removed || entry.path == path || !entry.path.starts_with(below))
      continue;
    const std::size_t slash = entry.path.find('/', below.size());
    const bool is_section = slash == std::string::npos && entry.kind == kb::EntryKind::section;
    if (slash == std::string::npos && !is_section) continue;
    Folder& folder = folders[entry.path.substr(0, slash)];
    ++folder.entries;
    folder.waiting += waiting[entry.id];
    if (is_section) folder.title = entry.title;
  }
  Markup list;
  std::size_t lines = 0;
  for (const kb::Entry& entry : all) {
    const bool here = entry.path == path;
    if (entry.state == kb::EntryState::removed || (!here && !entry.path.starts_with(below))) continue;
    if (!here &&
        (entry.path.find('/', below.size()) != std::string::npos || entry.kind == kb::EntryKind::section))
      continue;
    if (++lines <= max_lines) list += entry_line(entry, path, waiting[entry.id]);
  }
  Markup sections;
  for (const auto& [name, folder] : folders) {
    sections += html(R"(<li><a href="{}"><b><bdi>{}</bdi></b> <span class="quiet">{}/ · {}</span>{}</a></li>
)",
                     entries_address(name), folder.title.empty() ? name : folder.title, name,
                     format_count(folder.entries, "page", "pages"), waiting_count_markup(folder.waiting));
  }
  const Markup more = html_if(lines > max_lines, "<p class=\"quiet\">{} more.</p>\n", lines - max_lines);
  return render_page(visit, {path.empty() ? "Entries" : path, "entries"},
                     html(R"(<h1>Entries</h1>
<p class="quiet">{}<span class="keys-only"> · arrow keys go through the list, Enter opens</span></p>
<ul class="queue" data-walk>
{}{}</ul>
{})",
                          breadcrumbs(path), sections, list, more));
}

}  // namespace stubkeeper::cli
