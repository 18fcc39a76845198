#include "cli/serve/review_form.h"

#include "cli/serve/frame.h"
#include "kb/edit_json.h"
#include "kb/review.h"
#include "schema/base/sha256.h"

namespace stubkeeper::cli {
namespace {

// What each form about a change carries: whose it is, what was seen, where to go on.
Markup form_fields(const Visit& visit, const ReviewItem& item, const QueueFilter& filter,
                   const QueuePlace& place) {
  return html(
      R"({}{}<input type="hidden" name="id" value="{}"><input type="hidden" name="seen" value="{}"><input type="hidden" name="next" value="{}">)",
      form_token(visit), hidden_fields(filter.fields()), item.change.id, item.seen, place.after);
}

Markup key_link(const std::string& key, const std::string& address, const std::string& text, bool there) {
  if (!there)
    return html(R"(<span class="button off">{} <kbd>{}</kbd></span>
)",
                text, key);
  return html(R"(<a class="button" href="{}" data-key="{}" aria-keyshortcuts="{}">{} <kbd>{}</kbd></a>
)",
              address, key, key, text, key);
}

Markup reasons() {
  constexpr const char* short_list[] = {"old news",
                                        "not about this entry",
                                        "too small to matter",
                                        "the source does not say it",
                                        "not a source to rely on",
                                        "badly put"};
  Markup all;
  int number = 0;
  for (const char* reason : short_list) {
    ++number;
    all +=
        html(R"(<label><input type="radio" name="reason" value="{}" data-digit="{}"> <kbd>{}</kbd> {}</label>
)",
             reason, number, number, reason);
  }
  return all;
}

Markup reject_panel(const Markup& fields) {
  return html(
      R"(<details class="panel" id="reject"><summary data-key="r" aria-keyshortcuts="r"><span class="button">Reject <kbd>r</kbd></span></summary>
<form method="post" action="/review" class="card">{}
<fieldset><legend>Why? The drafter is told, and it is not proposed again.</legend>
<div class="choices">{}</div></fieldset>
<p><label for="own-reason">Or in your own words</label>
<input id="own-reason" name="own-reason" maxlength="500" autocomplete="off"></p>
<p class="row"><button name="do" value="reject" class="danger">Reject it</button> <span class="quiet keys-only">a digit rejects at once, Enter with your words, Esc closes</span></p>
</form></details>
)",
      fields, reasons());
}

Markup edit_panel(const std::string& text, const std::string& problem, const Markup& fields) {
  const Markup said = problem.empty() ? Markup{} : html(R"(<p class="problem" role="alert">{}</p>)", problem);
  return html(
      R"(<details class="panel" id="edit"{}><summary data-key="e" aria-keyshortcuts="e"><span class="button">Edit <kbd>e</kbd></span></summary>
<form method="post" action="/review" class="card">{}{}
<p><label for="text">Your text in its place, as Markdown. It is kept as yours, and checked against the quotes again.</label>
<textarea id="text" name="text" rows="6" required>
{}</textarea></p>
<p class="row"><button name="do" value="edit" class="primary">Approve my text</button> <span class="quiet keys-only">Ctrl+Enter approves, Esc closes</span></p>
</form></details>
)",
      problem.empty() ? Markup{} : html(" open"), fields, said, text);
}

Markup undo_form(const Visit& visit, const QueueFilter& filter) {
  if (visit.browser.decided.empty())
    return html(R"(<span class="button off">Undo <kbd>u</kbd></span>
)");
  const kb::Id last = visit.browser.decided.back();
  return html(R"(<form method="post" action="/review">{}{}<input type="hidden" name="id" value="{}">
<button name="do" value="undo" data-key="u" aria-keyshortcuts="u">Undo {} <kbd>u</kbd></button></form>
)",
              form_token(visit), hidden_fields(filter.fields()), last, last);
}

Result<Markup> unflagged_form(const Visit& visit, const ReviewItem& item, const QueueFilter& filter,
                              const QueuePlace& place) {
  if (place.unflagged_of_entry.size() < 2) return Markup{};
  STUBKEEPER_ASSIGN(const std::string seen, seen_of_all(visit.store(), place.unflagged_of_entry));
  return html(
      R"(<form method="post" action="/review">{}{}<input type="hidden" name="entry-of" value="{}"><input type="hidden" name="seen" value="{}"><input type="hidden" name="id" value="{}">
<button name="do" value="approve-unflagged" data-key="A" aria-keyshortcuts="Shift+A">Approve all {} unflagged of this entry <kbd>A</kbd></button></form>
)",
      form_token(visit), hidden_fields(filter.fields()), item.entry_path, seen, item.change.id,
      place.unflagged_of_entry.size());
}

}  // namespace

Result<std::string> seen_of_all(kb::Store& store, const std::vector<kb::Id>& changes) {
  std::string all;
  for (const kb::Id id : changes) {
    STUBKEEPER_ASSIGN(const std::string seen, kb::seen_hash(store, id));
    all += std::to_string(id) + ":" + seen + "\n";
  }
  return sha256_hex(all).substr(0, 16);
}

Result<Markup> review_form(const Visit& visit, const ReviewItem& item, const QueueFilter& filter,
                           const QueuePlace& place, const RefusedText& refused) {
  const Markup moves = joined({key_link("s", review_address_from(filter, place.after), "Skip", true),
                               key_link("b", review_address(filter, place.before), "Back", place.before != 0),
                               undo_form(visit, filter)});
  if (item.change.state != kb::ChangeState::waiting) {
    return html(
        R"(<div class="actions" role="group" aria-label="Go on"><p class="said">This change is {}; there is nothing to decide.</p>
<div class="row">{}</div></div>
)",
        kb::change_state_name(item.change.state), moves);
  }
  const Markup fields = form_fields(visit, item, filter, place);
  STUBKEEPER_ASSIGN(const auto edit, kb::edit_from_json(item.change.edit_json));
  STUBKEEPER_ASSIGN(const Markup unflagged, unflagged_form(visit, item, filter, place));
  const std::string text = refused.problem.empty() ? edit.text : refused.text;
  return html(R"(<div class="actions" role="group" aria-label="Decide">
<div class="row"><form method="post" action="/review">{}<button name="do" value="approve" class="primary" data-key="a" aria-keyshortcuts="a">Approve <kbd>a</kbd></button></form>
{}{}{}</div>
<div class="row more">{}</div>
</div>
)",
              fields, reject_panel(fields), edit_panel(text, refused.problem, fields), moves, unflagged);
}

}  // namespace stubkeeper::cli
