// An approved change writes its line into the section's changelog, and undo takes it out again.

#include "kb/review/changelog_lines.h"

#include <algorithm>
#include <random>

#include "entries/conventions.h"
#include "kb/review/upkeep.h"
#include "kb/store/database.h"
#include "tests/kb/prepared_review.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::kb::testing;

namespace {

const std::string log_head =
    "---\ntitle: \"Changelog\"\nlastmod: 2026-01-02 # by hand\nlast_reviewed: 2026-01-02\n---\n\n> A note.\n\n";
const std::string old_lines =
    "- **2026-01-02:** Created [Saltline]({{< relref \"saltline.md\" >}}) — mine.\n* another list\n";
// The template of a line, for these kinds.
std::string line_template(const std::string& kinds, const std::string& per = "entry",
                          const std::string& form = "**@date@:** @action@ @page@ — @words@.") {
  return "---\nkinds: [" + kinds + "]\nper: " + per + "\n---\n" + form + "\n";
}
const std::string saltline_link = "[Saltline]({{< relref \"saltline.md\" >}})";

struct LoggedSection : PreparedReview {
  Id log_id = 0;

  explicit LoggedSection(const std::string& line_rules = line_template("add development"),
                         const std::string& log = log_head + old_lines) {
    entries::Conventions conventions = entries::built_in_conventions();
    REQUIRE(entries::override_conventions(conventions, "templates/changelog_line.md", line_rules,
                                          "changelog_line.md")
                .ok());
    store->set_conventions(std::move(conventions));
    if (!log.empty()) log_id = add("changelog", "changelog/index.md", log);
  }
  Id add(const std::string& path, const std::string& file, const std::string& bytes) {
    return ok(EntryStore{*store}.add(
                  {path, file, EntryKind::entry, "Changelog", EntryState::published, bytes},
                  AuthorKind::person, "jane", clock.now(), ""))
        .id;
  }
  std::string log() const { return ok(EntryStore{*store}.current_bytes(ok(EntryStore{*store}.get(log_id)))); }
  void write_log(const std::string& bytes) {
    ok(EntryStore{*store}.add_revision(log_id, bytes, AuthorKind::person, "jane", clock.now(), ""));
  }
  // A change that brings no source of its own into the entry.
  Proposals::NewChange development(const std::string& text,
                                   const std::string& kind = "add development") const {
    Proposals::NewChange change = fact(text, "It has 31 employees.");
    change.kind = kind;
    change.citations.clear();
    return change;
  }
  Id approve(const Proposals::NewChange& change) {
    const Id id = propose(change);
    ok(Review{*store, clock}.approve(id, person, "", ""));
    return id;
  }
  void undo(Id change) {
    const Status undone = Review{*store, clock}.undo(change, person, "");
    INFO((undone.ok() ? "" : undone.error().text()));
    REQUIRE(undone.ok());
  }
  std::string line(const std::string& words, const std::string& day = "2026-11-23") const {
    return "- **" + day + ":** Updated " + saltline_link + " — " + words + ".\n";
  }
  // The changelog with these lines on top, changed on a day.
  static std::string log_with(const std::string& lines, const std::string& day = "2026-11-23") {
    std::string head = log_head;
    return head.replace(head.find("2026-01-02"), 10, day) + lines + old_lines;
  }
  int lines_waiting() const {
    return static_cast<int>(ok(Proposals{*store}.list({.kind = upkeep_kind})).size());
  }
};

}  // namespace

TEST_CASE("an approved change writes a line on top of the changelog, and its undo takes it out to the byte") {
  LoggedSection f;
  const std::string entry_before = f.text();
  const Id change = f.approve(f.development("**2026-11:** It *raised* €18 million. More."));
  CHECK(f.log() == f.log_with(f.line("It raised €18 million")));
  f.undo(change);
  CHECK(f.log() == log_head + old_lines);
  CHECK(f.text() == entry_before);
  CHECK(f.lines_waiting() == 0);
  CHECK(f.state_of(change) == ChangeState::waiting);
  // And again.
  f.clock.advance(std::chrono::hours{24});
  ok(Review{*f.store, f.clock}.approve(change, f.person, "", ""));
  CHECK(f.log() == f.log_with(f.line("It raised €18 million", "2026-11-24"), "2026-11-24"));
  f.undo(change);
  CHECK(f.log() == log_head + old_lines);
}

