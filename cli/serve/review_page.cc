#include <fmt/format.h>

#include <algorithm>

#include "cli/serve/addresses.h"
#include "cli/serve/item_markup.h"
#include "cli/serve/page_layout.h"
#include "cli/serve/pages.h"
#include "cli/serve/review_form.h"
#include "kb/entries/entry_store.h"
#include "kb/export/conflicts.h"
#include "kb/review/proposals.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

// The notice of a settled conflict.
Result<Markup> resolved_notice(const Visit& visit, kb::Id id) {
  const auto conflict = kb::Conflicts{visit.store()}.get(id);
  if (!conflict.ok() || conflict->state == kb::ConflictState::waiting) return Markup{};
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{visit.store()}.get(conflict->entry_id));
  const char* kept = conflict->verdict == "disk"    ? "what is on disk was kept"
                     : conflict->verdict == "store" ? "what is in the store was kept"
                                                    : "your text was kept";
  return html(
      R"(<p class="notice" role="status">{} is settled: {} of <a href="{}">{}</a>. Its <a href="{}">history</a> has what was there before.</p>
)",
      kb::conflict_name(id), kept, entry_address(entry.path), entry.path, history_address(entry.path));
}

// The result of verifying a person's text.
std::string describe_check(const kb::Change& change) {
  if (change.citations.empty()) return "; there are no quotes to check it against";
  const std::string against = review::describe_flags(change.flags);
  return against.empty() ? ", checked against its quotes" : ", though it is flagged: " + against;
}

// The notice of the decision before this page. Its words are the store's, so that an address from
// elsewhere cannot choose them.
Result<Markup> notice(const Visit& visit) {
  if (const auto resolved = review::parse_id(visit.request.field("settled")))
    return resolved_notice(visit, *resolved);
  const auto of = review::parse_id(visit.request.field("of"));
  const std::string note = visit.request.field("note");
  if (!of || note.empty()) return Markup{};
  const auto change = kb::Proposals{visit.store()}.get(*of);
  if (!change.ok()) return Markup{};
  const std::string state = kb::change_state_name(change->state);
  Markup text;
  if (note == "seen-otherwise") {
    text = html("Change {} is not what you saw any more: nothing was decided. Look at it again.", *of);
  } else if (note == "missed") {
    STUBKEEPER_ASSIGN(const auto decisions, kb::Proposals{visit.store()}.decisions(*of));
    text = decisions.empty() ? html("Change {} is {} by now: nothing was decided.", *of, state)
                             : html("Change {} is {} already, by {}: nothing was decided.", *of, state,
                                    decisions.back().decided_by);
  } else if (note == "none-of-them") {
    text = html("All of them were left out: nothing was decided.");
  } else if (note == "undone") {
    text = html("Undone: change {} is {}.", *of, state);
  } else if (note == "undo-refused" && change->state == kb::ChangeState::approved) {
    text = html(
        "Change {} stays approved: the words that it brought were changed since. Undo that first, or put an "
        "earlier text back with stubkeeper revert.",
        *of);
  } else if (note == "undone-already") {
    text = html("That was taken back already.");
  } else if (note == "never") {
    text =
        html("Change {} is {}, and nothing of that sort is proposed for its entry again; undo takes it back.",
             *of, state);
  } else if (note == "split") {
    text = html("Split: this is the first of {}.", review::parse_id(visit.request.field("many")).value_or(0));
  } else if (note == "all-unflagged") {
    STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{visit.store()}.get(change->entry_id));
    text = html(R"({} of <a href="{}">{}</a> approved; undo takes them back together.)",
                format_count(review::parse_id(visit.request.field("many")).value_or(0), "unflagged change",
                             "unflagged changes"),
                entry_address(entry.path), entry.path);
  } else if (note == "edited") {
    text = html("Change {} is {} with your text{}.", *of, state, describe_check(*change));
  } else if (note == "moved" && change->state == kb::ChangeState::approved) {
    STUBKEEPER_ASSIGN(const auto decisions, kb::Proposals{visit.store()}.decisions(*of));
    text = html("Change {} is approved under “{}”{}.", *of,
                decisions.empty() ? std::string{} : decisions.back().moved_to, describe_check(*change));
  } else if (note == "skipped" && change->state == kb::ChangeState::waiting) {
    text = html("Change {} waits.", *of);
  } else {
    text = html("Change {} is {}.", *of, state);
  }
  const bool trouble = note == "seen-otherwise" || note == "missed" || note == "undo-refused";
  return html(R"(<p class="notice{}" role="status">{}</p>
)",
              trouble ? " trouble" : "", text);
}

