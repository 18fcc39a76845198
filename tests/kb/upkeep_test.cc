// What a new entry asks of other pages: section pages, the changelog, the list of topics, company tables.

#include "kb/review/upkeep.h"

#include "kb/entries/entry_store.h"
#include "kb/export/section_import.h"
#include "kb/review/dependents.h"
#include "kb/review/policies.h"
#include "kb/review/proposals.h"
#include "kb/review/review.h"
#include "kb/runs/runs.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;

namespace {

const std::string first_page =
    "---\ntitle: \"Research\"\nlast_reviewed: 2026-01-01\nlastmod: 2026-01-01\n---\n\n## Topic Areas\n\n- "
    "[Energy]({{< relref \"energy/_index.md\" >}}) — power\n- [Tides]({{< relref \"tides/_index.md\" >}})\n";
const std::string changelog =
    "---\ntitle: \"Changelog\"\nlast_reviewed: 2026-01-01\nlastmod: 2026-01-01\n---\n\n- **2026-01-02:** "
    "Created "
    "[Energy]({{< relref \"../energy/_index.md\" >}}) — new.\n";
const std::string tides =
    "---\ntitle: \"Tides\"\n---\n\n## Companies\n\n### Startups & Development Partners\n\n| Company | HQ | "
    "Stage "
    "| Mission |\n|---------|----|-------|---------|\n| [A](https://a.example) | Oslo | Seed | Mills |\n";

struct Section {
  TemporaryFolder folder;
  std::unique_ptr<Store> store = *Store::in_memory();
  DiskFileSystem files;
  FakeClock clock{"2026-11-24T10:00:00Z"};
  const Reviewer jane{AuthorKind::person, "jane"};
  std::vector<ItemFailure> failures;
  Id run = *Runs{*store}.begin("extractive", clock.now());
  Id snapshot = 0;
  const std::string text = "Tidewheel is a maker of tidal mills in Bergen. It is small.";

  explicit Section(bool with_pages = true) {
    if (with_pages) {
      write_file(folder / "site/_index.md", first_page);
      write_file(folder / "site/changelog/index.md", changelog);
      write_file(folder / "site/tides/_index.md", tides);
      write_file(folder / "site/energy/_index.md", "---\ntitle: \"Energy\"\n---\n\n## Overview\n\nPower.\n");
      REQUIRE(import_section(*store, files, folder / "site", "jane", clock.now()).ok());
    }
    Sources sources{*store};
    const Id source = *sources.add("page", "https://news.example/tidewheel", "", clock.now());
    Snapshots snapshots{*store};
    const auto document = *snapshots.document(source, "", "https://news.example/tidewheel");
    NewSnapshot fresh;
    fresh.metadata.fetched_at = clock.now();
    fresh.metadata.title = "Tidewheel";
    fresh.body = text;
    fresh.text = text;
    fresh.passages.push_back({0, 0, 0, 0, text.size(), "likeness", true});
    snapshot = *snapshots.add(document.id, fresh);
  }

