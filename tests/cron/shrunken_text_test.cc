// Pages that lose nearly all of their text, as where a wall came that says nothing else of itself.

#include "cron/shrunken_text.h"

#include "kb/entries/entry_store.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/source_flags.h"
#include "kb/sources/sources.h"
#include "tests/cron/loopback_refresh.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::cron;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;

namespace {

std::string page_of(std::size_t paragraphs) {
  std::string html = "<title>Pumpwerk</title><main><h1>Pumpwerk</h1>";
  for (std::size_t i = 0; i < paragraphs; ++i) {
    const std::string number = std::to_string(i);
    html += "<p>Hall " + number + " of Pumpwerk makes pumps of the kind P" + number +
            " for harbours and dairies, and ships them by rail.</p>";
  }
  return html + "</main>";
}

// One source of a stale entry, looked at once a day.
struct ShrinkingSource : LoopbackRefresh {
  kb::Id id = ok(kb::Sources{*store}.add("page", server.address("/a"), "", clock.now()));

  ShrinkingSource() : LoopbackRefresh("2026-06-01T06:00:00Z") {
    const auto entry = ok(kb::EntryStore{*store}.add(
        {"pumps/pumpwerk", "pumps/pumpwerk.md", kb::EntryKind::entry, "Pumpwerk", kb::EntryState::published,
         "---\ntitle: \"Pumpwerk\"\nlast_reviewed: 2025-05-30\n---\n"},
        kb::AuthorKind::person, "jane", clock.now(), ""));
    REQUIRE(kb::Sources{*store}.link_to_entry(id, entry.id).ok());
  }
  RefreshReport look(const std::string& html) {
    server.serve_page("/a", html);
    clock.advance(24h);
    REQUIRE(kb::Sources{*store}.postpone(id, clock.now()).ok());
    return run_refresh();
  }
  kb::Source source() { return ok(kb::Sources{*store}.get(id)); }
  std::vector<std::string> flags() {
    std::vector<std::string> names;
    for (const kb::Flag& flag : ok(kb::SourceFlags{*store}.list_open(id))) names.push_back(flag.name);
    return names;
  }
  std::string last_text() {
    const auto documents = ok(kb::Snapshots{*store}.documents_of(id));
    return ok(kb::Snapshots{*store}.text(*ok(kb::Snapshots{*store}.latest(documents.at(0).id))));
  }
};

}  // namespace

TEST_CASE("a text that shrank to a tenth is no answer, and the last readable snapshot stays") {
  ShrinkingSource web;
  web.look(page_of(40));
  const std::string before = web.last_text();
  const RefreshReport report = web.look(page_of(2));
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].reason.find("[shrunken-text]") != std::string::npos);
  CHECK(report.failures[0].reason.find("bytes are left") != std::string::npos);
  CHECK(report.failures[0].reason.find("source accept " + std::to_string(web.id)) != std::string::npos);
  CHECK(report.rechecked == 0);
  CHECK(report.snapshots == 0);
  CHECK(web.source().failures == 1);
  CHECK(web.flags() == std::vector<std::string>{"shrunken-text"});
  CHECK(web.last_text() == before);
}

TEST_CASE("a shrunken text is told once, also where the wall's words change") {
  ShrinkingSource web;
  web.look(page_of(40));
  CHECK_FALSE(web.look(page_of(2)).failures.at(0).is_known);
  CHECK(web.look(page_of(1)).failures.at(0).is_known);
  CHECK(web.look(page_of(2)).failures.at(0).is_known);
  CHECK(web.flags().size() == 1);
}

TEST_CASE("a text that comes back whole is the same as before, and the flag is resolved") {
  ShrinkingSource web;
  web.look(page_of(40));
  web.look(page_of(2));
  const RefreshReport report = web.look(page_of(40));
  CHECK(report.failures.empty());
  CHECK(report.snapshots == 0);
  CHECK(web.flags().empty());
  CHECK(web.source().failures == 0);
}

TEST_CASE("a page that loses less, and one that never said much, are read") {
  ShrinkingSource large;
  large.look(page_of(40));
  CHECK(large.look(page_of(6)).failures.empty());
  CHECK(large.flags().empty());
  ShrinkingSource small;
  small.look("<title>P</title><main><p>" + std::string(400, 'a') + " is the name of a pump.</p></main>");
  CHECK(small.look("<title>P</title><main><p>It is a pump.</p></main>").failures.empty());
}

TEST_CASE("a page that was honestly shortened is read once a person accepts it") {
  ShrinkingSource web;
  web.look(page_of(40));
  CHECK_FALSE(accept_shrunken_text(*web.store, web.source(), web.clock.now()).ok());
  web.look(page_of(2));
  REQUIRE(accept_shrunken_text(*web.store, web.source(), web.clock.now()).ok());
  CHECK(web.flags().empty());
  CHECK(web.source().due_at == web.clock.now());
  CHECK(web.look(page_of(2)).failures.empty());
  CHECK(web.last_text().size() < 300);
  CHECK(web.look(page_of(2)).failures.empty());

  // One acceptance is for one shortening.
  web.look(page_of(40));
  CHECK(web.look(page_of(2)).failures.size() == 1);
}

TEST_CASE("an acceptance waits for a look that brings a text") {
  ShrinkingSource web;
  web.look(page_of(40));
  web.look(page_of(2));
  REQUIRE(accept_shrunken_text(*web.store, web.source(), web.clock.now()).ok());
  web.look("<title>Just a moment...</title><h1>Just a moment...</h1>");
  CHECK(web.flags() == std::vector<std::string>{"bot-challenge"});
  CHECK(web.look(page_of(3)).failures.empty());
}

TEST_CASE("walls that no phrase gives away are told by their size, in any language") {
  for (const std::string wall :
       {"<p>Γίνετε μέλος για να διαβάσετε τη συνέχεια.</p>", "<p>Hãy trở thành hội viên để đọc tiếp.</p>",
        "<p>Members of the harbour club read on here.</p><a href=/in>Enter</a>",
        "<p>Välj vad du tycker om kakor.</p><a href=/ok>Fortsätt</a>"}) {
    INFO(wall);
    ShrinkingSource web;
    web.look(page_of(40));
    web.look("<title>Pumpwerk</title><main>" + wall + "</main>");
    CHECK(web.flags() == std::vector<std::string>{"shrunken-text"});
  }
}
