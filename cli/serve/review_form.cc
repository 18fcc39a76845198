#include "cli/serve/review_form.h"

#include "base/sha256.h"
#include "cli/serve/item_markup.h"
#include "cli/serve/page_layout.h"
#include "cli/serve/panels.h"
#include "kb/review/proposals.h"
#include "kb/review/review.h"
#include "review/change_kinds.h"
#include "review/edited_text.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

// The fields of each form about a change.
Markup form_fields(const Visit& visit, const review::ReviewItem& item, const QueueFilter& filter,
                   const QueuePosition& place) {
  return html(
      R"({}{}<input type="hidden" name="id" value="{}"><input type="hidden" name="seen" value="{}"><input type="hidden" name="next" value="{}">)",
      csrf_field(visit), hidden_fields(filter.fields()), item.change.id, item.seen, place.after);
}

Markup key_link(const std::string& key, const std::string& address, const std::string& text) {
  return html(R"(<a class="button" href="{}" data-key="{}" aria-keyshortcuts="{}">{} <kbd>{}</kbd></a>
)",
              address, key, key, text, key);
}

Markup reason_choices() {
  Markup all;
  int number = 0;
  for (const char* reason : review::common_rejection_reasons) {
    ++number;
    all +=
        html(R"(<label><input type="radio" name="reason" value="{}" data-choice="{}"> <kbd>{}</kbd> {}</label>
)",
             reason, number, number, reason);
  }
  return all;
}

// A flagged change is confirmed, as at the terminal.
Markup approve_form(const review::ReviewItem& item, const Markup& fields) {
  const char* word = review::keeps_words(item.change.kind) ? "Keep" : "Approve";
  if (!item.is_flagged()) {
    return html(
        R"(<form method="post" action="/review">{}<button name="do" value="approve" class="primary" data-key="a" aria-keyshortcuts="a">{} <kbd>a</kbd></button></form>
)",
        fields, word);
  }
  return html(
      R"(<details class="panel" id="approve"><summary data-key="a" aria-keyshortcuts="a"><span class="button primary">{} <kbd>a</kbd></span></summary>
<form method="post" action="/review" class="card">{}<p>It is flagged: {}.</p>
<p class="row"><button name="do" value="approve" class="primary" data-choice="y">{} it all the same <kbd>y</kbd></button> <span class="quiet keys-only">Esc closes</span></p></form></details>
)",
      word, fields, review::describe_flags(item), word);
}

Markup reject_panel(const Markup& fields) {
  return html(
      R"(<details class="panel" id="reject"><summary data-key="r" aria-keyshortcuts="r"><span class="button">Reject <kbd>r</kbd></span></summary>
<form method="post" action="/review" class="card">{}
<fieldset><legend>Why? The drafter is told, and it is not proposed again.</legend>
<div class="choices">{}</div></fieldset>
<p><label for="own-reason">Or in your own words</label>
<input id="own-reason" name="own-reason" maxlength="500" autocomplete="off" data-own-words></p>
<p class="row"><button name="do" value="reject" class="danger" data-choice="0">Reject it <kbd>0</kbd></button> <span class="quiet keys-only">a digit rejects at once (0 without a reason); or type your words, and Enter; Esc closes</span></p>
</form></details>
)",
      fields, reason_choices());
}

Markup never_panel(const review::ReviewItem& item, const Markup& fields) {
  const Markup of_quotes = html_if(
      !item.quotes.empty(),
      R"(<button name="do" value="never-source" data-choice="s">Anything from this source <kbd>s</kbd></button>
<button name="do" value="never-passage" data-choice="p">This passage, wherever it is printed <kbd>p</kbd></button>
)");
  return html(
      R"(<details class="panel" id="never"><summary data-key="n" aria-keyshortcuts="n"><span class="button">Never again <kbd>n</kbd></span></summary>
<form method="post" action="/review" class="card">{}
<p>What is never to be proposed again for {}? This change is rejected with it; undo takes it back.</p>
<p class="row">{}<button name="do" value="never-kind" data-choice="k">Any change of the kind “{}” <kbd>k</kbd></button> <span class="quiet keys-only">Esc closes</span></p></form></details>
)",
      fields, item.entry_path, of_quotes, item.change.kind);
}

Markup warnings_markup(const RejectedText& refused) {
  Markup said = problem_markup(refused.problem);
  if (refused.flags.empty()) return said;
  for (const kb::Flag& flag : refused.flags) said += flag_markup(flag);
  return html(
      R"(<div role="alert"><p class="problem">Something speaks against your text. Mend it, or send it again to approve it all the same.</p>{}</div><input type="hidden" name="accepted" value="{}">)",
      said, warning_hash(refused.text, refused.flags));
}

