#include "cli/serve/item_markup.h"

#include <fmt/format.h>

#include "base/text/utf8.h"
#include "cli/serve/addresses.h"
#include "cli/serve/markdown_renderer.h"
#include "cli/serve/page_layout.h"
#include "kb/sources/snapshots.h"
#include "review/labels.h"

namespace stubkeeper::cli {
namespace {

using entries::BlockDifference;

// What a screen reader says before a block.
const char* change_label(BlockDifference::Kind kind) {
  switch (kind) {
    case BlockDifference::Kind::kept:
      return "";
    case BlockDifference::Kind::changed:
      return "Changed: ";
    case BlockDifference::Kind::added:
      return "New: ";
    case BlockDifference::Kind::removed:
      return "Removed: ";
  }
  return "";
}

Markup block_markup(const BlockDifference& block) {
  const char* what = entries::block_difference_name(block.kind);
  // What is new as a whole is shown as it would be read; words are compared in what they are written as.
  const bool whole = block.kind == BlockDifference::Kind::added && block.runs.size() == 1;
  return html(R"(<div class="block {}"><span class="for-readers">{}</span>{}</div>
)",
              whole ? "added rendered" : what, change_label(block.kind),
              whole ? render_markdown(block.runs.front().text, 2, {}) : word_runs_markup(block.runs));
}

// A line of the entry beside what a change writes there.
Markup context_line_markup(const char* where, const std::string& line, const char* placeholder) {
  constexpr std::size_t longest = 240;  // characters
  if (line.empty()) return html("<p class=\"beside\">({})</p>\n", placeholder);
  return html(R"(<p class="beside"><span class="for-readers">{} in the entry: </span>{}</p>
)",
              where, truncate_at_word(to_valid_utf8(review::to_plain_text_line(line)), longest));
}

Markup difference_section(const review::ReviewItem& item) {
  const Markup placed = difference_markup_in_context(item.difference, item.context_lines);
  if (!item.reviewer_edit) return placed;
  return concat({placed, html(R"(<details><summary>What was drafted</summary><pre>{}</pre></details>
)",
                              item.change.new_text)});
}

Markup flags_markup(const review::ReviewItem& item) {
  if (item.flags.empty())
    return html(
        R"(<p class="unflagged">No flags: its words stand in the quotes, and nothing was found against it.</p>
)");
  Markup list;
  for (const review::ItemFlag& flag : item.flags) list += html("<li>{}</li>\n", flag_markup(flag));
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

std::string describe_dependent(const kb::Dependent& dependent) {
  using Kind = kb::Dependent::Kind;
  switch (dependent.kind) {
    case Kind::publishes:
      break;
    case Kind::same_block:
      return "Another change of the same block waits; one of the two will be outdated";
    case Kind::anchored_to_block:
      return "A waiting change is put beside what this one changes";
    case Kind::quoted_text:
      return "It replaces text that was approved with its quotes";
    case Kind::mentions_entry:
      return "A change that mentions this entry waits for another page";
  }
  return "";
}

Markup dependents_markup(const review::ReviewItem& item) {
  if (item.dependents.empty()) return {};
  Markup list;
  for (const kb::Dependent& dependent : item.dependents) {
    // Said where the change is decided on.
    if (dependent.kind == kb::Dependent::Kind::publishes) continue;
    const Markup which = dependent.change_id == 0 ? Markup{}
                                                  : html(R"(: <a href="{}">change {}</a> of {})",
                                                         review_address({}, dependent.change_id),
                                                         dependent.change_id, dependent.path);
    list += html("<li>{}{}</li>\n", describe_dependent(dependent), which);
  }
  if (list.empty()) return {};
  return html(R"(<section aria-labelledby="depends"><h2 id="depends">What depends on it</h2>
<ul class="plain">
{}</ul></section>
)",
              list);
}

// Who says what, one beside the other.
Markup contradiction_markup(const llm::Contradiction& two) {
  return html(
      R"(<section class="sides" aria-label="Both sides of a contradiction"><div><h2>{}</h2><p>{}</p></div>
<div><h2>{}</h2><p>{}</p></div></section>
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
  if (!item.fate.outdated_reason.empty())
    list += html("<li>Outdated: {}</li>\n", item.fate.outdated_reason);
  for (const kb::Decision& decision : item.decisions) {
    list +=
        html("<li>{} by {} on {}{}</li>\n", kb::verdict_name(decision.verdict), decision.decided_by,
             timestamp_markup(decision.decided_at), review::decision_comment(decision).empty() ? "" : ": " + review::decision_comment(decision));
  }
  if (list.empty()) return {};
  return html(R"(<section aria-labelledby="decided"><h2 id="decided">What became of it</h2>
<ul class="plain">
{}</ul></section>
)",
              list);
}

}  // namespace

Markup flag_markup(const review::ItemFlag& flag) {
  const Markup detail = flag.detail.empty() ? Markup{} : html("{} ", flag.detail);
  return html(
      R"(<div class="flag{}"><p><strong>{}</strong></p><p class="detail">{}<span class="name">{}{}</span></p></div>
)",
      flag.resolved ? " resolved" : "", flag.meaning, detail, flag.name, flag.resolved ? " (resolved)" : "");
}

