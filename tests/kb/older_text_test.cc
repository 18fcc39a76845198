// Files that are as they were before: put back by git, on another machine, at another path; docs/architecture.md,
// invariants 1 and 2.

#include <random>

#include "kb/export/section_export.h"
#include "kb/export/section_import.h"
#include "kb/export/site_renderer.h"
#include "tests/kb/prepared_review.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;

namespace {

const std::string file = "heat/saltline.md";

// An entry whose page is exported, and changes of it that are approved.
struct ExportedEntry : PreparedReview {
  TemporaryFolder folder;
  DiskFileSystem files;
  std::string site = folder / "site";
  std::unique_ptr<PageRenderer> renderer;  // of the site, if it has one
  std::string before;                      // the page as it was exported first

  explicit ExportedEntry(bool footnotes = false) {
    if (footnotes) renderer = ok(make_site_renderer(*store, {false, true}));
    run_export();
    before = page();
  }
  ExportReport run_export(OlderTextDecision decision = OlderTextDecision::ask, bool dry_run = false) {
    return run_export_to(site, decision, dry_run);
  }
  ExportReport run_export_to(const std::string& to, OlderTextDecision decision = OlderTextDecision::ask,
                             bool dry_run = false) {
    clock.advance(std::chrono::hours{24});
    if (renderer) renderer = ok(make_site_renderer(*store, {false, true}));
    return ok(export_section(*store, files, {to, "jane", clock.now(), dry_run, renderer.get(), decision}));
  }
  ImportReport import(const std::string& from) {
    return ok(import_section(*store, files, from, "jane", clock.now(), renderer.get()));
  }
  void approve(const std::string& fact_text) {
    clock.advance(std::chrono::hours{24});
    const Id change = propose(fact(fact_text, "It has 31 employees."));
    ok(Review{*store, clock}.approve(change, person, "", ""));
  }
  std::string page(const std::string& in = "") const {
    return read_file((in.empty() ? site : in) + "/" + file);
  }
  void put(const std::string& bytes, const std::string& in = "") {
    write_file((in.empty() ? site : in) + "/" + file, bytes);
  }
  int revisions() const { return static_cast<int>(ok(EntryStore{*store}.revisions(entry_id)).size()); }
};

std::string with_crlf(const std::string& text) {
  std::string turned;
  for (const char c : text) turned += c == '\n' ? "\r\n" : std::string{c};
  return turned;
}

}  // namespace

TEST_CASE("a file that git put back is told from an edit, and waits for a word") {
  const bool footnotes = GENERATE(false, true);
  INFO((footnotes ? "with footnotes" : "as stored"));
  ExportedEntry entry{footnotes};
  entry.approve("**Staff:** 31");
  entry.run_export();
  const std::string approved = entry.text();
  const std::string exported = entry.page();
  REQUIRE(exported != entry.before);
  entry.put(entry.before);  // git checkout

  const auto report = entry.run_export();
  REQUIRE(report.items.size() == 1);
  CHECK(report.items[0].action == ExportAction::older_text);
  CHECK(report.items[0].approved_changes_out == 1);
  CHECK(report.items[0].detail.find("is as it was on 2026-11-23") == 0);
  CHECK(report.items[0].detail.find("1 approved change is missing") != std::string::npos);
  CHECK(report.needs_attention());
  CHECK(entry.text() == approved);
  CHECK(entry.page() == entry.before);
  // It waits for as long as it has to.
  CHECK(entry.run_export().count(ExportAction::older_text) == 1);
  CHECK(entry.run_export(OlderTextDecision::ask, true).count(ExportAction::older_text) == 1);

  SECTION("restored") {
    CHECK(entry.run_export(OlderTextDecision::restore).count(ExportAction::update) == 1);
    CHECK(entry.page() == exported);
    CHECK(entry.text() == approved);
  }
  SECTION("accepted") {
    const auto accepted = entry.run_export(OlderTextDecision::accept);
    REQUIRE(accepted.count(ExportAction::import_edit) == 1);
    CHECK(accepted.items[0].approved_changes_out == 1);
    CHECK(accepted.items[0].detail == "takes out 1 approved change");
    CHECK(entry.page() == entry.before);
    CHECK(entry.text().find("Staff") == std::string::npos);
  }
  CHECK(entry.run_export().items.empty());
}