TEST_CASE("only kinds that the rules name write a line, and a section without changelog gets none") {
  LoggedSection f;
  f.approve(f.development("Fact.", "add fact"));
  CHECK(f.log() == log_head + old_lines);
  LoggedSection all{line_template("add fact")};
  all.approve(all.development("Fact.", "add fact"));
  CHECK(all.log() == all.log_with(all.line("Fact")));
  LoggedSection silent{line_template("")};
  silent.approve(silent.development("News."));
  CHECK(silent.log() == log_head + old_lines);
  LoggedSection without{line_template("add development"), ""};
  without.approve(without.development("News."));
  CHECK(ok(EntryStore{*without.store}.list()).size() == 1);
  CHECK(without.lines_waiting() == 0);
}

TEST_CASE("several changes of an entry on one day share a line, which goes with the last of them") {
  LoggedSection f;
  const Id first = f.approve(f.development("First."));
  const Id second = f.approve(f.development("Second."));
  const Id third = f.approve(f.development("Third."));
  CHECK(f.log() == f.log_with(f.line("First")));
  f.undo(third);
  CHECK(f.log() == f.log_with(f.line("First")));
  // The line never says what the entry does no more.
  f.undo(first);
  CHECK(f.log() == f.log_with(f.line("Second")));
  f.undo(second);
  CHECK(f.log() == log_head + old_lines);
}

TEST_CASE("with a line for each change each has its own") {
  LoggedSection f{line_template("add development", "change", "@date@ @page@: @words@")};
  const Id first = f.approve(f.development("First."));
  f.approve(f.development("Second."));
  const std::string second_line = "- 2026-11-23 " + saltline_link + ": Second\n";
  CHECK(f.log() == f.log_with(second_line + "- 2026-11-23 " + saltline_link + ": First\n"));
  f.undo(first);
  CHECK(f.log() == f.log_with(second_line));
}

TEST_CASE("the line has the words of the person who edited the change") {
  LoggedSection f;
  const Id change = f.propose(f.development("Drafted."));
  ok(Review{*f.store, f.clock}.approve_edited(change, f.person, {"By hand.", ""}, ""));
  CHECK(f.log() == f.log_with(f.line("By hand")));
  f.undo(change);
  CHECK(f.log() == log_head + old_lines);
}

TEST_CASE("a line that a person edited stays, and a person's own lines are never touched") {
  LoggedSection f;
  const Id change = f.approve(f.development("News."));
  std::string edited = f.log_with(f.line("News, and more of it")) + "- **2025-01-01:** Mine too.\n";
  f.write_log(edited);
  f.undo(change);
  CHECK(f.log() == edited);
  CHECK(f.state_of(change) == ChangeState::waiting);
}

TEST_CASE("a change that is approved again has no second line beside the one that a person edited") {
  for (const char* per : {"entry", "change"}) {
    LoggedSection f{line_template("add development", per)};
    const Id change = f.approve(f.development("News."));
    const std::string edited = f.log_with(f.line("News, and more of it"));
    f.write_log(edited);
    for (int i = 0; i < 2; ++i) {
      f.undo(change);
      CHECK(f.log() == edited);
      ok(Review{*f.store, f.clock}.approve(change, f.person, "", ""));
      CHECK(f.log() == edited);
    }
  }
}

TEST_CASE("a line that a person took out waits as long as its change is approved, and is not written again") {
  for (const char* per : {"entry", "change"}) {
    LoggedSection f{line_template("add development", per)};
    const Id change = f.approve(f.development("News."));
    const Id line =
        ok(Proposals{*f.store}.list({.state = ChangeState::approved, .kind = upkeep_kind})).at(0).id;
    f.undo(line);
    CHECK(f.log() == log_head + old_lines);
    CHECK(f.lines_waiting() == 1);
    f.undo(change);
    CHECK(f.log() == log_head + old_lines);
    CHECK(f.lines_waiting() == 0);
  }
}

TEST_CASE("a line that a person turned down stays away when its change is approved again") {
  LoggedSection f;
  const Id change = f.approve(f.development("News."));
  const Id line =
      ok(Proposals{*f.store}.list({.state = ChangeState::approved, .kind = upkeep_kind})).at(0).id;
  f.undo(line);
  ok(Review{*f.store, f.clock}.reject(line, f.person, "", ""));
  f.undo(change);
  ok(Review{*f.store, f.clock}.approve(change, f.person, "", ""));
  CHECK(f.log() == log_head + old_lines);
  CHECK(f.state_of(line) == ChangeState::rejected);
}

