#include <fmt/format.h>

#include <algorithm>

#include "base/text/ascii.h"
#include "cli/serve/addresses.h"
#include "cli/serve/page_layout.h"
#include "cli/serve/pages.h"
#include "kb/entries/entry_store.h"
#include "kb/export/conflicts.h"
#include "kb/review/review_queue.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

constexpr std::size_t max_lines = 100;

// Values with their labels.
using Choices = std::vector<std::pair<std::string, std::string>>;

Choices with_counts(const std::vector<std::pair<std::string, int>>& counts, bool are_flags) {
  Choices choices;
  for (const auto& [value, count] : counts)
    choices.emplace_back(value, fmt::format("{} ({})", are_flags ? review::flag_label(value) : value, count));
  return choices;
}

Markup choices(const std::string& name, const std::string& label, const std::string& chosen,
               const Choices& values) {
  Markup options = html(R"(<option value="">any</option>)");
  for (const auto& [value, text] : values) {
    options +=
        html(R"(<option value="{}"{}>{}</option>)", value, html_if(value == chosen, " selected"), text);
  }
  return html(R"(<p><label for="{}">{}</label> <select id="{}" name="{}">{}</select></p>
)",
              name, label, name, name, options);
}

Markup filter_form(const QueueFilter& filter, const kb::QueueFacets& possible) {
  Fields kept = filter.fields();
  for (const char* name : {"entry", "words", "flag", "flagged", "kind", "first"}) kept.erase(name);
  const Markup all = html_if(
      filter.is_narrowing(),
      R"(<a class="button" href="/queue" data-key="W" aria-keyshortcuts="Shift+W">All <kbd>W</kbd></a>)");
  const Markup flagged = html_if(
      filter.changes().flagged != true,
      R"(<a class="button" href="{}" data-key="F" aria-keyshortcuts="Shift+F">Only flagged <kbd>F</kbd></a>)",
      queue_address(filter.with("flagged", "yes")));
  return html(
      R"(<form class="filter card" action="/queue" aria-label="Filter">
<p><label for="entry">Entry or section</label> <input id="entry" name="entry" value="{}" maxlength="500" data-key="f" aria-keyshortcuts="f" title="Filter: an entry or section"></p>
{}{}{}{}<p><label for="words">Words</label> <input id="words" name="words" value="{}" maxlength="200"></p>
{}<p class="row"><button>Show</button> {} {}</p>
</form>
)",
      filter.field("entry"),
      choices("flagged", "Flagged", filter.field("flagged"), {{"no", "not flagged"}, {"yes", "flagged"}}),
      choices("flag", "Flag", filter.field("flag"), with_counts(possible.flags, true)),
      choices("kind", "Kind", filter.field("kind"), with_counts(possible.kinds, false)),
      choices("first", "First look", filter.field("first"), {{"no", "news"}, {"yes", "first look"}}),
      filter.field("words"), hidden_fields(kept), flagged, all);
}

Markup sections_table(const QueueFilter& filter, const std::vector<kb::QueuedSection>& sections) {
  if (sections.size() < 2) return {};
  Markup rows;
  for (const kb::QueuedSection& section : sections) {
    const Markup name =
        section.path.empty()
            ? html("(top)")
            : html(R"(<a href="{}">{}</a>)", queue_address(filter.with("entry", section.path)), section.path);
    rows += html(R"(<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>
)",
                 name, section.entries, section.changes, section.flagged);
  }
  return html(
      R"(<div class="wide" tabindex="0" role="region" aria-label="By section"><table><caption>By section</caption>
<thead><tr><th scope="col">Section</th><th scope="col">Entries</th><th scope="col">Changes</th><th scope="col">Flagged</th></tr></thead>
<tbody>
{}</tbody></table></div>
)",
      rows);
}

Markup conflicts_list(kb::Store& store, const std::vector<kb::Conflict>& conflicts) {
  Markup list;
  for (const kb::Conflict& conflict : conflicts) {
    const auto entry = kb::EntryStore{store}.get(conflict.entry_id);
    list += html(R"(<li><a href="{}"><b>{}</b> {}</a></li>
)",
                 conflict_address(conflict.id), kb::conflict_name(conflict.id),
                 entry.ok() ? entry->path : conflict.file);
  }
  if (list.empty()) return {};
  return html(R"(<section><h2>Files edited by hand</h2><ul class="queue">
{}</ul></section>
)",
              list);
}

// A waiting change in one line. `flags`: names of unresolved ones; `state` is shown unless it is
// "".
Markup queue_item_markup(const kb::QueuedChange& change, const std::string& address,
                         const std::vector<std::string>& flags, const std::string& state) {
  Markup marks;
  for (const std::string& flag : flags)
    marks += html(R"( <span class="mark">{}</span>)", review::flag_label(flag));
  if (!state.empty()) marks += html(R"( <span class="quiet">{}</span>)", state);
  return html(
      R"(<li><a href="{}"><b>{}</b> <span class="quiet">{}</span>{} <span class="beginning" dir="auto">{}</span></a></li>
)",
      address, change.id, review::label_kind(change.kind, change.first_look_source_id), marks,
      review::to_plain_text_line(change.excerpt));
}

