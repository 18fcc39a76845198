#include "cli/serve/item_markup.h"

#include "base/text/utf8.h"
#include "cli/serve/addresses.h"
#include "cli/serve/markdown_renderer.h"
#include "cli/serve/page_layout.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

using entries::BlockDifference;

// For screen readers, before a block.
const char* change_label(BlockDifference::Kind kind) {
  using enum BlockDifference::Kind;
  return kind == changed ? "Changed: " : kind == added ? "New: " : kind == removed ? "Removed: " : "";
}

Markup block_markup(const BlockDifference& block) {
  const char* what = entries::block_difference_name(block.kind);
  // A new block is shown as it would be read; a changed one as it is written.
  const bool whole = block.kind == BlockDifference::Kind::added && block.runs.size() == 1;
  return html(R"(<div class="block {}" dir="auto"><bdi class="for-readers">{}</bdi>{}</div>
)",
              whole ? "added rendered" : what, change_label(block.kind),
              whole ? render_markdown(block.runs.front().text, 2, {}) : word_runs_markup(block.runs));
}

Markup context_line_markup(const char* where, const std::string& line, const char* placeholder) {
  constexpr std::size_t longest = 240;  // characters
  if (line.empty()) return html("<p class=\"beside\">({})</p>\n", placeholder);
  return html(R"(<p class="beside" dir="auto"><bdi class="for-readers">{} in the entry: </bdi>{}</p>
)",
              where, truncate_at_word(to_valid_utf8(review::to_plain_text_line(line)), longest));
}

Markup difference_section(const review::ReviewItem& item) {
  const Markup placed = difference_markup_in_context(item.difference, item.context_lines);
  if (!item.reviewer_edit) return placed;
  return concat(
      {placed, html(R"(<details><summary>What was drafted</summary><pre dir="auto">{}</pre></details>
)",
                    item.change.new_text)});
}

Markup flags_markup(const review::ReviewItem& item) {
  if (item.change.flags.empty()) {
    return item.change.citations.empty()
               ? html(R"(<p class="quiet">No flags; there are no quotes to check it against.</p>
)")
               : html(
                     R"(<p class="unflagged">No flags: its words stand in the quotes, and nothing was found against it.</p>
)");
  }
  Markup list;
  for (const kb::Flag& flag : item.change.flags) list += html("<li>{}</li>\n", flag_markup(flag));
  return html(R"(<section class="flags" aria-labelledby="flags"><h2 id="flags">Look at this first</h2>
<ul>
{}</ul></section>
)",
              list);
}

Markup quotes_markup(const review::ReviewItem& item) {
  if (item.quotes.empty()) return html(R"(<p class="quiet">It quotes nothing.</p>)");
  Markup list;
  for (const review::ItemQuote& quote : item.quotes) list += quote_markup(quote, item.change.id);
  return html(R"(<section aria-labelledby="quotes"><h2 id="quotes">What the source says</h2>
{}</section>
)",
              list);
}

Markup dependents_markup(const review::ReviewItem& item) {
  if (item.dependents.empty()) return {};
  Markup list;
  for (const kb::Dependent& dependent : item.dependents) {
    const std::string relation = review::describe_dependent(dependent);
    if (relation.empty()) continue;  // told at the buttons
    const Markup which =
        html_if(dependent.change_id != 0, R"(: <a href="{}">change {}</a> of {})",
                review_address({}, dependent.change_id), dependent.change_id, dependent.path);
    list += html("<li>{}{}</li>\n", relation, which);
  }
  if (list.empty()) return {};
  return html(R"(<section aria-labelledby="depends"><h2 id="depends">What depends on it</h2>
<ul class="plain">
{}</ul></section>
)",
              list);
}

Markup contradiction_markup(const llm::Contradiction& two) {
  return html(
      R"(<section class="sides" aria-label="Both sides of a contradiction"><div><h2 dir="auto">{}</h2><p dir="auto">{}</p></div>
<div><h2 dir="auto">{}</h2><p dir="auto">{}</p></div></section>
)",
      two.statement.who, two.statement.words, two.counterstatement.who, two.counterstatement.words);
}

Markup decisions_markup(const review::ReviewItem& item) {
  Markup list;
  for (const kb::Id older : item.superseded_changes) {
    list += html(R"(<li>It takes the place of <a href="{}">change {}</a>, which nobody had decided.</li>
)",
                 review_address({}, older), older);
  }
  if (item.fate.superseded_by != 0) {
    list += html(R"(<li><a href="{}">Change {}</a> took its place.</li>
)",
                 review_address({}, item.fate.superseded_by), item.fate.superseded_by);
  }
  if (!item.fate.outdated_reason.empty()) list += html("<li>Outdated: {}</li>\n", item.fate.outdated_reason);
  for (const kb::Decision& decision : item.decisions) {
    list += html("<li>{} by {} on {}{}</li>\n", kb::verdict_name(decision.verdict), decision.decided_by,
                 timestamp_markup(decision.decided_at),
                 review::decision_comment(decision).empty() ? "" : ": " + review::decision_comment(decision));
  }
  if (list.empty()) return {};
  return html(R"(<section aria-labelledby="decided"><h2 id="decided">What became of it</h2>
<ul class="plain">
{}</ul></section>
)",
              list);
}

}  // namespace

