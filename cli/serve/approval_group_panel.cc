#include "cli/serve/approval_group_panel.h"

#include "base/sha256.h"
#include "base/text/utf8.h"
#include "cli/serve/markdown_renderer.h"
#include "cli/serve/page_layout.h"
#include "kb/review/review.h"
#include "review/approval_group.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

// More than a person has looked at are not approved with one key; and what is seen of each is read for the
// form. Fewer than the 200 fields that a form may have.
constexpr std::size_t max_group_size = 100;
constexpr std::size_t max_numbered_boxes = 9;
constexpr std::size_t max_excerpt_length = 160;  // characters

Markup change_markup(const kb::Change& change, std::size_t number) {
  const Markup key = number > max_numbered_boxes ? Markup{} : html(R"( data-choice="{}")", number);
  const Markup shown_key = number > max_numbered_boxes ? Markup{} : html(" <kbd>{}</kbd>", number);
  return html(
      R"(<li><label><input type="checkbox" name="{}" value="1" checked{}>{} <b>change {}</b> <span class="quiet">{}</span></label>
<div class="rendered">{}</div></li>
)",
      group_field_name(change.id), key, shown_key, change.id, change.kind,
      render_markdown(change.new_text.empty() ? change.old_text : change.new_text, 4, {}));
}

Markup excluded_changes_markup(const std::vector<review::ExcludedChange>& excluded) {
  if (excluded.empty()) return {};
  Markup list;
  for (const review::ExcludedChange& change : excluded)
    list += html("<li><b>change {}</b>, {}: {}</li>\n", change.id, change.why,
                 truncate_at_word(to_valid_utf8(review::to_plain_text_line(change.excerpt)), max_excerpt_length));
  return html(R"(<p>Left out:</p>
<ul class="plain">
{}</ul>
)",
              list);
}

}  // namespace

std::string group_field_name(kb::Id change_id) {
  return "with-" + std::to_string(change_id);
}

std::string combined_seen_hash(const std::vector<kb::Change>& changes) {
  std::string all;
  for (const kb::Change& change : changes)
    all += std::to_string(change.id) + ":" + kb::seen_hash(change) + "\n";
  return sha256_hex(all).substr(0, 16);
}

Result<Markup> group_panel(const Visit& visit, const review::ReviewItem& item, const QueueFilter& filter,
                           const std::vector<kb::Id>& changes) {
  if (changes.size() < 2 || changes.size() > max_group_size) return Markup{};
  STUBKEEPER_ASSIGN(const auto group, review::approval_group(visit.store(), item.change.entry_id, changes));
  Markup list;
  std::size_t number = 0;
  for (const kb::Change& change : group.changes) list += change_markup(change, ++number);
  const std::string side_effect = review::describe_side_effect(item);
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
      group.changes.size(), csrf_field(visit), hidden_fields(filter.fields()), item.entry_path,
      combined_seen_hash(group.changes), item.change.id, item.entry_path,
      side_effect.empty() ? Markup{} : html("; {}", side_effect), list, excluded_changes_markup(group.excluded));
}

}  // namespace stubkeeper::cli