Markup edit_panel(const char* word, const std::string& text, const RejectedText& refused,
                  const Markup& fields) {
  const Markup said = warnings_markup(refused);
  return html(
      R"(<details class="panel" id="edit"{}><summary data-key="e" aria-keyshortcuts="e"><span class="button">{} <kbd>e</kbd></span></summary>
<form method="post" action="/review" class="card">{}{}
<p><label for="text">Your text in its place, as Markdown. It is kept as yours, and checked against the quotes.</label>
<textarea id="text" name="text" rows="6" dir="auto" required>
{}</textarea></p>
<p class="row"><button name="do" value="edit" class="primary">Approve my text</button> <span class="quiet keys-only">Ctrl+Enter approves, Esc closes</span></p>
</form></details>
)",
      html_if(!said.empty(), " open"), word, fields, said, text);
}

std::string undo_label(const review::UndoStep& last) {
  if (!last.refusals.empty()) return "Undo “never”";
  if (last.conflict != 0) return "Undo (c" + std::to_string(last.conflict) + ")";
  if (last.changes.size() == 1) return "Undo (change " + std::to_string(last.changes.front()) + ")";
  return "Undo (" + format_count(static_cast<std::int64_t>(last.changes.size()), "change", "changes") + ")";
}

Markup split_form(const review::ReviewItem& item, const Markup& fields) {
  if (item.parts < 2) return disabled_key("x", "Split", review::explain_unsplittable(item));
  return html(
      R"(<form method="post" action="/review">{}<button name="do" value="split" data-key="x" aria-keyshortcuts="x">Split into {} <kbd>x</kbd></button></form>
)",
      fields, item.parts);
}

}  // namespace

std::string warning_hash(const std::string& text, const std::vector<kb::Flag>& flags) {
  std::string all = text + "\n";
  for (const kb::Flag& flag : flags) all += flag.name + "\n" + flag.detail + "\n";
  return sha256_hex(all).substr(0, 16);
}

Markup undo_form(const Visit& visit, const QueueFilter& filter) {
  if (visit.browser.decided.empty())
    return disabled_key("u", "Undo", "nothing has been decided in this browser yet");
  // The step names the decision, so that a form that is sent twice undoes one.
  return html(R"(<form method="post" action="/review">{}{}<input type="hidden" name="step" value="{}">
<button name="do" value="undo" data-key="u" aria-keyshortcuts="u">{} <kbd>u</kbd></button></form>
)",
              csrf_field(visit), hidden_fields(filter.fields()), visit.browser.decided.size(),
              undo_label(visit.browser.decided.back().step));
}

Result<Markup> review_form(const Visit& visit, const review::ReviewItem& item, const QueueFilter& filter,
                           const QueuePosition& place, const RejectedText& refused,
                           const std::string& moved_to) {
  const bool waits = item.change.state == kb::ChangeState::waiting;
  const Markup on = waits ? key_link("s", review_address_from(filter, place.after, item.change.id), "Skip")
                          : key_link("s", review_address_from(filter, place.after), "Go on");
  const Markup back = place.before == 0 ? disabled_key("b", "Back", "this is the first one")
                                        : key_link("b", review_address(filter, place.before), "Back");
  const Markup navigation = concat({on, back, undo_form(visit, filter)});
  if (!waits) {
    return html(
        R"(<div class="actions" role="group" aria-label="Go on"><p class="said">This change is {}; there is nothing to decide.</p>
<div class="row">{}</div></div>
)",
        kb::change_state_name(item.change.state), navigation);
  }
  const Markup fields = form_fields(visit, item, filter, place);
  STUBKEEPER_ASSIGN(const std::string proposed, review::text_to_edit(item.change));
  STUBKEEPER_ASSIGN(const Markup unflagged, group_panel(visit, item, filter, place.unflagged_in_entry));
  const std::string text = refused.text.empty() ? proposed : refused.text;
  const bool keeps = review::keeps_words(item.change.kind);
  Markup effects = html("<p class=\"effect\">{}: {}.</p>\n", keeps ? "Keep" : "Approve", item.consequence);
  for (const std::string& effect : review::describe_side_effects(item))
    effects += html("<p class=\"consequence\">{}</p>\n", effect);
  return html(R"(<div class="actions" role="group" aria-label="Decide">
{}<div class="row">{}{}{}{}</div>
<div class="row more">{}{}{}{}</div>
</div>
)",
              effects, approve_form(item, fields), reject_panel(fields),
              edit_panel(keeps ? "Correct" : "Edit", text, refused, fields), navigation,
              never_panel(item, fields), move_panel(visit, item, filter, moved_to, fields),
              split_form(item, fields), unflagged);
}

}  // namespace stubkeeper::cli