  // A stub with one quoted change of its summary, approved.
  void publish(const std::string& path, const std::string& title, const std::string& key_fact = "") {
    EntryStore entries{*store};
    EntryStore::NewEntry stub;
    stub.path = path;
    stub.file = path + ".md";
    stub.title = title;
    stub.state = EntryState::stub;
    stub.bytes = "---\ntitle: \"" + title + "\"\n---\n";
    if (!key_fact.empty()) stub.bytes += "\n## Key Facts\n\n- " + key_fact + "\n";
    const Entry entry = *entries.add(stub, AuthorKind::person, "jane", clock.now(), "named as a stub");
    Proposals::NewChange change;
    change.kind = "write summary";
    change.edit.kind = entries::EditKind::add_to_part;
    change.edit.part = "summary";
    change.edit.text = text.substr(0, text.find('.') + 1);
    change.new_text = change.edit.text;
    change.citations.push_back({0, snapshot, 0, change.edit.text.size(), change.edit.text, false});
    const auto proposed = Proposals{*store}.propose(run, entry.id, entry.current_revision_id, "extractive",
                                                    clock.now(), {}, {change});
    INFO((proposed.ok() ? "" : proposed.error().text()));
    REQUIRE(proposed.ok());
    for (const Change& each : waiting("write summary"))
      REQUIRE(Review(*store, clock).approve(each.id, jane, "", "").ok());
  }
  std::vector<Change> waiting(const std::string& kind = upkeep_kind) {
    Proposals::Filter filter;
    filter.kind = kind;
    return *Proposals{*store}.list(filter);
  }
  int keep_up() {
    const auto proposed = propose_upkeep(*store, clock.now(), failures);
    INFO((proposed.ok() ? "" : proposed.error().text()));
    REQUIRE(proposed.ok());
    return *proposed;
  }
  void approve_all() {
    for (const Change& change : waiting()) {
      const auto approved = Review(*store, clock).approve(change.id, jane, "", "");
      INFO((approved.ok() ? "" : approved.error().text()));
      REQUIRE(approved.ok());
    }
  }
  std::string bytes(const std::string& path) {
    EntryStore entries{*store};
    return *entries.current_bytes(**entries.find(path));
  }
};

std::string replaced(std::string text, const std::string& old_part, const std::string& new_part) {
  REQUIRE(text.find(old_part) != std::string::npos);
  return text.replace(text.find(old_part), old_part.size(), new_part);
}

}  // namespace

TEST_CASE("a new entry asks for its line in the changelog, which waits for review") {
  Section section;
  section.publish("energy/solar/heliopan", "Heliopan");
  CHECK(section.bytes("changelog") == changelog);
  CHECK(section.keep_up() == 2);  // the entry, and the section page that was made for it
  CHECK(section.bytes("changelog") == changelog);
  section.approve_all();
  const std::string after = section.bytes("changelog");
  CHECK(after.find("- **2026-11-24:** Created [Heliopan]({{< relref \"heliopan.md\" >}}) — first entry.\n") !=
        std::string::npos);
  CHECK(after.find("- **2026-11-24:** Created [Solar](") < after.find("- **2026-01-02:**"));
  // It moved, and nobody reviewed it.
  CHECK(after.find("lastmod: 2026-11-24") != std::string::npos);
  CHECK(after.find("last_reviewed: 2026-01-01") != std::string::npos);
}

TEST_CASE("section pages on the way to a new entry are made from their template, once") {
  Section section;
  section.publish("energy/solar/heliopan", "Heliopan");
  EntryStore entries{*section.store};
  const auto made = *entries.find("energy/solar");
  REQUIRE(made);
  CHECK(made->kind == EntryKind::section);
  CHECK(made->file == "energy/solar/_index.md");
  CHECK(section.bytes("energy/solar").find("title: \"Solar\"") != std::string::npos);
  CHECK(entries.revisions(made->id)->front().author_kind == AuthorKind::policy);
  REQUIRE(entries.set_state(made->id, EntryState::removed).ok());
  section.publish("energy/solar/other", "Other");
  CHECK((*entries.find("energy/solar"))->state == EntryState::removed);
}

TEST_CASE("a new topic area gets its item in its place of the alphabet") {
  Section section;
  section.publish("heat/heatbox", "Heatbox");
  section.keep_up();
  section.approve_all();
  CHECK(section.bytes("").find("— power\n- [Heat]({{< relref \"heat\" >}})\n- [Tides]") != std::string::npos);
}

TEST_CASE("a company gets a row in its section's table, made of what its entry quotes") {
  Section section;
  section.publish("tides/tidewheel", "Tide | wheel", "**HQ:** Bergen");
  section.keep_up();
  const auto rows = section.waiting();
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [](const Change& change) { return change.place == "Companies"; });
  REQUIRE(row != rows.end());
  // What nobody quoted is left open, whatever the page says.
  CHECK(
      row->new_text ==
      "| [Tide \\| wheel]({{< relref \"tidewheel.md\" >}}) | — | — | Tidewheel is a maker of tidal mills in "
      "Bergen. |");
  REQUIRE(row->citations.size() == 1);
  section.approve_all();
  const std::string dated = replaced(tides, "\"Tides\"\n", "\"Tides\"\nlastmod: 2026-11-24\n");
  CHECK(section.bytes("tides") == replaced(dated, "Mills |\n", "Mills |\n" + row->new_text + "\n"));
}

