#include "cli/commands/entry_argument.h"
#include "cli/serve/addresses.h"
#include "cli/serve/frame.h"
#include "cli/serve/item_markup.h"
#include "cli/serve/pages.h"
#include "kb/provenance.h"

namespace stubkeeper::cli {
namespace {

Markup origin_in_words(const kb::Provenance& provenance) {
  const kb::Revision& origin = provenance.origin;
  const Markup revision = html("revision {}, {}", origin.number, date_of(origin.created_at));
  if (!provenance.changes.empty()) return html("approved by {} ({})", origin.author, revision);
  if (origin.author_kind == kb::AuthorKind::import)
    return html("no recorded source: imported ({})", revision);
  return html("written by {} ({})", origin.author, revision);
}

Markup block_row(const Visit& visit, const kb::Provenance& provenance) {
  Markup quotes;
  for (const kb::Change& change : provenance.changes) {
    for (const kb::Citation& citation : change.citations) quotes += citation_markup(visit.store(), citation);
  }
  return html(
      R"(<li id="L{}" class="{}"><a class="line" href="#L{}"><span class="for-readers">Line </span>{}</a>
<div><p class="text">{}</p><p class="quiet">{}</p>
{}</div></li>
)",
      provenance.first_line, quotes.empty() ? "unquoted" : "quoted", provenance.first_line,
      provenance.first_line, provenance.text, origin_in_words(provenance), quotes);
}

}  // namespace

Result<Answer> evidence_page(const Visit& visit, const std::string& path) {
  STUBKEEPER_ASSIGN(const auto entry, find_entry(visit.store(), path.empty() ? "_index" : path));
  STUBKEEPER_ASSIGN(const auto provenances, kb::why(visit.store(), entry.id, 0));
  Markup rows;
  for (const kb::Provenance& provenance : provenances) rows += block_row(visit, provenance);
  return framed(visit, {"Evidence of " + entry.path, "entries"},
                html(R"(<h1>{}</h1>
<p class="quiet">{} · <a href="{}">the entry</a> · <a href="{}">history</a></p>
<p class="quiet">“Quoted” says that the words stand in the source as it was fetched, not that they are true.</p>
<ol class="evidence">
{}</ol>
)",
                     entry.title, entry.path, entry_address(entry.path), history_address(entry.path), rows));
}

}  // namespace stubkeeper::cli
