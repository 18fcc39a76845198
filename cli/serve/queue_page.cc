#include <fmt/format.h>

#include <algorithm>

#include "cli/serve/addresses.h"
#include "cli/serve/page_layout.h"
#include "cli/serve/pages.h"
#include "cli/serve/queue_list.h"
#include "cli/serve/queue_target.h"
#include "cli/serve/search_results.h"
#include "cli/terminal/conflict_view.h"
#include "kb/entries/entry_store.h"
#include "kb/export/conflicts.h"
#include "kb/review/review_queue.h"
#include "review/change_number.h"
#include "review/flag_labels.h"

namespace stubkeeper::cli {
namespace {

// A value and what it is called.
using Choices = std::vector<std::pair<std::string, std::string>>;

Choices choices_with_counts(const std::vector<std::pair<std::string, int>>& counted_values) {
  Choices choices;
  for (const auto& [value, count] : counted_values)
    choices.emplace_back(value, fmt::format("{} ({})", value, count));
  return choices;
}

Choices labels_with_counts(const std::vector<std::pair<std::string, int>>& counted_flags) {
  Choices choices;
  for (const auto& [name, count] : counted_flags)
    choices.emplace_back(name, fmt::format("{} ({})", review::flag_label(name), count));
  return choices;
}

Markup choices(const std::string& name, const std::string& label, const std::string& chosen,
               const Choices& values) {
  Markup options = html(R"(<option value="">any</option>)");
  for (const auto& [value, called] : values) {
    if (value == chosen) {
      options += html(R"(<option value="{}" selected>{}</option>)", value, called);
    } else {
      options += html(R"(<option value="{}">{}</option>)", value, called);
    }
  }
  return html(R"(<p><label for="{}">{}</label> <select id="{}" name="{}">{}</select></p>
)",
              name, label, name, name, options);
}

Markup filter_form(const QueueFilter& filter, const kb::QueueFacets& possible) {
  const auto field = [&](const char* name) {
    const auto found = filter.fields().find(name);
    return found == filter.fields().end() ? std::string{} : found->second;
  };
  Fields kept = filter.fields();
  for (const char* name : {"entry", "words", "flag", "flagged", "kind"}) kept.erase(name);
  const Markup all =
      filter.is_narrowing()
          ? html(
                R"(<a class="button" href="/queue" data-key="W" aria-keyshortcuts="Shift+W">All <kbd>W</kbd></a>)")
          : Markup{};
  const Markup flagged =
      filter.changes().flagged == true
          ? Markup{}
          : html(
                R"(<a class="button" href="{}" data-key="F" aria-keyshortcuts="Shift+F">Only flagged <kbd>F</kbd></a>)",
                queue_address(filter.with("flagged", "yes")));
  return html(R"(<form class="filter card" action="/queue" aria-label="Filter">
<p><label for="entry">Entry or section</label> <input id="entry" name="entry" value="{}" maxlength="500" data-key="f" aria-keyshortcuts="f" title="Filter: an entry or section"></p>
{}{}{}<p><label for="words">Words</label> <input id="words" name="words" value="{}" maxlength="200"></p>
{}<p class="row"><button>Show</button> {} {}</p>
</form>
)",
              field("entry"),
              choices("flagged", "Flagged", field("flagged"), {{"no", "not flagged"}, {"yes", "flagged"}}),
              choices("flag", "Flag", field("flag"), labels_with_counts(possible.flags)),
              choices("kind", "Kind", field("kind"), choices_with_counts(possible.kinds)), field("words"),
              hidden_fields(kept), flagged, all);
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
  const Markup walk =
      queue.empty()
          ? Markup{}
          : html(R"(<p><a class="button primary" href="{}" data-key="s">Review these <kbd>s</kbd></a></p>
)",
                 "/review" + to_query_string(filter.fields()));
  return render_page(visit, {"Queue", "queue"},
                html(R"(<h1>Queue</h1>
<p>{}, {} flagged.</p>
{}{}{}{}{}{})",
                     format_count(static_cast<std::int64_t>(queue.size()), "change waits", "changes wait"),
                     flagged, walk, filter_form(filter, possible), conflicts_list(visit.store(), conflicts),
                     sections_table(filter, kb::group_by_section(queue)), list, found));
}

Result<Response> find_page(const Visit& visit) {
  const std::string words = visit.request.field("q");
  if (const auto id = review::parse_change_number(words)) return see_other(back_address(visit, *id));
  if (const auto id = parse_conflict_id(words)) return see_other(conflict_address(*id));
  return see_other("/queue" + (words.empty() ? "" : to_query_string({{"words", words}})));
}

}  // namespace stubkeeper::cli