std::size_t count_changes(const std::vector<BrowserDecision>& decided) {
  std::size_t all = 0;
  for (const BrowserDecision& each : decided) all += std::max<std::size_t>(each.step.changes.size(), 1);
  return all;
}

Markup filter_term_markup(const std::string& name, const std::string& value) {
  if (name == "entry") return html("under <b>{}</b>", value);
  if (name == "flagged") return value == "yes" ? html("<b>flagged</b>") : html("<b>unflagged</b>");
  if (name == "flag") return html("flagged <b>{}</b>", review::flag_label(value));
  if (name == "first") return value == "yes" ? html("<b>first look</b>") : html("<b>news</b>");
  if (name == "words") return html("with <b>{}</b>", value);
  return html("{} <b>{}</b>", name, value);
}

// The filter, with links to all changes and to the flagged ones: at the change that is shown, or at
// the first one for 0.
Markup filter_line(const QueueFilter& filter, kb::Id change_id) {
  const auto to = [&](const QueueFilter& other) {
    return change_id == 0 ? "/review" + to_query_string(other.fields())
                          : review_address_from(other, change_id);
  };
  const bool flagged = filter.changes().flagged == true;
  const Markup to_flagged = html_if(
      !flagged, R"( <a href="{}" data-key="F" aria-keyshortcuts="Shift+F">only flagged <kbd>F</kbd></a>)",
      to(filter.with("flagged", "yes")));
  if (!filter.is_narrowing()) return to_flagged;
  Markup words;
  for (const auto& [name, value] : filter.fields())
    words += html("{}{}", words.empty() ? "" : ", ", filter_term_markup(name, value));
  return html(
      R"(<span>only {} (<a href="{}" data-key="W" aria-keyshortcuts="Shift+W">all <kbd>W</kbd></a>)</span>{})",
      words, to(QueueFilter{}), to_flagged);
}

Markup keys_help() {
  constexpr const char* keys[][2] = {
      {"a", "approve: the change goes into the entry; a flagged one asks once more"},
      {"r", "reject, with a reason; it is not proposed again"},
      {"e", "edit the text, and approve what you wrote"},
      {"m", "move it to another part of the entry, shown there before you approve it"},
      {"s", "skip: it waits for the next time"},
      {"b", "back to the one before"},
      {"A", "approve all changes of this entry that have no flag"},
      {"u", "undo your last decision"},
      {"x", "split it, where it says several things, to decide on each"},
      {"n", "never again: from this source, this passage, or this kind"},
      {"p", "read it in the entry, as it would be"},
      {"v", "view the stored snapshot at the quote"},
      {"f", "the queue: choose by section, flag or kind"},
      {"F W", "only flagged ones, and all of them again"},
      {"R Q E O", "review, queue, entries, overview"},
      {"c", "files that were edited by hand, where one waits"},
      {"/", "search, or go to a change by its number"},
      {"?", "these keys; again or Esc, back to where you were"}};
  Markup rows;
  for (const auto& [key, meaning] : keys) rows += html("<dt><kbd>{}</kbd></dt><dd>{}</dd>\n", key, meaning);
  return html(
      R"(<details class="keys keys-only"><summary data-key="?" aria-keyshortcuts="?">All keys <kbd>?</kbd></summary>
<dl>
{}</dl><p>Decisions are stored when they are made: you can leave at any time.</p></details>
)",
      rows);
}

Result<Markup> conflicts_notice(const Visit& visit) {
  STUBKEEPER_ASSIGN(const auto conflicts, kb::Conflicts{visit.store()}.waiting());
  if (conflicts.empty()) return Markup{};
  return html(
      R"(<p class="notice trouble">{} edited by hand where the store has something newer too. <a href="{}" data-key="c" aria-keyshortcuts="c">Settle that first <kbd>c</kbd></a></p>
)",
      format_count(static_cast<std::int64_t>(conflicts.size()), "file was", "files were"),
      conflict_address(conflicts.front().id));
}