// Waiting changes below the names of their entries: the first hundred, and how many more there are.
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
  const Markup more = html_if(queue.size() > max_lines,
                              R"(<p class="quiet">{} more; choose a section, or walk through them.</p>)",
                              queue.size() - max_lines);
  return html(R"(<ul class="queue" data-walk>
{}</ul>
{})",
              list, more);
}

constexpr std::size_t max_results = 50;

Markup results_section(const char* id, const char* name, const Markup& list, bool all) {
  if (list.empty()) return {};
  const Markup more = html_if(!all, R"(<p class="quiet">And more; more words find less.</p>
)");
  return html(R"(<section aria-labelledby="{}"><h2 id="{}">{}</h2>
<ul class="queue">
{}</ul>
{}</section>
)",
              id, id, name, list, more);
}

Result<Markup> decided_changes(kb::Store& store, const std::string& words) {
  kb::ChangeFilter with_words;
  with_words.state.reset();
  with_words.words = words;
  STUBKEEPER_ASSIGN(const auto changes, kb::review_queue(store, with_words));
  Markup list;
  std::size_t found = 0;
  for (const kb::QueuedChange& change : changes) {
    if (change.state == kb::ChangeState::waiting || ++found > max_results) continue;
    list += queue_item_markup(change, review_address({}, change.id), {}, kb::change_state_name(change.state));
  }
  return results_section("decided", "Changes that wait no more", list, found <= max_results);
}

Result<Markup> find_entries_containing(kb::Store& store, const std::string& words) {
  kb::EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  const std::string wanted = ascii_lower(words);
  Markup list;
  std::size_t found = 0;
  for (const kb::Entry& entry : all) {
    if (entry.state == kb::EntryState::removed) continue;
    bool has = ascii_lower(entry.path + "\n" + entry.title).find(wanted) != std::string::npos;
    if (!has) {
      STUBKEEPER_ASSIGN(const std::string text, entries.current_bytes(entry));
      has = ascii_lower(text).find(wanted) != std::string::npos;
    }
    if (!has) continue;
    if (++found > max_results) break;
    list += html(R"(<li><a href="{}"><b><bdi>{}</bdi></b> <span class="quiet">{}{}</span></a></li>
)",
                 entry_address(entry.path), entry.title.empty() ? entry.path : entry.title, entry.path,
                 entry.state == kb::EntryState::stub ? " · stub, not published yet" : "");
  }
  return results_section("entries", "Entries", list, found <= max_results);
}

// Other matches: changes that wait no more, and entries, by path, title or text (ASCII
// letters in any case).
Result<Markup> search_outside_queue(kb::Store& store, const std::string& words) {
  STUBKEEPER_ASSIGN(const Markup decided, decided_changes(store, words));
  STUBKEEPER_ASSIGN(const Markup entries, find_entries_containing(store, words));
  return concat({decided, entries});
}

}  // namespace

Result<Response> queue_page(const Visit& visit) {
  STUBKEEPER_ASSIGN(const auto filter, QueueFilter::from(visit.request));
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(visit.store(), filter.changes()));
  STUBKEEPER_ASSIGN(const auto possible, kb::queue_facets(visit.store()));
  STUBKEEPER_ASSIGN(const auto conflicts, kb::Conflicts{visit.store()}.waiting());
  visit.browser.filter = filter.fields();
  STUBKEEPER_ASSIGN(const Markup list, queue_list(visit.store(), filter, queue));
  STUBKEEPER_ASSIGN(const Markup found, filter.changes().words.empty()
                                            ? Result<Markup>{Markup{}}
                                            : search_outside_queue(visit.store(), filter.changes().words));
  const auto flagged = std::count_if(queue.begin(), queue.end(),
                                     [](const kb::QueuedChange& change) { return change.flags > 0; });
  const Markup walk = html_if(
      !queue.empty(), R"(<p><a class="button primary" href="{}" data-key="s">Review these <kbd>s</kbd></a></p>
)",
      "/review" + to_query_string(filter.fields()));
  return render_page(
      visit, {"Queue", "queue"},
      html(R"(<h1>Queue</h1>
<p>{}, {} flagged.</p>
{}{}{}{}{}{})",
           format_count(static_cast<std::int64_t>(queue.size()), "change waits", "changes wait"), flagged,
           walk, filter_form(filter, possible), conflicts_list(visit.store(), conflicts),
           sections_table(filter, kb::group_by_section(queue)), list, found));
}

Result<Response> find_page(const Visit& visit) {
  const std::string words = visit.request.field("q");
  if (const auto id = review::parse_change_id(words))
    return see_other(back_address(visit.browser.filter, *id));
  if (const auto id = review::parse_conflict_id(words)) return see_other(conflict_address(*id));
  return see_other("/queue" + (words.empty() ? "" : to_query_string({{"words", words}})));
}

}  // namespace stubkeeper::cli
