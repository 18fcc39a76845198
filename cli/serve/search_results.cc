#include "cli/serve/search_results.h"

#include "base/text/ascii.h"
#include "cli/serve/addresses.h"
#include "cli/serve/queue_list.h"
#include "kb/entries/entry_store.h"
#include "kb/review/review_queue.h"

namespace stubkeeper::cli {
namespace {

constexpr std::size_t max_results = 50;

Markup results_section(const char* id, const char* name, const Markup& list, bool all) {
  if (list.empty()) return {};
  const Markup more = all ? Markup{} : html(R"(<p class="quiet">And more; more words find less.</p>
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
    list += html(R"(<li><a href="{}"><b>{}</b> <span class="quiet">{}{}</span></a></li>
)",
                 entry_address(entry.path), entry.title.empty() ? entry.path : entry.title, entry.path,
                 entry.state == kb::EntryState::stub ? " · stub, not published yet" : "");
  }
  return results_section("entries", "Entries", list, found <= max_results);
}

}  // namespace

Result<Markup> search_outside_queue(kb::Store& store, const std::string& words) {
  STUBKEEPER_ASSIGN(const Markup decided, decided_changes(store, words));
  STUBKEEPER_ASSIGN(const Markup entries, find_entries_containing(store, words));
  return concat({decided, entries});
}

}  // namespace stubkeeper::cli
