#include "cli/serve/panels.h"

#include "base/sha256.h"
#include "base/text/utf8.h"
#include "cli/serve/item_markup.h"
#include "cli/serve/markdown_renderer.h"
#include "cli/serve/review_form.h"
#include "kb/review/review.h"
#include "review/decisions.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

// Fewer than the 200 fields that a form may have; nobody looks at more.
constexpr std::size_t max_group_size = 100;
constexpr std::size_t max_numbered_boxes = 9;
constexpr std::size_t max_excerpt_length = 160;  // characters

Markup change_markup(const kb::Change& change, std::size_t number) {
  const Markup key = html_if(number <= max_numbered_boxes, R"( data-choice="{}")", number);
  const Markup shown_key = html_if(number <= max_numbered_boxes, " <kbd>{}</kbd>", number);
  return html(
      R"(<li><label><input type="checkbox" name="{}" value="1" checked{}>{} <b>change {}</b> <span class="quiet">{}</span></label>
<div class="rendered" dir="auto">{}</div></li>
)",
      group_field_name(change.id), key, shown_key, change.id, change.kind,
      render_markdown(change.new_text.empty() ? change.old_text : change.new_text, 4, {}));
}

Markup excluded_changes_markup(const std::vector<review::ExcludedChange>& excluded) {
  if (excluded.empty()) return {};
  Markup list;
  for (const review::ExcludedChange& change : excluded)
    list +=
        html("<li><b>change {}</b>, {}: {}</li>\n", change.id, change.why,
             truncate_at_word(to_valid_utf8(review::to_plain_text_line(change.excerpt)), max_excerpt_length));
  return html(R"(<p>Left out:</p>
<ul class="plain">
{}</ul>
)",
              list);
}

Markup part_links(const review::ReviewItem& item, const QueueFilter& filter) {
  constexpr std::size_t digits = 9;
  Markup links;
  for (std::size_t i = 0; i < item.list_target_parts.size(); ++i) {
    const std::string address = review_address(filter, item.change.id, item.list_target_parts[i]);
    links += i < digits ? html(R"(<a class="button" href="{}" data-choice="{}">{} <kbd>{}</kbd></a>
)",
                               address, i + 1, item.list_target_parts[i], i + 1)
                        : html(R"(<a class="button" href="{}">{}</a>
)",
                               address, item.list_target_parts[i]);
  }
  return links;
}

// The change in the chosen part.
Markup move_preview_markup(const Visit& visit, const review::ReviewItem& item, const std::string& chosen,
                           const Markup& fields) {
  const auto moved = review::preview_move(visit.store(), item.change, chosen, visit.now());
  if (!moved.ok()) return problem_markup(moved.error().text());
  Markup against;
  for (const kb::Flag& flag : moved->flags) against += flag_markup(flag);
  const char* approve = moved->flags.empty() ? "Approve it there" : "Approve it there all the same";
  return html(
      R"(<form method="post" action="/review" class="card">{}<input type="hidden" name="part" value="{}"><input type="hidden" name="accepted" value="{}">
<p role="status">Under <b>{}</b> it would stand so; <a href="{}">read it in the entry</a>.</p>
{}{}<p class="row"><button name="do" value="move" class="primary" data-choice="y">{} <kbd>y</kbd></button> <span class="quiet keys-only">Esc closes</span></p></form>
)",
      fields, moved->reviewer_edit.moved_to, move_preview_hash(*moved), moved->reviewer_edit.moved_to,
      preview_address(item.entry_path, item.change.id, moved->reviewer_edit.moved_to),
      difference_markup_in_context(moved->difference, moved->context_lines), against, approve);
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
  const std::string publication = review::describe_publication(item);
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
      html_if(!publication.empty(), "; {}", publication), list, excluded_changes_markup(group.excluded));
}

std::string move_preview_hash(const review::MovePreview& moved) {
  return warning_hash(moved.reviewer_edit.moved_to + "\n" + moved.reviewer_edit.text, moved.flags);
}

Markup move_panel(const Visit& visit, const review::ReviewItem& item, const QueueFilter& filter,
                  const std::string& chosen, const Markup& fields) {
  if (!item.move_problem.empty()) return disabled_key("m", "Move", item.move_problem);
  return html(
      R"(<details class="panel" id="move"{}><summary data-key="m" aria-keyshortcuts="m"><span class="button">Move <kbd>m</kbd></span></summary>
<div class="card"><p>To which part of {}? It is shown there and checked again before you approve it, as your edit.</p>
<p class="row">{}</p></div>
{}</details>
)",
      html_if(!chosen.empty(), " open"), item.entry_path, part_links(item, filter),
      chosen.empty() ? Markup{} : move_preview_markup(visit, item, chosen, fields));
}

}  // namespace stubkeeper::cli