// The page after the last waiting change.
Result<Response> end_of_queue(const Visit& visit, const QueueFilter& filter, std::size_t left,
                              const Markup& above) {
  const Markup undo = visit.browser.decided.empty() ? Markup{} : undo_form(visit, filter);
  Markup rest;
  if (left > 0) {
    const Markup all = html_if(
        filter.is_narrowing(),
        R"( · <a href="/review" data-key="W" aria-keyshortcuts="Shift+W">All that waits <kbd>W</kbd></a>)");
    rest = html(
        R"(<p>{}{}: skipped, or before where you came in. <a href="{}" data-key="s">From the beginning <kbd>s</kbd></a>{}</p>
)",
        format_count(static_cast<std::int64_t>(left), "change still waits", "changes still wait"),
        filter.is_narrowing() ? " that the filter lets pass" : "",
        "/review" + to_query_string(filter.fields()), all);
  } else if (filter.is_narrowing()) {
    rest = html(
        R"(<p>Nothing else waits here. <a href="/review" data-key="s">Go on with the rest <kbd>s</kbd></a></p>
)");
  } else {
    rest = html(
        R"(<p>Nothing waits for review. What you approved goes into your site with <code>stubkeeper export</code>.</p>
)");
  }
  const char* title = left > 0                ? "That was the last one"
                      : filter.is_narrowing() ? "Nothing more of that sort"
                                              : "All clear";
  return render_page(visit, {title, "review"},
                     html(R"({}<div class="empty"><h1>{}</h1>
{}{}</div>
)",
                          above, title, rest, undo));
}

}  // namespace

Result<Response> make_review_page(const Visit& visit, const QueueTarget& target, const RejectedText& refused,
                                  const std::string& moved_to) {
  STUBKEEPER_ASSIGN(const auto filter, QueueFilter::from(visit.request));
  STUBKEEPER_ASSIGN(const auto found, locate_in_queue(visit.store(), filter, target));
  visit.browser.filter = filter.fields();
  STUBKEEPER_ASSIGN(const Markup said, notice(visit));
  STUBKEEPER_ASSIGN(const Markup conflicts, conflicts_notice(visit));
  if (found.change_id == 0)
    return end_of_queue(visit, filter, found.place.waiting, concat({said, conflicts}));
  STUBKEEPER_ASSIGN(const auto item, review::review_item(visit.store(), found.change_id, visit.now()));
  STUBKEEPER_ASSIGN(const Markup form, review_form(visit, item, filter, found.place, refused, moved_to));
  const std::size_t decided = count_changes(visit.browser.decided);
  const Markup so_far = html_if(decided != 0, "<span>{} decided</span>", decided);
  const Markup position =
      item.change.state == kb::ChangeState::waiting
          ? html(
                R"(<p class="position"><span><b>{}</b> of {} left</span>{}{} <a class="quiet" href="{}" data-key="f" aria-keyshortcuts="f">filter <kbd>f</kbd></a></p>
<progress max="{}" value="{}" aria-label="Place in the queue"></progress>
)",
                found.place.position, found.place.waiting, so_far, filter_line(filter, item.change.id),
                queue_address(filter), decided + found.place.waiting, decided + found.place.position - 1)
          : html(R"(<p class="position"><span>{} left</span>{}{}</p>
)",
                 found.place.waiting, so_far, filter_line(filter, item.change.id));
  const std::string title =
      fmt::format("{}/{} {}", found.place.position, found.place.waiting, item.entry_path);
  return render_page(visit, {title, "review"},
                     html(R"({}{}<article class="item">
{}{}</article>
{}{})",
                          said, conflicts, position, item_markup(item), form, keys_help()));
}

Result<Response> review_page(const Visit& visit) {
  return make_review_page(visit, parse_queue_target(visit.request), {}, visit.request.field("part"));
}

}  // namespace stubkeeper::cli
