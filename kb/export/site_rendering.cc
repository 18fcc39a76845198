#include "kb/export/site_rendering.h"

#include "entries/merge.h"
#include "entries/safe_text.h"
#include "entries/site/footnotes.h"
#include "entries/site/plain_pages.h"
#include "kb/entries/entry_store.h"
#include "kb/entries/evidence.h"

namespace stubkeeper::kb {
namespace {

class SiteRendering final : public PageRendering {
 public:
  SiteRendering(Store& store, const SiteForm& form, entries::PageIndex pages, std::set<Id> with_evidence)
      : store_(store), form_(form), pages_(std::move(pages)), with_evidence_(std::move(with_evidence)) {}

  bool renames_files() const override { return form_.plain_markdown; }

  bool leaves_alone(const Entry& entry) const override {
    return !form_.plain_markdown && !with_evidence_.contains(entry.id);
  }

  std::string file_of(const std::string& store_file) const override {
    return form_.plain_markdown ? entries::plain_file(store_file) : store_file;
  }

  Result<std::string> render(const Entry& entry, const std::string& store_text) const override {
    std::string text = store_text;
    if (form_.footnotes && with_evidence_.contains(entry.id)) {
      STUBKEEPER_ASSIGN(const auto evidence, evidence_of(store_, entry));
      std::vector<entries::BlockNotes> notes;
      for (const EvidenceClaim& claim : evidence.claims) {
        entries::BlockNotes block{claim.block, {}};
        for (const EvidenceQuote& quote : claim.quotes) block.notes.push_back(footnote_of(quote));
        notes.push_back(std::move(block));
      }
      text = entries::with_footnotes(text, notes);
    }
    if (form_.plain_markdown) text = entries::plain_page(text, entry.file, pages_);
    return text;
  }

  std::string read_back(const Entry& entry, const std::string& store_text, const std::string& rendered,
                        const std::string& disk) const override {
    // What an earlier export rendered, maybe in another form of the site.
    const std::string theirs = entries::without_footnotes(store_text, rendered, disk);
    const std::string base = entries::without_footnotes(store_text, rendered, rendered);
    if (base == store_text) return theirs;
    const auto linked = [&](const std::string& text) {
      return entries::with_relrefs(text, store_text, entry.file, pages_);
    };
    return entries::merge_pages(linked(base), store_text, linked(theirs), entries::Prefer::theirs).bytes;
  }

 private:
  Store& store_;
  const SiteForm form_;
  const entries::PageIndex pages_;
  const std::set<Id> with_evidence_;
};

}  // namespace

Result<std::unique_ptr<PageRendering>> make_site_rendering(Store& store, const SiteForm& form) {
  if (form.is_the_stores()) return std::unique_ptr<PageRendering>{};
  STUBKEEPER_ASSIGN(const auto all, EntryStore{store}.list());
  std::vector<std::string> files;
  for (const Entry& entry : all) {
    if (entry.state == EntryState::published) files.push_back(entry.file);
  }
  std::set<Id> with_evidence;
  if (form.footnotes) {
    STUBKEEPER_ASSIGN(with_evidence, entries_with_evidence(store));
  }
  return std::unique_ptr<PageRendering>{
      std::make_unique<SiteRendering>(store, form, entries::PageIndex{files}, std::move(with_evidence))};
}

std::string footnote_of(const EvidenceQuote& quote) {
  std::string note = quote.citation.refutes ? "Refuting: “" : "“";
  note += entries::plain_text_as_markdown(quote.citation.quote) + "” ";
  const std::string title = !quote.title.empty() ? quote.title : quote.address;
  note += quote.address.empty() ? entries::plain_text_as_markdown(title)
                                : entries::markdown_link(title, quote.address);
  if (quote.page > 0) note += ", p. " + std::to_string(quote.page);
  if (!quote.published.empty())
    note += ", published " + entries::plain_text_as_markdown(quote.published.substr(0, 10));
  return note + ", fetched " + iso_date(quote.fetched_at);
}

}  // namespace stubkeeper::kb
