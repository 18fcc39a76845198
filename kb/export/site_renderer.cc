#include "kb/export/site_renderer.h"

#include "entries/markdown_escape.h"
#include "entries/merge.h"
#include "entries/site/footnotes.h"
#include "entries/site/plain_pages.h"
#include "kb/entries/entry_store.h"
#include "kb/review/evidence.h"

namespace stubkeeper::kb {
namespace {

class SiteRenderer final : public PageRenderer {
 public:
  SiteRenderer(Store& store, const SiteFormat& form, entries::PageIndex pages, std::set<Id> with_evidence)
      : store_(store), format_(form), pages_(std::move(pages)), with_evidence_(std::move(with_evidence)) {}

  bool renames_files() const override { return format_.plain_markdown; }

  bool is_rendered_as_stored(const Entry& entry) const override {
    return !format_.plain_markdown && !with_evidence_.contains(entry.id);
  }

  std::string file_of(const std::string& store_file) const override {
    return format_.plain_markdown ? entries::to_plain_path(store_file) : store_file;
  }

  Result<std::string> render(const Entry& entry, const std::string& store_text) const override {
    std::string text = store_text;
    if (format_.footnotes && with_evidence_.contains(entry.id)) {
      STUBKEEPER_ASSIGN(const auto evidence, collect_evidence(store_, entry));
      std::vector<entries::BlockFootnotes> notes;
      for (const EvidenceClaim& claim : evidence.claims) {
        entries::BlockFootnotes block{claim.block, {}};
        for (const EvidenceQuote& quote : claim.quotes) block.notes.push_back(render_footnote(quote));
        notes.push_back(std::move(block));
      }
      text = entries::add_footnotes(text, notes);
    }
    if (format_.plain_markdown) text = entries::to_plain_page(text, entry.file, pages_);
    return text;
  }

  std::string to_store_text(const Entry& entry, const std::string& store_text, const std::string& rendered,
                            const std::string& disk) const override {
    // An earlier export may have rendered another form of the site.
    const std::string theirs = entries::remove_footnotes(store_text, rendered, disk);
    const std::string base = entries::remove_footnotes(store_text, rendered, rendered);
    if (base == store_text) return theirs;
    const auto with_store_links = [&](const std::string& text) {
      return entries::restore_relrefs(text, store_text, entry.file, pages_);
    };
    return entries::merge_pages(with_store_links(base), store_text, with_store_links(theirs),
                                entries::MergePreference::theirs)
        .bytes;
  }

 private:
  Store& store_;
  const SiteFormat format_;
  const entries::PageIndex pages_;
  const std::set<Id> with_evidence_;
};

}  // namespace

Result<std::unique_ptr<PageRenderer>> make_site_renderer(Store& store, const SiteFormat& form) {
  if (form.is_store_format()) return std::unique_ptr<PageRenderer>{};
  STUBKEEPER_ASSIGN(const auto all, EntryStore{store}.list());
  std::vector<std::string> files;
  for (const Entry& entry : all) {
    if (entry.state == EntryState::published) files.push_back(entry.file);
  }
  std::set<Id> with_evidence;
  if (form.footnotes) {
    STUBKEEPER_ASSIGN(with_evidence, entries_with_evidence(store));
  }
  return std::unique_ptr<PageRenderer>{
      std::make_unique<SiteRenderer>(store, form, entries::PageIndex{files}, std::move(with_evidence))};
}

std::string render_footnote(const EvidenceQuote& quote) {
  std::string note = quote.citation.refutes ? "Refuting: “" : "“";
  note += entries::escape_markdown(quote.citation.quote) + "” ";
  const std::string title = !quote.title.empty() ? quote.title : quote.address;
  note += quote.address.empty() ? entries::escape_markdown(title)
                                : entries::make_markdown_link(title, quote.address);
  if (quote.page > 0) note += ", p. " + std::to_string(quote.page);
  if (!quote.published.empty())
    note += ", published " + entries::escape_markdown(quote.published.substr(0, 10));
  return note + ", fetched " + iso_date(quote.fetched_at);
}

}  // namespace stubkeeper::kb