TEST_CASE("the older text with the line ends of another system is the older text") {
  ExportedEntry entry;
  entry.approve("**Staff:** 31");
  entry.run_export();
  entry.put(with_crlf(entry.before));
  CHECK(entry.run_export().count(ExportAction::older_text) == 1);
}

TEST_CASE("the last export with the line ends of another system is merged with what is newer") {
  ExportedEntry entry;
  entry.put(with_crlf(entry.before));
  entry.approve("**Staff:** 31");
  CHECK(entry.run_export().count(ExportAction::merge) == 1);
  CHECK(entry.page().find("Staff") != std::string::npos);
  CHECK(entry.page() == entry.text());
}

TEST_CASE("what a person had committed before a merge is no edit against what was merged") {
  ExportedEntry entry;
  const std::string by_hand = entry.before + "\nBy hand.\n";
  entry.put(by_hand);
  entry.approve("**Staff:** 31");
  CHECK(entry.run_export().count(ExportAction::merge) == 1);
  const std::string merged = entry.page();
  entry.put(by_hand);  // git checkout of the commit with the hand's own edit
  const auto report = entry.run_export();
  REQUIRE(report.count(ExportAction::older_text) == 1);
  CHECK(report.items[0].approved_changes_out == 1);
  CHECK(entry.run_export(OlderTextDecision::restore).count(ExportAction::update) == 1);
  CHECK(entry.page() == merged);
}

TEST_CASE("all changes that were approved since are counted, and those that were undone are not") {
  ExportedEntry entry;
  entry.approve("**Staff:** 31");
  entry.run_export();
  const std::string first = entry.page();
  entry.approve("**HQ:** Aarhus");
  entry.approve("**Money:** €18 million");
  entry.run_export();
  entry.put(entry.before);
  CHECK(entry.run_export().items.at(0).approved_changes_out == 3);
  entry.put(first);
  CHECK(entry.run_export().items.at(0).approved_changes_out == 2);
  const auto last = ok(Proposals{*entry.store}.get(3));
  ok(Review{*entry.store, entry.clock}.undo(last.id, entry.person, ""));
  CHECK(entry.run_export().items.at(0).approved_changes_out == 1);
}

TEST_CASE("a person's own edit that is taken back by hand needs no word") {
  ExportedEntry entry;
  entry.put(entry.before + "\nBy hand.\n");
  entry.run_export();
  entry.put(entry.before);
  const auto report = entry.run_export();
  CHECK(report.count(ExportAction::import_edit) == 1);
  CHECK_FALSE(report.needs_attention());
  CHECK(entry.text() == entry.before);
}

TEST_CASE("an edit by hand that takes out approved text names how many changes") {
  ExportedEntry entry;
  entry.approve("**Staff:** 31");
  entry.approve("**HQ:** Aarhus");
  entry.run_export();
  std::string edited = entry.page();
  const std::string item = "- **Staff:** 31\n";
  REQUIRE(edited.find(item) != std::string::npos);
  entry.put(edited.erase(edited.find(item), item.size()) + "\nBy hand.\n");
  SECTION("where the store has nothing newer") {
    const auto report = entry.run_export();
    REQUIRE(report.count(ExportAction::import_edit) == 1);
    CHECK(report.items[0].detail == "takes out 1 approved change");
  }
  SECTION("in a merge") {
    entry.approve("**Money:** €18 million");
    const auto report = entry.run_export();
    REQUIRE(report.count(ExportAction::merge) == 1);
    CHECK(report.items[0].detail == "takes out 1 approved change");
    CHECK(entry.text().find("Money") != std::string::npos);
  }
  SECTION("by an import") {
    const auto report = entry.import(entry.site);
    REQUIRE(report.approved_changes_out.size() == 1);
    CHECK(report.approved_changes_out[0] == std::pair<std::string, int>{file, 1});
  }
  CHECK(entry.run_export().items.empty());
}

TEST_CASE("an approved wording that is put back by hand counts as taken out") {
  ExportedEntry entry;
  const Id change = entry.propose(entry.replacement("- Old fact, and thirty-one people work there.\n"));
  ok(Review{*entry.store, entry.clock}.approve(change, entry.person, "", ""));
  entry.run_export();
  std::string edited = entry.page();
  const std::string approved = "- Old fact, and thirty-one people work there.\n";
  entry.put(edited.replace(edited.find(approved), approved.size(), "- Old fact.\n"));
  CHECK(entry.run_export().items.at(0).detail == "takes out 1 approved change");
}

