// Since when words have stood in a document, by its snapshots.

#include "kb/sources/snapshots.h"

#include "kb/sources/sources.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;

namespace {

struct Page {
  std::unique_ptr<Store> store = ok(Store::in_memory());
  Id source = ok(Sources{*store}.add("page", "https://a.org/x", "", at("2026-01-01")));
  Id document = ok(Snapshots{*store}.document(source, "https://a.org/x", "https://a.org/x")).id;

  static Timestamp at(const std::string& day) { return *parse_rfc3339(day + "T10:00:00Z"); }

  Snapshot read(const std::string& day, const std::string& text) {
    NewSnapshot snapshot;
    snapshot.metadata.fetched_at = at(day);
    snapshot.metadata.content_type = "text/html";
    snapshot.body = text;
    snapshot.text = text;
    return ok(Snapshots{*store}.get(ok(Snapshots{*store}.add(document, snapshot))));
  }
};

}  // namespace

TEST_CASE("words are first read in the oldest snapshot that has them, where one before has not") {
  Page page;
  page.read("2026-01-01", "Old.");
  page.read("2026-02-01", "Old. It opened.");
  const Snapshot latest = page.read("2026-03-01", "It opened. And more.");
  const auto opened = ok(find_first_seen(*page.store, latest, "It opened."));
  CHECK(opened.at == Page::at("2026-02-01"));
  CHECK(opened.was_absent_before);
  const auto more = ok(find_first_seen(*page.store, latest, "And more."));
  CHECK(more.at == Page::at("2026-03-01"));
  CHECK(more.was_absent_before);
}

TEST_CASE("words that the first snapshot has already were there before it for all that is known") {
  Page page;
  const Snapshot first = page.read("2026-01-01", "It opened.");
  CHECK_FALSE(ok(find_first_seen(*page.store, first, "It opened.")).was_absent_before);
  const Snapshot second = page.read("2026-02-01", "It opened. And more.");
  const auto opened = ok(find_first_seen(*page.store, second, "It opened."));
  CHECK(opened.at == Page::at("2026-01-01"));
  CHECK_FALSE(opened.was_absent_before);
}

TEST_CASE("words that came back count from when they did") {
  Page page;
  page.read("2026-01-01", "It opened.");
  page.read("2026-02-01", "It closed.");
  const Snapshot latest = page.read("2026-03-01", "It opened. Again.");
  CHECK(ok(find_first_seen(*page.store, latest, "It opened.")).at == Page::at("2026-03-01"));
}

TEST_CASE("other documents tell nothing of a document's words") {
  Page page;
  const Id other = ok(Snapshots{*page.store}.document(page.source, "https://a.org/y", "https://a.org/y")).id;
  NewSnapshot elsewhere;
  elsewhere.metadata.fetched_at = Page::at("2025-12-01");
  elsewhere.metadata.content_type = "text/html";
  elsewhere.body = elsewhere.text = "Nothing of it.";
  ok(Snapshots{*page.store}.add(other, elsewhere));
  const Snapshot first = page.read("2026-01-01", "It opened.");
  CHECK_FALSE(ok(find_first_seen(*page.store, first, "It opened.")).was_absent_before);
}
