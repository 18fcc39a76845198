#pragma once

#include <memory>
#include <string>

#include "kb/export/page_renderer.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The form of the pages that a site wants, by the configuration.
struct SiteFormat {
  bool plain_markdown = false;  // profile "plain": entries/site/plain_pages.h
  bool footnotes = false;       // evidence "footnotes": entries/site/footnotes.h, from kb/review/evidence.h
  bool is_store_format() const { return !plain_markdown && !footnotes; }
};

// The renderer for a site of that form, with links among the now published entries and footnotes
// from their evidence; nullptr where the site's text is the store's. Borrows the store.
Result<std::unique_ptr<PageRenderer>> make_site_renderer(Store& store, const SiteFormat& form);

// A footnote of a quote, its source and dates, as safe Markdown in one line.
struct EvidenceQuote;
std::string render_footnote(const EvidenceQuote& quote);

}  // namespace stubkeeper::kb
