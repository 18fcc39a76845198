#include <fmt/format.h>

#include <algorithm>

#include "cli/commands/entry_argument.h"
#include "cli/serve/addresses.h"
#include "cli/serve/frame.h"
#include "cli/serve/markdown_markup.h"
#include "cli/serve/pages.h"
#include "entries/edit.h"
#include "entries/markdown/lines.h"
#include "kb/edit_json.h"
#include "kb/entry_store.h"
#include "kb/proposals.h"
#include "kb/review_queue.h"

namespace stubkeeper::cli {
namespace {

// The lines of `after`, from 1, of blocks that `before` has not.
std::set<std::size_t> changed_lines(const entries::Document& before, const entries::Document& after) {
  std::set<std::string_view> known;
  for (const entries::Block& block : before.blocks()) known.insert(entries::trimmed(before.text(block)));
  std::set<std::size_t> lines;
  for (const entries::Block& block : after.blocks()) {
    const std::string_view text = after.text(block);
    if (block.kind == entries::BlockKind::blank || known.contains(entries::trimmed(text))) continue;
    const auto many = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    for (std::size_t line = 0; line < std::max<std::size_t>(many, 1); ++line)
      lines.insert(block.first_line + line);
  }
  return lines;
}

struct Shown {
  std::string bytes;
  std::set<std::size_t> marked;
  std::string problem;  // why the change cannot be shown in it
};

// The entry's text with a change in it, the change's lines marked.
Result<Shown> with_change(const Visit& visit, const kb::Entry& entry, kb::Id change_id) {
  kb::EntryStore entries{visit.store()};
  STUBKEEPER_ASSIGN(const auto document, entries.document(entry.current_revision_id));
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{visit.store()}.get(change_id));
  Shown shown{document.document.print(), {}, ""};
  if (change.entry_id != entry.id) {
    shown.problem = fmt::format("Change {} is about another entry.", change_id);
    return shown;
  }
  STUBKEEPER_ASSIGN(const auto edit, kb::edit_from_json(change.edit_json));
  const auto edited = entries::apply_edit(document, edit);
  if (!edited.ok()) {
    shown.problem = "The change does not fit the entry as it is now: " + edited.error().message;
    return shown;
  }
  shown.bytes = *edited;
  shown.marked = changed_lines(document.document, entries::Document::parse(*edited));
  return shown;
}

// The body's own lines, counted from its first one.
std::set<std::size_t> in_body(const std::set<std::size_t>& lines, std::size_t before) {
  std::set<std::size_t> moved;
  for (const std::size_t line : lines) {
    if (line > before) moved.insert(line - before);
  }
  return moved;
}

Markup front_matter_markup(std::string_view text) {
  if (text.empty()) return {};
  return html(R"(<details><summary>Front matter</summary><pre>{}</pre></details>
)",
              text);
}

Result<Markup> waiting_line(const Visit& visit, const kb::Entry& entry) {
  if (entry.path.empty()) return Markup{};
  kb::ChangeFilter filter;
  filter.path = entry.path;
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(visit.store(), filter));
  if (queue.empty()) return Markup{};
  return html(R"( · <a href="{}" data-key="s">{}</a>)", "/review" + query_of({{"entry", entry.path}}),
              counted(static_cast<std::int64_t>(queue.size()), "change waits", "changes wait"));
}

}  // namespace

Result<Answer> entry_page(const Visit& visit, const std::string& path) {
  STUBKEEPER_ASSIGN(const auto entry, find_entry(visit.store(), path.empty() ? "_index" : path));
  const auto change = number_of(visit.request.field("with"));
  Shown shown;
  if (change) {
    STUBKEEPER_ASSIGN(shown, with_change(visit, entry, *change));
  } else {
    STUBKEEPER_ASSIGN(shown.bytes, kb::EntryStore{visit.store()}.current_bytes(entry));
  }
  const std::string_view bytes{shown.bytes};
  const std::size_t end = entries::FrontMatter::parse(bytes).end();
  const auto lines_before = static_cast<std::size_t>(
      std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
  const Markup about =
      !change ? Markup{}
      : shown.problem.empty()
          ? html(
                R"(<p class="notice">As it would read with <a href="{}" data-key="b">change {}</a> <kbd>b</kbd>; what is new is marked. <a href="#changed">Go there</a></p>
)",
                review_address({}, *change), *change)
          : html(R"(<p class="notice trouble">{}</p>
)",
                 shown.problem);
  STUBKEEPER_ASSIGN(const Markup waiting, waiting_line(visit, entry));
  return framed(
      visit, {entry.title.empty() ? entry.path : entry.title, "entries"},
      html(
          R"(<p class="quiet">{} · {} · <a href="{}">history</a> · <a href="{}">where each line comes from</a>{}</p>
{}<article class="entry"><h1>{}</h1>
{}</article>
{})",
          entry.path.empty() ? "(first page)" : entry.path, kb::entry_state_name(entry.state),
          history_address(entry.path), evidence_address(entry.path), waiting, about, entry.title,
          render_markdown(bytes.substr(end), 2, in_body(shown.marked, lines_before)),
          front_matter_markup(bytes.substr(0, end))));
}

}  // namespace stubkeeper::cli
