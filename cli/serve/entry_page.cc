#include <algorithm>

#include "cli/arguments.h"
#include "cli/serve/addresses.h"
#include "cli/serve/markdown_renderer.h"
#include "cli/serve/page_layout.h"
#include "cli/serve/pages.h"
#include "entries/markdown/lines.h"
#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/review/review_queue.h"
#include "review/labels.h"
#include "review/preview.h"

namespace stubkeeper::cli {
namespace {

// The body's own lines, counted from its first one.
std::set<std::size_t> to_body_lines(const std::set<std::size_t>& lines, std::size_t before) {
  std::set<std::size_t> moved;
  for (const std::size_t line : lines) {
    if (line > before) moved.insert(line - before);
  }
  return moved;
}

// Open where something in it is new; the first such line is the page's first mark where the body
// has none.
Markup front_matter_markup(std::string_view text, const std::set<std::size_t>& marked, bool has_first_mark) {
  if (text.empty()) return {};
  const auto lines = entries::split_lines(text);
  Markup all;
  bool is_open = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = text.substr(lines[i].begin, lines[i].end - lines[i].begin);
    if (!marked.contains(i + 1)) {
      all += html("{}", line);
      continue;
    }
    const Markup id = html_if(has_first_mark && !is_open, R"( id="changed" tabindex="-1")");
    all += html("<ins{}>{}</ins>", id, line);
    is_open = true;
  }
  return html(R"(<details{}><summary>Front matter</summary><pre>{}</pre></details>
)",
              html_if(is_open, " open"), all);
}

Result<Markup> waiting_changes_link(const Visit& visit, const kb::Entry& entry) {
  if (entry.path.empty()) return Markup{};
  kb::ChangeFilter filter;
  filter.path = entry.path;
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(visit.store(), filter));
  if (queue.empty()) return Markup{};
  return html(R"( · <a href="{}" data-key="s" aria-keyshortcuts="s">{} <kbd>s</kbd></a>)",
              "/review" + to_query_string({{"entry", entry.path}}),
              format_count(static_cast<std::int64_t>(queue.size()), "change waits", "changes wait"));
}

}  // namespace

Result<Response> entry_page(const Visit& visit, const std::string& path) {
  STUBKEEPER_ASSIGN(const auto entry, find_entry(visit.store(), path.empty() ? "_index" : path));
  const auto change = review::parse_id(visit.request.field("with"));
  const std::string moved_to = visit.request.field("part");
  review::EntryPreview preview;
  if (change) {
    STUBKEEPER_ASSIGN(preview,
                      review::preview_entry(visit.store(), entry, *change, iso_date(visit.now()), moved_to));
  } else {
    STUBKEEPER_ASSIGN(preview.bytes, kb::EntryStore{visit.store()}.current_bytes(entry));
  }
  const std::string_view bytes{preview.bytes};
  const std::size_t end = entries::FrontMatter::parse(bytes).end();
  const auto lines_before = static_cast<std::size_t>(
      std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
  const Markup about =
      !change ? Markup{}
      : preview.problem.empty()
          ? html(
                R"(<p class="notice">{}. <a href="{}" data-key="b" data-escape aria-keyshortcuts="b">Back to change {} <kbd>b</kbd></a> · <a href="#changed">to the mark</a></p>
)",
                preview.is_approved ? "As it reads now; what has come with the change is marked"
                                    : "As it would read with the change; what is new is marked",
                back_address(visit.browser.filter, *change, moved_to), *change)
          : html(R"(<p class="notice trouble">{}</p>
)",
                 preview.problem);
  const auto body_lines = to_body_lines(preview.changed, lines_before);
  STUBKEEPER_ASSIGN(const Markup waiting, waiting_changes_link(visit, entry));
  return render_page(
      visit, {entry.title.empty() ? entry.path : entry.title, "entries"},
      html(
          R"(<p class="quiet">{} · {} · <a href="{}" data-key="h" aria-keyshortcuts="h">history <kbd>h</kbd></a> · <a href="{}" data-key="w" aria-keyshortcuts="w">where each line comes from <kbd>w</kbd></a>{}</p>
{}<article class="entry" dir="auto"><h1 dir="auto">{}</h1>
{}</article>
{})",
          entry.path.empty() ? "(first page)" : entry.path, kb::entry_state_name(entry.state),
          history_address(entry.path), evidence_address(entry.path), waiting, about, entry.title,
          render_markdown(bytes.substr(end), 2, body_lines),
          front_matter_markup(bytes.substr(0, end), preview.changed, body_lines.empty())));
}

}  // namespace stubkeeper::cli
