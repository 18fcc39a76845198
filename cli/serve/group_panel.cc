#include "cli/serve/group_panel.h"

#include "base/sha256.h"
#include "base/text/utf8.h"
#include "cli/serve/frame.h"
#include "cli/serve/markdown_markup.h"
#include "kb/review/review.h"
#include "review/approval_group.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

// More than a person has looked at are not approved with one key; and what is seen of each is read for the
// form. Fewer than the 200 fields that a form may have.
constexpr std::size_t most_at_once = 100;
constexpr std::size_t keys_of_boxes = 9;
constexpr std::size_t longest_left_out = 160;  // characters

Markup change_markup(const kb::Change& change, std::size_t number) {
  const Markup key = number > keys_of_boxes ? Markup{} : html(R"( data-choice="{}")", number);
  const Markup shown_key = number > keys_of_boxes ? Markup{} : html(" <kbd>{}</kbd>", number);
  return html(
      R"(<li><label><input type="checkbox" name="{}" value="1" checked{}>{} <b>change {}</b> <span class="quiet">{}</span></label>
<div class="rendered">{}</div></li>
)",
      field_of_group(change.id), key, shown_key, change.id, change.kind,
      render_markdown(change.new_text.empty() ? change.old_text : change.new_text, 4, {}));
}

Markup left_out_markup(const std::vector<review::LeftOut>& left_out) {
  if (left_out.empty()) return {};
  Markup list;
  for (const review::LeftOut& change : left_out)
    list += html("<li><b>change {}</b>, {}: {}</li>\n", change.id, change.why,
                 cut_at_word(to_valid_utf8(review::words_in_one_line(change.beginning)), longest_left_out));
  return html(R"(<p>Left out:</p>
<ul class="plain">
{}</ul>
)",
              list);
}

}  // namespace

std::string field_of_group(kb::Id change_id) {
  return "with-" + std::to_string(change_id);
}

std::string seen_of_all(const std::vector<kb::Change>& changes) {
  std::string all;
  for (const kb::Change& change : changes)
    all += std::to_string(change.id) + ":" + kb::seen_hash(change) + "\n";
  return sha256_hex(all).substr(0, 16);
}

Result<Markup> group_panel(const Visit& visit, const review::ReviewItem& item, const QueueFilter& filter,
                           const std::vector<kb::Id>& changes) {
  if (changes.size() < 2 || changes.size() > most_at_once) return Markup{};
  STUBKEEPER_ASSIGN(const auto group, review::approval_group(visit.store(), item.change.entry_id, changes));
  Markup list;
  std::size_t number = 0;
  for (const kb::Change& change : group.changes) list += change_markup(change, ++number);
  const std::string consequence = review::consequence_in_words(item);
  return html(
      R"(<details class="panel" id="unflagged">
<summary data-key="A" aria-keyshortcuts="Shift+A"><span class="button">Approve all {} unflagged of this entry <kbd>A</kbd></span></summary>
<form method="post" action="/review" class="card">
{}{}<input type="hidden" name="entry-of" value="{}"><input type="hidden" name="seen" value="{}"><input type="hidden" name="id" value="{}">
<p>These go into {} together{}. No flag says that nothing was found against them, not that they are good.</p>
<div class="group" tabindex="0" role="region" aria-label="What is approved together">
<ul class="plain">
{}</ul>
{}</div>
<p class="row"><button name="do" value="approve-unflagged" class="primary" data-choice="y">Approve these <kbd>y</kbd></button>
<span class="quiet keys-only">a digit leaves that one out, and takes it in again; Esc closes</span></p>
</form></details>
)",
      group.changes.size(), form_token(visit), hidden_fields(filter.fields()), item.entry_path,
      seen_of_all(group.changes), item.change.id, item.entry_path,
      consequence.empty() ? Markup{} : html("; {}", consequence), list, left_out_markup(group.left_out));
}

}  // namespace stubkeeper::cli
