#include "cli/serve/addresses.h"
#include "cli/serve/item_markup.h"
#include "cli/serve/page_layout.h"
#include "cli/serve/pages.h"
#include "review/conflict_item.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

// One side against what was exported last.
Markup side(const std::string& text, const std::vector<entries::WordRun>& runs) {
  const bool gone = text.find_first_not_of(" \r\n") == std::string::npos;
  return concat({html_if(gone, "<strong>All of it was taken out:</strong>\n"), word_runs_markup(runs)});
}

Markup changed_quotations_markup(const review::ConflictItem::Hunk& place) {
  Markup all;
  for (const review::ChangedQuotation& quotation : place.changed_quotations) {
    const kb::Citation& citation = quotation.citation;
    all += html(R"(<p class="notice trouble">{} · <a href="{}">what the source says</a></p>
)",
                review::describe_changed_quotation(quotation),
                snapshot_address(citation.snapshot_id, citation.begin_byte, citation.end_byte, 0));
  }
  return all;
}

Markup hunks_markup(const review::ConflictItem& item) {
  Markup all;
  for (const review::ConflictItem::Hunk& place : item.places) {
    const std::string changed = review::describe_store_change(place);
    const Markup by = html_if(!changed.empty(), "\n<p class=\"quiet\">{}</p>", changed);
    all += html(R"(<section class="sides three" aria-label="{}">
<div><h2>Last exported</h2><p dir="auto">{}</p></div>
<div><h2>In the store now</h2><p dir="auto">{}</p>{}</div>
<div><h2>In your file</h2><p dir="auto">{}</p></div></section>
{})",
                place.name, place.base, side(place.store, place.base_to_store), by,
                side(place.disk, place.base_to_disk), changed_quotations_markup(place));
  }
  return all;
}

Markup keep_form(const Visit& visit, const review::ConflictItem& item, const std::string& side,
                 const std::string& key, const std::string& text, const std::string& what,
                 const std::string& question) {
  if (!question.empty()) {
    return html(
        R"(<details class="panel" id="keep-{}"><summary data-key="{}" aria-keyshortcuts="{}"><span class="button">{} <kbd>{}</kbd></span> <span class="quiet">{}</span></summary>
<form method="post" action="/conflict" class="card">{}<input type="hidden" name="id" value="{}"><p>{}</p>
<p class="row"><button name="keep" value="{}" class="danger" data-choice="y">Yes <kbd>y</kbd></button> <span class="quiet keys-only">Esc closes</span></p></form></details>
)",
        side, key, key, text, key, what, csrf_field(visit), item.conflict.id, question, side);
  }
  return html(R"(<form method="post" action="/conflict">{}<input type="hidden" name="id" value="{}">
<button name="keep" value="{}" data-key="{}" aria-keyshortcuts="{}">{} <kbd>{}</kbd></button> <span class="quiet">{}</span></form>
)",
              csrf_field(visit), item.conflict.id, side, key, key, text, key, what);
}

Result<Markup> edit_form(const Visit& visit, const review::ConflictItem& item,
                         const std::string& submitted_text, const std::string& problem) {
  std::string text = submitted_text;
  if (problem.empty()) {
    STUBKEEPER_ASSIGN(text, review::text_with_conflict_markers(visit.store(), item.conflict));
  }
  return html(
      R"(<details class="panel" id="edit"{}><summary data-key="e" aria-keyshortcuts="e"><span class="button">Edit both <kbd>e</kbd></span></summary>
<form method="post" action="/conflict" class="card">{}<input type="hidden" name="id" value="{}">{}
<p><label for="text">The whole page; where the two differ, both texts stand between marks. Take the marks out.</label>
<textarea id="text" name="text" rows="20" dir="auto" required data-cursor-at="{}">
{}</textarea></p>
<p class="row"><button name="keep" value="edit" class="primary">Keep my text</button> <span class="quiet keys-only">Ctrl+Enter keeps it, Esc closes</span></p></form></details>
)",
      html_if(!problem.empty(), " open"), csrf_field(visit), item.conflict.id, problem_markup(problem),
      entries::ours_conflict_marker, text);
}

// The way on from a conflict that waits no more, and back to before it was settled.
Markup decided_actions(const Visit& visit, const review::ConflictItem& item, const std::string& problem) {
  const Markup undo =
      html_if(item.conflict.state == kb::ConflictState::decided,
              R"(<form method="post" action="/conflict">{}<input type="hidden" name="id" value="{}">
<button name="do" value="undo" data-key="u" aria-keyshortcuts="u">Undo <kbd>u</kbd></button> <span class="quiet">it waits again, with its three texts</span></form>
)",
              csrf_field(visit), item.conflict.id);
  return html(
      R"({}<p class="said">This is {} already. <a href="{}" data-key="s" data-escape aria-keyshortcuts="s">Go on <kbd>s</kbd></a></p>
{})",
      problem_markup(problem), kb::conflict_state_name(item.conflict.state),
      "/review" + to_query_string(visit.browser.filter), undo);
}

