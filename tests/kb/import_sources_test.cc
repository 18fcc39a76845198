// What an import makes of the addresses in source_urls.

#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "tests/kb/stored_site.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;
using stubkeeper::kb::testing::StoredSite;

namespace {

std::string page_naming(const std::string& address) {
  return "---\ntitle: \"A\"\nsource_urls:\n  - \"" + address + "\"\n---\n\nText of " + address + ".\n";
}

}  // namespace

TEST_CASE("a source that a person removed stays removed, and the import says who names it") {
  StoredSite site{"2026-11-24T10:00:00Z"};
  const std::string address = "https://basel.example/one.html";
  write_file(site.content + "/heat/a.md", page_naming(address));
  write_file(site.content + "/heat/b.md", page_naming(address));
  CHECK(site.import().sources_added == 1);
  Sources sources{*site.store};
  const Id id = ok(sources.find(address))->id;
  ok(sources.set_state(id, SourceState::removed));

  const auto report = site.import();
  CHECK(report.sources_added == 0);
  CHECK(ok(sources.get(id)).state == SourceState::removed);
  REQUIRE(report.left_out_sources.size() == 1);
  CHECK(report.left_out_sources[0].address == address);
  CHECK(report.left_out_sources[0].reason == "was removed");
  CHECK(report.left_out_sources[0].entries == std::vector<std::string>{"heat/a", "heat/b"});
  // A person may decide otherwise.
  ok(sources.add("page", address, "", site.clock.now()));
  CHECK(site.import().left_out_sources.empty());
}

TEST_CASE("an item of a feed that is named by a page is no source of its own") {
  StoredSite site{"2026-11-24T10:00:00Z"};
  Sources sources{*site.store};
  const Id feed = ok(sources.add("feed", "https://basel.example/feed.xml", "", site.clock.now()));
  const std::string item = "https://basel.example/news/3";
  ok(Snapshots{*site.store}.document(feed, item, item));
  write_file(site.content + "/heat/a.md", page_naming(item));

  const auto report = site.import();
  CHECK(report.sources_added == 0);
  CHECK(ok(sources.list()).size() == 1);
  REQUIRE(report.left_out_sources.size() == 1);
  CHECK(report.left_out_sources[0].reason == "is read already, as a part of https://basel.example/feed.xml");
  // Without the feed, nothing else would read it.
  ok(sources.set_state(feed, SourceState::removed));
  CHECK(site.import().sources_added == 1);
}