Markup flag_markup(const kb::Flag& flag) {
  const Markup detail = html_if(!flag.detail.empty(), "{} ", flag.detail);
  return html(
      R"(<div class="flag{}"><p><strong>{}</strong></p><p class="detail" dir="auto">{}<span class="name">{}{}</span></p></div>
)",
      flag.resolved_at ? " resolved" : "", review::flag_meaning(flag.name), detail, flag.name,
      flag.resolved_at ? " (resolved)" : "");
}

Markup word_runs_markup(const std::vector<entries::WordRun>& runs) {
  using enum entries::WordRun::Kind;
  Markup words;
  for (const entries::WordRun& run : runs) {
    words += run.kind == removed ? html("<del>{}</del>", run.text)
             : run.kind == added ? html("<ins>{}</ins>", run.text)
                                 : html("{}", run.text);
  }
  return words;
}

Markup difference_markup(const std::vector<BlockDifference>& difference, bool with_unchanged) {
  Markup blocks;
  int omitted_blocks = 0;
  const auto flush_omitted_blocks = [&] {
    if (omitted_blocks > 0)
      blocks += html(R"(<p class="left-out">{} unchanged</p>
)",
                     format_count(omitted_blocks, "block", "blocks"));
    omitted_blocks = 0;
  };
  for (const BlockDifference& block : difference) {
    if (!with_unchanged && block.kind == BlockDifference::Kind::kept) {
      ++omitted_blocks;
      continue;
    }
    flush_omitted_blocks();
    blocks += block_markup(block);
  }
  flush_omitted_blocks();
  return html(R"(<div class="difference">
{}</div>
)",
              blocks);
}

Markup difference_markup_in_context(const std::vector<BlockDifference>& difference,
                                    const review::ContextLines& context_lines) {
  const Markup changed = difference_markup(difference, true);
  if (!context_lines.are_known) return changed;
  return concat({context_line_markup("Before it", context_lines.before, "the text begins here"), changed,
                 context_line_markup("After it", context_lines.after, "the text ends here")});
}

Markup quote_markup(const review::ItemQuote& quote, kb::Id for_change) {
  const review::QuoteContext& context = quote.context;
  const review::ItemSource& source = quote.source;
  if (!quote.problem.empty()) {
    return html(R"(<figure class="quote"><blockquote dir="auto"><mark>{}</mark></blockquote>
<figcaption class="problem">Its source cannot be shown: {}</figcaption></figure>
)",
                context.quote, quote.problem);
  }
  const Markup before = html_if(!context.preceding_line.empty(), "{} ", context.preceding_line);
  const Markup after = html_if(!context.following_line.empty(), " {}", context.following_line);
  const std::string address = snapshot_address(quote.citation.snapshot_id, quote.citation.begin_byte,
                                               quote.citation.end_byte, for_change);
  const Markup kind = html_if(!source.kind.empty(), " · {}", source.kind);
  const Markup page = html_if(source.page != 0, ", page {}", source.page);
  const Markup publisher = html_if(!source.publisher.empty(), " · {}", review::describe_publisher(source));
  const Markup later =
      html_if(!source.anachronism_note.empty(), R"(<span class="later">{}</span>)", source.anachronism_note);
  return html(
      R"(<figure class="quote{}"><blockquote dir="auto"><span class="context">{}{}</span><mark>{}</mark><span class="context">{}{}</span></blockquote>
<figcaption>{}<cite dir="auto">{}</cite>{}{}{} · {} · fetched {} · <a href="{}" data-key="v" aria-keyshortcuts="v">stored snapshot <kbd>v</kbd></a>
{}<span class="address">{}</span></figcaption></figure>
)",
      quote.citation.refutes ? " refutes" : "", before, context.prefix, context.quote, context.suffix, after,
      html_if(quote.citation.refutes, "<strong>Against it:</strong> "),
      external_link(source.quote_link, source.name), kind, page, publisher,
      review::format_publication_date(source.published), date_markup(source.fetched_at), address, later,
      source.address);
}

Markup item_markup(const review::ReviewItem& item) {
  const std::string path = item.entry_path.empty() ? "(first page)" : item.entry_path;
  Markup sides;
  for (const llm::Contradiction& two : item.contradictions) sides += contradiction_markup(two);
  const Markup why = html_if(
      !item.change.reason.empty(),
      R"(<details class="why" open><summary>Why it was proposed</summary><p dir="auto">{}</p></details>
)",
      item.change.reason);
  const Markup first_look =
      html_if(!item.first_look.empty(), "<p class=\"first-look\">First look: {}</p>\n", item.first_look);
  return html(R"(<header class="where"><h1><a href="{}"><bdi>{}</bdi></a> <bdi class="place">{}</bdi></h1>
<p class="quiet">Change {} · {} · {}, {} · <a href="{}" data-key="p" aria-keyshortcuts="p">read it in the entry <kbd>p</kbd></a></p></header>
<section aria-labelledby="change"><h2 id="change" class="for-readers">The change</h2>
{}</section>
{}{}{}{}{}{}{})",
              entry_address(item.entry_path), path, item.place(), item.change.id,
              review::label_kind(item.change.kind, item.change.first_look_source_id),
              review::describe_drafter(item.drafter), review::format_age(item.age),
              preview_address(item.entry_path, item.change.id), difference_section(item), first_look,
              flags_markup(item), dependents_markup(item), sides, quotes_markup(item), why,
              decisions_markup(item));
}

}  // namespace stubkeeper::cli