TEST_CASE("an import leaves a file as it is that git put back") {
  ExportedEntry entry;
  entry.approve("**Staff:** 31");
  entry.run_export();
  const std::string approved = entry.text();
  entry.put(entry.before);
  const auto report = entry.import(entry.site);
  REQUIRE(report.skipped.size() == 1);
  CHECK(report.skipped[0].reason.find("1 approved change is missing") != std::string::npos);
  CHECK(entry.text() == approved);
}

TEST_CASE("on a second machine each file is known for what it is") {
  ExportedEntry entry;
  entry.approve("**Staff:** 31");
  entry.run_export();
  const std::string exported = entry.page();
  const std::string other = entry.folder / "clone";

  SECTION("as the last export left it, with the store newer") {
    entry.put(exported, other);
    entry.approve("**HQ:** Aarhus");
    CHECK(entry.run_export_to(other).count(ExportAction::update) == 1);
  }
  SECTION("with an edit by hand") {
    entry.put(exported + "\nBy hand.\n", other);
    CHECK(entry.run_export_to(other).count(ExportAction::import_edit) == 1);
    CHECK(entry.text() == exported + "\nBy hand.\n");
  }
  SECTION("with an edit by hand of the page as it was before") {
    entry.put(entry.before + "\nBy hand.\n", other);
    CHECK(entry.run_export_to(other).count(ExportAction::merge) == 1);
    CHECK(entry.text() == exported + "\nBy hand.\n");
    CHECK(entry.page(other) == exported + "\nBy hand.\n");
  }
  SECTION("as it was before approved changes") {
    entry.put(entry.before, other);
    CHECK(entry.run_export_to(other).count(ExportAction::older_text) == 1);
    CHECK(entry.run_export_to(other, OlderTextDecision::accept).count(ExportAction::import_edit) == 1);
    CHECK(entry.text() == entry.before);
  }
  SECTION("as it was before a person's own edit") {
    entry.put(exported + "\nBy hand.\n");
    entry.run_export();
    entry.put(exported, other);
    CHECK(entry.run_export_to(other).count(ExportAction::update) == 1);
    CHECK(entry.page(other) == exported + "\nBy hand.\n");
  }
  SECTION("a page of something else waits") {
    entry.put("# Another page\n\nOf somebody else.\n", other);
    CHECK(entry.run_export_to(other).count(ExportAction::conflict) == 1);
    return;
  }
  SECTION("by an import") {
    entry.put(entry.before, other);
    const std::string approved = entry.text();
    CHECK(entry.import(other).skipped.size() == 1);
    CHECK(entry.text() == approved);
    entry.put(exported, other);
    CHECK(entry.import(other).entries_unchanged == 1);
  }
  CHECK(entry.run_export_to(other).items.empty());
}

TEST_CASE("whatever git puts back and the hand writes, no approved text leaves the store without a word") {
  std::mt19937 random{2'026};
  for (int game = 0; game < 5; ++game) {
    ExportedEntry entry;
    std::vector<std::string> commits{entry.before};
    std::vector<std::string> approved;
    for (int round = 0; round < 25; ++round) {
      const std::string mark = std::to_string(game) + "x" + std::to_string(round) + "x";
      switch (random() % 4) {
        case 0:
          approved.push_back("**Fact" + mark + ":** 31");
          entry.approve(approved.back());
          break;
        case 1:
          entry.put(entry.page() + "\nBy hand " + mark + ".\n");
          break;
        case 2:
          entry.put(commits[random() % commits.size()]);  // git checkout, stash or an older branch
          break;
        default:
          break;
      }
      commits.push_back(entry.page());
      auto report = entry.run_export();
      if (report.count(ExportAction::older_text) > 0) {
        CHECK(entry.page() == commits.back());
        report = entry.run_export(OlderTextDecision::restore);
        CHECK(entry.page() == entry.text());
      }
      INFO("round " << mark << "\n" << entry.text());
      CHECK_FALSE(report.needs_attention());
      for (const std::string& text : approved) REQUIRE(entry.text().find(text) != std::string::npos);
      CHECK(entry.run_export().items.empty());
      commits.push_back(entry.page());
    }
  }
}