TEST_CASE("five new entries of a topic share one line, which takes the place of those that wait") {
  Section section;
  for (const char* name : {"Ann", "Ben", "Cay"})
    section.publish("tides/" + std::string{name}, "The " + std::string{name} + " company");
  section.keep_up();
  CHECK(section.waiting().size() == 3);
  for (const char* name : {"Dan", "Eve", "Fay"})
    section.publish("tides/" + std::string{name}, "The " + std::string{name} + " company");
  CHECK(section.keep_up() == 1);
  REQUIRE(section.waiting().size() == 1);
  const std::string line = section.waiting()[0].new_text;
  CHECK(line ==
        "- **2026-11-24:** Created [Tides]({{< relref \"tides\" >}}) + 6 entries: [The Ann company]({{< "
        "relref "
        "\"Ann.md\" >}}), [The Ben company]({{< relref \"Ben.md\" >}}) and 4 more.");
  CHECK(line.size() <= 200);
}

TEST_CASE("what a person turned down or took out is not proposed again") {
  Section section;
  section.publish("energy/heliopan", "Heliopan");
  CHECK(section.keep_up() == 1);
  SECTION("turned down") {
    REQUIRE(Review(*section.store, section.clock).reject(section.waiting()[0].id, section.jane, "").ok());
  }
  SECTION("taken out") {
    section.approve_all();
    EntryStore entries{*section.store};
    REQUIRE(entries
                .add_revision((*entries.find("changelog"))->id, changelog, AuthorKind::person, "jane",
                              section.clock.now(), "")
                .ok());
  }
  CHECK(section.keep_up() == 0);
  section.publish("energy/other", "Other");
  CHECK(section.keep_up() == 1);
}

TEST_CASE("without such pages nothing is proposed, also not when one appears later") {
  Section section{false};
  section.publish("energy/heliopan", "Heliopan");
  CHECK(section.keep_up() == 0);
  write_file(section.folder / "site/changelog/index.md", changelog);
  REQUIRE(import_section(*section.store, section.files, section.folder / "site", "jane", section.clock.now())
              .ok());
  CHECK(section.keep_up() == 0);
}

TEST_CASE("imported entries ask for nothing") {
  Section section;
  CHECK(section.keep_up() == 0);
}

TEST_CASE("upkeep is approved without a person where the configuration says so") {
  Section section;
  section.publish("energy/heliopan", "Heliopan");
  section.keep_up();
  CHECK(*approve_by_policy(*section.store, section.clock, {auto_approve_policy({"rechecked"})},
                           section.failures) == 0);
  CHECK(*approve_by_policy(*section.store, section.clock, {auto_approve_policy({"upkeep"})},
                           section.failures) == 1);
  CHECK(section.bytes("changelog").find("Heliopan") != std::string::npos);
}

TEST_CASE(
    "a change of a new entry tells which change of another page would mention it, until that is decided") {
  Section section;
  section.publish("tides/tidewheel", "Tidewheel");
  REQUIRE(section.keep_up() > 0);
  Proposals::Filter approved;
  approved.state = ChangeState::approved;
  const auto summary = *Proposals{*section.store}.list(approved);
  REQUIRE(summary.size() == 1);
  const auto mentions = [&] {
    std::map<Id, std::string> found;
    const auto dependents = *find_dependents(*section.store, summary[0], "2026-11-24");
    for (const Dependent& dependent : dependents) {
      if (dependent.kind == Dependent::Kind::mentions_entry) found[dependent.change_id] = dependent.path;
    }
    return found;
  };
  std::map<Id, std::string> waiting;
  for (const Change& change : section.waiting()) {
    EntryStore entries{*section.store};
    waiting[change.id] = (*entries.get(change.entry_id)).path;
  }
  REQUIRE_FALSE(waiting.empty());
  CHECK(mentions() == waiting);
  section.approve_all();
  CHECK(mentions().empty());
}