Markup word_runs_markup(const std::vector<entries::WordRun>& runs) {
  Markup words;
  for (const entries::WordRun& run : runs) {
    switch (run.kind) {
      case entries::WordRun::Kind::kept:
        words += html("{}", run.text);
        break;
      case entries::WordRun::Kind::removed:
        words += html("<del>{}</del>", run.text);
        break;
      case entries::WordRun::Kind::added:
        words += html("<ins>{}</ins>", run.text);
        break;
    }
  }
  return words;
}

Markup difference_markup(const std::vector<BlockDifference>& difference, bool context_lines) {
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
    if (!context_lines && block.kind == BlockDifference::Kind::kept) {
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

Markup difference_markup_in_context(const std::vector<BlockDifference>& difference, const review::ContextLines& context_lines) {
  const Markup changed = difference_markup(difference, true);
  if (!context_lines.are_known) return changed;
  return concat({context_line_markup("Before it", context_lines.before, "the text begins here"), changed,
                 context_line_markup("Behind it", context_lines.after, "the text ends here")});
}

Markup quote_markup(const review::ItemQuote& quote, kb::Id for_change) {
  const review::QuoteContext& context = quote.context;
  const review::ItemSource& source = quote.source;
  if (!quote.problem.empty()) {
    return html(R"(<figure class="quote"><blockquote><mark>{}</mark></blockquote>
<figcaption class="problem">Its source cannot be shown: {}</figcaption></figure>
)",
                context.quote, quote.problem);
  }
  const Markup before = context.preceding_line.empty() ? Markup{} : html("{} ", context.preceding_line);
  const Markup after = context.following_line.empty() ? Markup{} : html(" {}", context.following_line);
  const std::string address = snapshot_address(quote.citation.snapshot_id, quote.citation.begin_byte,
                                               quote.citation.end_byte, for_change);
  const Markup kind = source.kind.empty() ? Markup{} : html(" · {}", source.kind);
  const Markup page = source.page == 0 ? Markup{} : html(", page {}", source.page);
  const Markup publisher = source.publisher.empty() ? Markup{} : html(" · {}", review::describe_publisher(source));
  const Markup later = source.anachronism_note.empty()
                           ? Markup{}
                           : html(R"(<span class="later">{}</span>)", source.anachronism_note);
  return html(
      R"(<figure class="quote{}"><blockquote><span class="context">{}{}</span><mark>{}</mark><span class="context">{}{}</span></blockquote>
<figcaption>{}<cite>{}</cite>{}{}{} · {} · fetched {} · <a href="{}" data-key="v" aria-keyshortcuts="v">stored snapshot <kbd>v</kbd></a>
{}<span class="address">{}</span></figcaption></figure>
)",
      quote.citation.refutes ? " refutes" : "", before, context.prefix, context.quote,
      context.suffix, after,
      quote.citation.refutes ? html("<strong>Against it:</strong> ") : Markup{},
      external_link(source.quote_link, source.name), kind, page, publisher,
      review::format_publication_date(source.published), date_markup(source.fetched_at), address, later, source.address);
}

Markup citation_markup(kb::Store& store, const kb::Citation& citation) {
  review::ItemQuote quote;
  quote.citation = citation;
  quote.context.quote = citation.quote;
  kb::Snapshots snapshots{store};
  const auto find = [&]() -> Status {
    STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(citation.snapshot_id));
    STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
    STUBKEEPER_ASSIGN(quote.source.page, snapshots.page_of(snapshot, citation.begin_byte));
    quote.source.name = kb::name_of(snapshot, document);
    quote.source.published = snapshot.published;
    quote.source.fetched_at = snapshot.fetched_at;
    quote.source.address = document.address;
    quote.source.quote_link = document.address;
    return {};
  };
  if (const Status found = find(); !found.ok()) quote.problem = found.error().text();
  return quote_markup(quote, 0);
}

Markup item_markup(const Visit& visit, const review::ReviewItem& item) {
  const std::string path = item.entry_path.empty() ? "(first page)" : item.entry_path;
  Markup sides;
  for (const llm::Contradiction& two : item.contradictions) sides += contradiction_markup(two);
  const Markup why =
      item.change.reason.empty()
          ? Markup{}
          : html(R"(<details class="why" open><summary>Why it was proposed</summary><p>{}</p></details>
)",
                 item.change.reason);
  return html(R"(<header class="where"><h1><a href="{}">{}</a> <span class="place">{}</span></h1>
<p class="quiet">Change {} · {} · {}, {} · <a href="{}" data-key="p" aria-keyshortcuts="p">read it in the entry <kbd>p</kbd></a></p></header>
<section aria-labelledby="change"><h2 id="change" class="for-readers">The change</h2>
{}</section>
{}{}{}{}{}{})",
              entry_address(item.entry_path), path, item.place(), item.change.id, item.change.kind,
              review::describe_drafter(item.drafter), format_relative_time(item.proposed_at, visit.now()),
              preview_address(item.entry_path, item.change.id), difference_section(item), flags_markup(item),
              dependents_markup(item), sides, quotes_markup(item), why, decisions_markup(item));
}

}  // namespace stubkeeper::cli
