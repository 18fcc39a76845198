#include "tests/bench/waiting_changes.h"

#include <fmt/format.h>

#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/runs/runs.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "tests/bench/value_or_exit.h"

namespace stubkeeper::bench {
namespace {

constexpr int changes_per_entry = 10;

std::string sentence(int entry, int change) {
  return fmt::format("Company {} delivered {} pumps of a new kind to town {} in the year 20{:02}.", entry,
                     1'000 + change * 37 + entry, change * 13 + 7, 10 + change);
}

}  // namespace

void propose_changes(const std::string& kb_folder) {
  const auto store = value_or_exit(kb::Store::open(kb_folder + "/kb.sqlite"));
  const Timestamp now = SystemClock{}.now();
  const Status done = store->run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto run, kb::Runs{*store}.begin("bench", now));
    STUBKEEPER_ASSIGN(const auto all, kb::EntryStore{*store}.list());
    int number = 0;
    for (const kb::Entry& entry : all) {
      if (entry.kind != kb::EntryKind::entry) continue;
      std::string text;
      for (int i = 0; i < changes_per_entry; ++i) text += sentence(number, i) + "\n\n";
      const std::string address = fmt::format("https://news.example/{}", number);
      STUBKEEPER_ASSIGN(const auto source,
                        kb::Sources{*store}.add("page", address, "News", now));
      kb::Snapshots snapshots{*store};
      STUBKEEPER_ASSIGN(const auto document, snapshots.document(source, address, address));
      kb::NewSnapshot snapshot;
      snapshot.metadata.fetched_at = now;
      snapshot.metadata.title = "News";
      snapshot.metadata.content_type = "text/html";
      snapshot.body = text;
      snapshot.text = text;
      STUBKEEPER_ASSIGN(const auto snapshot_id, snapshots.add(document.id, snapshot));
      std::vector<kb::Proposals::NewChange> changes;
      for (int i = 0; i < changes_per_entry; ++i) {
        kb::Proposals::NewChange change;
        change.kind = "add development";
        change.edit.kind = entries::EditKind::prepend_development;
        change.edit.part = "Notable Developments";
        change.edit.date = fmt::format("20{:02}-05", 10 + i);
        change.edit.text = sentence(number, i);
        change.place = "Notable Developments";
        change.new_text = "- **" + change.edit.date + ":** " + change.edit.text;
        change.reason = "a new sentence with a date";
        kb::Citation citation;
        citation.snapshot_id = snapshot_id;
        citation.quote = change.edit.text;
        citation.begin_byte = text.find(citation.quote);
        citation.end_byte = citation.begin_byte + citation.quote.size();
        change.citations.push_back(citation);
        if (i == 3) {
          change.flags.emplace_back();
          change.flags.back().name = "old-source";
        }
        changes.push_back(std::move(change));
      }
      STUBKEEPER_ASSIGN(
          [[maybe_unused]] const auto proposal,
          kb::Proposals{*store}.propose(run, entry.id, entry.current_revision_id, "bench", now, {}, changes));
      ++number;
    }
    return {};
  });
  if (!done.ok()) fail_benchmark(done.error().text());
}

}  // namespace stubkeeper::bench
