#pragma once

#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/review/review.h"
#include "kb/runs/runs.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/ok.h"

namespace stubkeeper::kb::testing {

using namespace stubkeeper::testing;

inline const std::string page_text =
    "Saltline raised €18 million on 22 January 2026.\n\nIt has 31 employees.";

// A store with one entry, one snapshot, and what is needed to propose changes of it.
struct PreparedReview {
  std::unique_ptr<Store> store;
  FakeClock clock{"2026-11-23T10:00:00Z"};
  Id entry_id = 0;
  Id snapshot_id = 0;
  Id run_id = 0;
  Reviewer person{AuthorKind::person, "jane"};

  explicit PreparedReview(EntryState state = EntryState::published,
                          std::unique_ptr<Store> empty = ok(Store::in_memory()))
      : store(std::move(empty)) {
    const Id source = ok(Sources{*store}.add("page", "https://example.org/news", "", clock.now()));
    Snapshots snapshots{*store};
    const auto document =
        ok(snapshots.document(source, "https://example.org/news", "https://example.org/news"));
    NewSnapshot snapshot;
    snapshot.metadata.fetched_at = clock.now();
    snapshot.metadata.title = "News";
    snapshot.body = "<html>";
    snapshot.text = page_text;
    snapshot.passages = {{0, 0, 0, 0, 48, "a", true}, {0, 0, 1, 50, page_text.size(), "b", true}};
    snapshot_id = ok(snapshots.add(document.id, snapshot));
    entry_id =
        ok(EntryStore{*store}.add({"heat/saltline", "heat/saltline.md", EntryKind::entry, "Saltline", state,
                                   "---\ntitle: \"Saltline\"\nlastmod: 2026-01-01\nsource_urls: "
                                   "[]\nlast_reviewed: 2026-01-01\n---\n\n"
                                   "## Key Facts\n\n- Old fact.\n"},
                                  AuthorKind::person, "jane", clock.now(), "made"))
            .id;
    run_id = ok(Runs{*store}.begin("test", clock.now()));
  }

  Proposals::NewChange fact(const std::string& text, const std::string& quote) const {
    Proposals::NewChange change;
    change.kind = "add fact";
    change.edit.kind = entries::EditKind::add_list_item;
    change.edit.part = "Key Facts";
    change.edit.text = text;
    change.place = "Key Facts";
    change.new_text = "- " + text;
    Citation citation;
    citation.snapshot_id = snapshot_id;
    citation.begin_byte = page_text.find(quote);
    citation.end_byte = citation.begin_byte + quote.size();
    citation.quote = quote;
    change.citations.push_back(citation);
    return change;
  }

  // Another text in place of the old fact.
  Proposals::NewChange replacement(const std::string& text) {
    Proposals::NewChange change = fact("", "It has 31 employees.");
    const auto entry = ok(EntryStore{*store}.get(entry_id));
    const auto document = ok(EntryStore{*store}.document(entry.current_revision_id));
    change.edit.kind = entries::EditKind::replace_block;
    change.edit.part.clear();
    change.edit.text = text;
    for (std::size_t i = 0; i < document.ids.size(); ++i) {
      const std::string_view block = document.document.text(document.document.blocks()[i]);
      if (!block.starts_with("- Old fact")) continue;
      change.edit.target = document.ids[i];
      change.edit.expected = std::string{block};
    }
    const auto preview = ok(entries::preview_edit(document, change.edit));
    change.old_text = preview.old_text;
    change.new_text = preview.new_text;
    change.place = preview.place;
    return change;
  }

  void edit(const std::string& was, const std::string& is) {
    std::string edited = text();
    edited.replace(edited.find(was), was.size(), is);
    ok(EntryStore{*store}.add_revision(entry_id, edited, AuthorKind::person, "jane", clock.now(), ""));
  }

  std::string seen(Id change) const { return seen_hash(ok(Proposals{*store}.get(change))); }

  Id propose(const Proposals::NewChange& change) {
    const auto entry = ok(EntryStore{*store}.get(entry_id));
    ok(Proposals{*store}.propose(run_id, entry_id, entry.current_revision_id, "test", clock.now(), {},
                                 {change}));
    return ok(Proposals{*store}.list({})).back().id;
  }

  std::string text() const {
    EntryStore entries{*store};
    return ok(entries.current_bytes(ok(entries.get(entry_id))));
  }
  ChangeState state_of(Id change) const { return ok(Proposals{*store}.get(change)).state; }
};

// Has each approval count as a review of the page, as a section's rules may ask for.
inline void count_approvals_as_reviews(Store& store) {
  entries::Conventions conventions = store.conventions();
  conventions.style.dates_set_by_approval = {"lastmod", "last_reviewed"};
  store.set_conventions(std::move(conventions));
}

}  // namespace stubkeeper::kb::testing
