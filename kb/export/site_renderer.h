#pragma once

#include <memory>
#include <set>
#include <string>

#include "entries/site/page_index.h"
#include "kb/export/page_renderer.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What a site wants of the pages that the configuration can say.
struct SiteFormat {
  bool plain_markdown = false;  // profile "plain": entries/site/plain_pages.h
  bool footnotes = false;       // evidence "footnotes": entries/site/footnotes.h, from kb/entries/evidence.h
  bool is_store_format() const { return !plain_markdown && !footnotes; }
};

// The rendering for a site of that form, for as long as the store's entries stay what they are now: links are
// found among the published entries, footnotes among their evidence. Borrows the store. nullptr where the
// site's text is the store's.
Result<std::unique_ptr<PageRenderer>> make_site_renderer(Store& store, const SiteFormat& form);

// One quote as the text of a footnote: the quote, its source, its dates. Safe Markdown of one line.
struct EvidenceQuote;
std::string render_footnote(const EvidenceQuote& quote);

}  // namespace stubkeeper::kb
