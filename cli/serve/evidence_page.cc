#include "cli/arguments.h"
#include "cli/provenance_view.h"
#include "cli/serve/addresses.h"
#include "cli/serve/item_markup.h"
#include "cli/serve/page_layout.h"
#include "cli/serve/pages.h"
#include "entries/document.h"
#include "kb/review/provenance.h"

namespace stubkeeper::cli {
namespace {

// A sentence, and what it rests on.
Markup part_markup(review::QuoteReader& quotes, const ProvenancePart& part) {
  Markup quoted;
  for (const kb::Change& change : part.origin.changes) {
    for (const kb::Citation& citation : change.citations) quoted += quote_markup(quotes.read(citation), 0);
  }
  return html(R"(<div class="{}"><p class="text" dir="auto">{}</p><p class="quiet">{}</p>
{}</div>)",
              quoted.empty() ? "unquoted" : "quoted", part.text, format_origin(part.origin), quoted);
}

Result<Markup> block_row(kb::Store& store, review::QuoteReader& quotes, kb::Id entry_id,
                         const kb::Provenance& provenance) {
  STUBKEEPER_ASSIGN(const auto parts, list_provenance_parts(store, entry_id, provenance, 0));
  if (parts.empty()) return Markup{};
  Markup told;
  for (const ProvenancePart& part : parts) told += part_markup(quotes, part);
  return html(R"(<li id="L{}"><a class="line" href="#L{}"><span class="for-readers">Line </span>{}</a>
<div>{}</div></li>
)",
              provenance.first_line, provenance.first_line, provenance.first_line, told);
}

}  // namespace

Result<Response> evidence_page(const Visit& visit, const std::string& path) {
  STUBKEEPER_ASSIGN(const auto entry, find_entry(visit.store(), path.empty() ? "_index" : path));
  STUBKEEPER_ASSIGN(const auto provenances, kb::find_provenance(visit.store(), entry.id, 0));
  review::QuoteReader quotes{visit.store()};
  Markup rows;
  Markup front_matter;
  for (const kb::Provenance& provenance : provenances) {
    STUBKEEPER_ASSIGN(const Markup row, block_row(visit.store(), quotes, entry.id, provenance));
    const bool is_front_matter =
        provenance.block_kind == entries::block_kind_name(entries::BlockKind::front_matter);
    (is_front_matter ? front_matter : rows) += row;
  }
  if (!front_matter.empty())
    front_matter = html(R"(<h2>Front matter</h2>
<ol class="evidence">
{}</ol>
)",
                        front_matter);
  return render_page(visit, {"Evidence of " + entry.path, "entries"},
                     html(R"(<h1>{}</h1>
<p class="quiet">{} · <a href="{}" data-key="b" data-escape aria-keyshortcuts="b">the entry <kbd>b</kbd></a> · <a href="{}" data-key="h" aria-keyshortcuts="h">history <kbd>h</kbd></a></p>
<p class="quiet">“Quoted” says that the words stand in the source as it was fetched, not that they are true.</p>
<ol class="evidence">
{}</ol>
{})",
                          entry.title, entry.path, entry_address(entry.path), history_address(entry.path),
                          rows, front_matter));
}

}  // namespace stubkeeper::cli