TEST_CASE("many approvals at once write the lines that the rules ask for, and their undos take them out") {
  for (const char* per : {"entry", "change"}) {
    LoggedSection f{line_template("add development", per)};
    const Id saltline = f.entry_id;
    const Id graz = f.add("pumps/graz", "pumps/graz.md", "---\ntitle: Graz\n---\n\n## Key Facts\n\n- Old.\n");
    std::vector<Id> changes;
    for (const Id entry : {saltline, graz}) {
      f.entry_id = entry;
      for (const char* words : {"One.", "Two.", "Three."}) changes.push_back(f.propose(f.development(words)));
    }
    changes.push_back(f.propose(f.development("A fact.", "add fact")));
    for (const Status& outcome : ok(Review{*f.store, f.clock}.approve_all(changes, f.person, "")))
      CHECK(outcome.ok());
    const std::string log = f.log();
    INFO(log);
    const auto lines = std::ranges::count(log, '\n') - std::ranges::count(log_head + old_lines, '\n');
    CHECK(lines == (std::string_view{per} == "entry" ? 2 : 6));
    CHECK(log.find("A fact") == std::string::npos);
    for (const Id change : changes) f.undo(change);
    CHECK(f.log() == log_head + old_lines);
  }
}

TEST_CASE("an undo leaves what a person added to the changelog since") {
  LoggedSection f;
  const Id change = f.approve(f.development("News."));
  f.write_log(f.log_with("- **2026-11-23:** By hand.\n" + f.line("News")));
  f.undo(change);
  CHECK(f.log().find("By hand.") != std::string::npos);
  CHECK(f.log().find("News") == std::string::npos);
}

TEST_CASE("a changelog that cannot be edited lets the approval go on without a line") {
  for (const char* odd : {"", "---\ntitle: [\n---\n", "---\ntitle: Log\n---\n\n```\nnever closed\n"}) {
    LoggedSection f{line_template("add development"), odd[0] == '\0' ? " " : odd};
    const Id change = f.approve(f.development("News."));
    CHECK(f.state_of(change) == ChangeState::approved);
    f.undo(change);
    CHECK(f.state_of(change) == ChangeState::waiting);
    CHECK(f.lines_waiting() == 0);
  }
}

TEST_CASE("the first text of a stub asks for no such line: upkeep proposes its own") {
  LoggedSection f;
  const Id stub =
      ok(EntryStore{*f.store}.add({"heat/new", "heat/new.md", EntryKind::entry, "New", EntryState::stub,
                                   "---\ntitle: New\n---\n\n## Key Facts\n\n- Old.\n"},
                                  AuthorKind::person, "jane", f.clock.now(), ""))
          .id;
  f.entry_id = stub;
  f.approve(f.development("One."));
  f.approve(f.development("Two."));
  CHECK(f.log() == log_head + old_lines);
  f.clock.advance(std::chrono::hours{24});
  f.approve(f.development("Three."));
  CHECK(f.log().find("Three") != std::string::npos);
}

TEST_CASE("a policy's approval writes its line as the policy") {
  LoggedSection f;
  const Id change = f.propose(f.development("News."));
  ok(Review{*f.store, f.clock}.approve(change, {AuthorKind::policy, "news"}, "", ""));
  const auto revisions = ok(EntryStore{*f.store}.revisions(f.log_id));
  CHECK(revisions.back().author_kind == AuthorKind::policy);
  CHECK(f.log() == f.log_with(f.line("News")));
}

TEST_CASE("approvals and undos in any order leave the lines of what stands, and all undone the first bytes") {
  for (const char* per : {"entry", "change"}) {
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
      LoggedSection f{line_template("add development", per)};
      const std::string entry_before = f.text();
      std::mt19937 random{seed};
      std::vector<Id> changes;
      for (int i = 0; i < 4; ++i)
        changes.push_back(f.propose(f.development("News number " + std::to_string(i) + ".")));
      const auto stands = [&](Id change) { return f.state_of(change) == ChangeState::approved; };
      for (int step = 0; step < 14; ++step) {
        const Id change = changes[random() % changes.size()];
        INFO(per << ", seed " << seed << ", step " << step << "\n" << f.log());
        if (stands(change)) {
          f.undo(change);
        } else {
          ok(Review{*f.store, f.clock}.approve(change, f.person, "", ""));
        }
        const std::string log = f.log();
        std::size_t lines = 0;
        for (std::size_t i = 0; i < changes.size(); ++i) {
          if (log.find("News number " + std::to_string(i)) == std::string::npos) continue;
          ++lines;
          CHECK(stands(changes[i]));
        }
        const auto standing = static_cast<std::size_t>(std::ranges::count_if(changes, stands));
        CHECK(lines == (std::string_view{per} == "entry" ? std::min<std::size_t>(standing, 1) : standing));
      }
      for (const Id change : changes)
        if (stands(change)) f.undo(change);
      CHECK(f.log() == log_head + old_lines);
      CHECK(f.text() == entry_before);
      CHECK(f.lines_waiting() == 0);
    }
  }
}
