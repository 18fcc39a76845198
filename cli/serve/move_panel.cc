#include "cli/serve/move_panel.h"

#include "cli/serve/item_markup.h"
#include "cli/serve/page_layout.h"
#include "cli/serve/review_form.h"

namespace stubkeeper::cli {
namespace {

Markup part_links(const review::ReviewItem& item, const QueueFilter& filter) {
  constexpr std::size_t digits = 9;
  Markup links;
  for (std::size_t i = 0; i < item.list_target_parts.size(); ++i) {
    const std::string address = move_address(filter, item.change.id, item.list_target_parts[i]);
    links += i < digits ? html(R"(<a class="button" href="{}" data-choice="{}">{} <kbd>{}</kbd></a>
)",
                               address, i + 1, item.list_target_parts[i], i + 1)
                        : html(R"(<a class="button" href="{}">{}</a>
)",
                               address, item.list_target_parts[i]);
  }
  return links;
}

// How it would stand in the chosen part.
Markup move_preview_markup(const Visit& visit, const review::ReviewItem& item, const std::string& chosen, const Markup& fields) {
  const auto moved = review::preview_move(visit.store(), item.change, chosen, visit.now());
  if (!moved.ok()) return html(R"(<p class="problem" role="alert">{}</p>)", moved.error().text());
  Markup against;
  for (const kb::Flag& flag : moved->flags)
    against += flag_markup({flag.name, flag.detail, review::flag_meaning(flag.name), false});
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
      chosen.empty() ? Markup{} : html(" open"), item.entry_path, part_links(item, filter),
      chosen.empty() ? Markup{} : move_preview_markup(visit, item, chosen, fields));
}

}  // namespace stubkeeper::cli