Result<Response> make_conflict_page(const Visit& visit, kb::Id id, const std::string& submitted_text,
                                    const std::string& problem) {
  STUBKEEPER_ASSIGN(const auto item, review::conflict_item(visit.store(), id));
  const std::string name = kb::conflict_name(id);
  const std::string review = "/review" + to_query_string(visit.browser.filter);
  const bool waits = item.conflict.state == kb::ConflictState::waiting;
  Markup actions;
  if (!waits) {
    actions = decided_actions(visit, item, problem);
  } else {
    STUBKEEPER_ASSIGN(const Markup edit, edit_form(visit, item, submitted_text, problem));
    actions = concat(
        {keep_form(visit, item, "disk", "d", "Keep what is on disk", item.keep_disk_effect,
                   item.keep_disk_question),
         keep_form(visit, item, "store", "t", "Keep what is in the store", item.keep_store_effect,
                   item.keep_store_question),
         edit,
         html(
             R"(<a class="button" href="{}" data-key="s" data-escape aria-keyshortcuts="s">Skip <kbd>s</kbd></a>
)",
             review)});
  }
  const bool was_undone = waits && visit.request.field("undone") == "1";
  const Markup undone = html_if(was_undone, R"(<p class="notice" role="status">Undone: {} waits again.</p>
)",
                                name);
  return render_page(
      visit, {name + " " + item.entry_path, "review"},
      html(
          R"(<article class="item"><header class="where"><h1><a href="{}"><bdi>{}</bdi></a> <span class="place">{}</span></h1>
<p class="quiet">Conflict {} · {}: {} · <a href="{}" data-key="h" aria-keyshortcuts="h">history <kbd>h</kbd></a></p></header>
{}{}<div class="actions column" role="group" aria-label="Decide">
{}</div></article>
)",
          entry_address(item.entry_path), item.entry_path, item.kind, name,
          item.conflict.folder + "/" + item.conflict.file, item.description,
          history_address(item.entry_path) + to_query_string({{"conflict", name}}), undone,
          hunks_markup(item), actions));
}

}  // namespace

Result<Response> conflict_page(const Visit& visit, const std::string& word) {
  const auto id = review::parse_conflict_id(word);
  if (!id) return Error{ErrorCode::not_found, "there is no conflict " + word, "", ""};
  return make_conflict_page(visit, *id, "", "");
}

Result<Response> undo_conflict(const Visit& visit, std::int64_t id) {
  const Environment& environment = visit.session.environment;
  const Status undone =
      review::undo(visit.store(), environment.files, {{}, {}, id}, visit.kb.person(), environment.clock);
  const bool is_outdated = !undone.ok() && undone.error().code == ErrorCode::conflict;
  // Kept if the store failed, to be tried again.
  if (!undone.ok() && !is_outdated) return undone.error();
  std::erase_if(visit.browser.decided,
                [&](const BrowserDecision& decision) { return decision.step.conflict == id; });
  if (is_outdated) return make_conflict_page(visit, id, "", undone.error().text());
  return see_other(conflict_address(id) + to_query_string({{"undone", "1"}}));
}

Result<Response> decide_on_conflict(const Visit& visit) {
  const auto id = review::parse_id(visit.request.field("id"));
  if (id && visit.request.field("do") == "undo") return undo_conflict(visit, *id);
  const auto keep = kb::conflict_resolution_from_name(visit.request.field("keep"));
  if (!id || !keep)
    return Error{ErrorCode::invalid_argument, "the form names no conflict or no side", "", ""};
  std::string text;
  if (*keep == kb::ConflictResolution::edit) {
    text = review::ensure_final_newline(visit.request.field("text"));
    if (review::has_conflict_markers(text))
      return make_conflict_page(visit, *id, text, "the text still has the marks of the conflict");
  }
  const Status decided =
      kb::Conflicts{visit.store()}.decide(*id, *keep, text, visit.kb.person(), visit.now());
  if (!decided.ok() && decided.error().code == ErrorCode::conflict)
    return make_conflict_page(visit, *id, text, decided.error().text());
  STUBKEEPER_TRY(decided);
  visit.browser.push_decision({0, {{}, {}, *id}});
  Fields fields = visit.browser.filter;
  fields["settled"] = std::to_string(*id);
  return see_other("/review" + to_query_string(fields));
}

}  // namespace stubkeeper::cli
