#include "cli/arguments.h"
#include "cli/serve/addresses.h"
#include "cli/serve/item_markup.h"
#include "cli/serve/page_layout.h"
#include "cli/serve/pages.h"
#include "entries/block_diff.h"
#include "kb/entries/entry_store.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

// The entry whose history it is, and the conflict that led there, which each of its addresses
// keeps.
struct HistoryView {
  const kb::Entry& entry;
  Fields conflict;

  std::string difference_address(int from, int to) const {
    Fields fields = conflict;
    fields["from"] = std::to_string(from);
    fields["to"] = std::to_string(to);
    return history_address(entry.path) + to_query_string(fields) + "#difference";
  }
};

Fields conflict_field(const Visit& visit) {
  const std::string name = visit.request.field("conflict");
  return review::parse_conflict_id(name) ? Fields{{"conflict", name}} : Fields{};
}

// Escape leads to where the page was opened from.
Markup back_links(const HistoryView& history) {
  const std::string entry = entry_address(history.entry.path);
  const auto conflict = history.conflict.find("conflict");
  if (conflict == history.conflict.end())
    return html(R"(<a href="{}" data-key="b" data-escape aria-keyshortcuts="b">the entry <kbd>b</kbd></a>)",
                entry);
  return html(
      R"(<a href="{}" data-key="c" data-escape aria-keyshortcuts="c">back to conflict {} <kbd>c</kbd></a> · <a href="{}" data-key="b" aria-keyshortcuts="b">the entry <kbd>b</kbd></a>)",
      "/conflict/" + conflict->second, conflict->second, entry);
}

Result<Markup> difference(const Visit& visit, const kb::Entry& entry, int from, int to) {
  kb::EntryStore entries{visit.store()};
  STUBKEEPER_ASSIGN(const auto before, entries.revision_by_number(entry.id, from));
  STUBKEEPER_ASSIGN(const auto after, entries.revision_by_number(entry.id, to));
  STUBKEEPER_ASSIGN(const auto old_bytes, entries.bytes(before));
  STUBKEEPER_ASSIGN(const auto new_bytes, entries.bytes(after));
  return html(R"(<section aria-labelledby="difference"><h2 id="difference">From revision {} to {}</h2>
{}</section>
)",
              from, to, difference_markup(entries::block_diff(old_bytes, new_bytes), false));
}

Markup revision_row(const HistoryView& history, const kb::Revision& revision) {
  const Markup changed = html_if(revision.number != 1, R"(<a href="{}">what changed</a>)",
                                 history.difference_address(revision.number - 1, revision.number));
  return html(
      R"(<tr><th scope="row">{}</th><td>{}</td><td>{} <span class="quiet">({})</span></td><td>{}</td><td>{}</td></tr>
)",
      revision.number, timestamp_markup(revision.created_at), revision.author,
      kb::author_kind_name(revision.author_kind), revision.note, changed);
}

Markup compare_form(const HistoryView& history, int newest) {
  if (newest < 3) return {};
  return html(R"(<form class="row" action="{}">{}<label for="from">From revision</label>
<input id="from" name="from" type="number" min="1" max="{}" value="1" required>
<label for="to">to</label> <input id="to" name="to" type="number" min="1" max="{}" value="{}" required>
<button>Compare</button></form>
)",
              history_address(history.entry.path), hidden_fields(history.conflict), newest, newest, newest);
}

}  // namespace

Result<Response> history_page(const Visit& visit, const std::string& path) {
  STUBKEEPER_ASSIGN(const auto entry, find_entry(visit.store(), path.empty() ? "_index" : path));
  STUBKEEPER_ASSIGN(const auto revisions, kb::EntryStore{visit.store()}.revisions(entry.id));
  const auto from = review::parse_id(visit.request.field("from"));
  const auto to = review::parse_id(visit.request.field("to"));
  Markup compared;
  if (from && to) {
    STUBKEEPER_ASSIGN(compared, difference(visit, entry, static_cast<int>(*from), static_cast<int>(*to)));
  }
  const HistoryView history{entry, conflict_field(visit)};
  Markup rows;
  for (auto revision = revisions.rbegin(); revision != revisions.rend(); ++revision)
    rows += revision_row(history, *revision);
  return render_page(
      visit, {"History of " + entry.path, "entries"},
      html(R"(<h1>{}</h1>
<p class="quiet">{} · {} · <a href="{}" data-key="w" aria-keyshortcuts="w">where each line comes from <kbd>w</kbd></a></p>
{}<div class="wide" tabindex="0" role="region" aria-label="Revisions"><table><caption>Revisions, newest first</caption>
<thead><tr><th scope="col">No.</th><th scope="col">When</th><th scope="col">By</th><th scope="col">Why</th><th scope="col">Difference</th></tr></thead>
<tbody>
{}</tbody></table></div>
{})",
           entry.title, entry.path, back_links(history), evidence_address(entry.path),
           compare_form(history, revisions.empty() ? 0 : revisions.back().number), rows, compared));
}

}  // namespace stubkeeper::cli
