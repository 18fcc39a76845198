// Feeds of many items: what a refresh costs the store grows with their number and not with its square.

#include <sqlite3.h>

#include "cron/refresh.h"
#include "kb/entries/entry_store.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "llm/extractive_drafter.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/ok.h"
#include "tests/support/silent_progress.h"

using namespace stubkeeper;
using namespace stubkeeper::cron;
using namespace stubkeeper::testing;

namespace {

// How many hundreds of instructions SQLite's virtual machine has run in the connections opened since.
class StoreWork {
 public:
  StoreWork() {
    hundreds = 0;
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(&watch));
  }
  ~StoreWork() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&watch)); }
  StoreWork(const StoreWork&) = delete;
  StoreWork& operator=(const StoreWork&) = delete;

  static inline std::int64_t hundreds = 0;

 private:
  static int watch(sqlite3* database, const char**, const sqlite3_api_routines*) {
    const auto count = [](void*) {
      ++hundreds;
      return 0;
    };
    sqlite3_progress_handler(database, 100, count, nullptr);
    return SQLITE_OK;
  }
};

// Answers each request with the same bytes.
class OneAnswer final : public crawler::Fetcher {
 public:
  explicit OneAnswer(std::string body) : body_(std::move(body)) {}
  void fetch(std::vector<crawler::FetchRequest> requests,
             const std::function<void(crawler::FetchResponse)>& on_response,
             const std::function<bool()>&) override {
    for (const crawler::FetchRequest& request : requests) {
      crawler::FetchResponse response;
      response.tag = request.tag;
      response.outcome = crawler::FetchOutcome::ok;
      response.http_status = 200;
      response.final_address = request.address;
      response.body = body_;
      on_response(std::move(response));
    }
  }

 private:
  std::string body_;
};

enum class Links { none, one_for_all };
enum class Texts { alike, unlike };

std::string feed_of(int items, Links links, Texts texts) {
  std::string feed = "<rss version=\"2.0\"><channel><title>Pump notes</title>";
  for (int i = 0; i < items; ++i) {
    const std::string number = std::to_string(i);
    feed += "<item><guid isPermaLink=\"false\">n" + number + "</guid><title>Note " + number + "</title>";
    if (links == Links::one_for_all) feed += "<link>https://notes.example/all</link>";
    feed += "<description>Halden Pumps moved its store ";
    for (int word = 0; word < 30; ++word)
      feed += texts == Texts::alike ? "of spare parts " : "w" + std::to_string(i * 31 + word) + "x ";
    feed += "to hall " + number + ".</description></item>";
  }
  return feed + "</channel></rss>";
}

std::int64_t measure_refresh(const std::string& feed, int items) {
  const StoreWork work;
  const auto store = ok(kb::Store::in_memory());
  const FakeClock clock{"2026-11-23T10:00:00Z"};
  const kb::Id source =
      ok(kb::Sources{*store}.add("feed", "https://notes.example/feed.xml", "", clock.now()));
  const auto entry = ok(kb::EntryStore{*store}.add(
      {"halden", "halden.md", kb::EntryKind::entry, "Halden Pumps", kb::EntryState::stub,
       "---\ntitle: \"Halden Pumps\"\nlast_reviewed: 2026-11-01\n---\n"},
      kb::AuthorKind::person, "jane", clock.now(), ""));
  REQUIRE(kb::Sources{*store}.link_to_entry(source, entry.id).ok());
  OneAnswer web{feed};
  const config::Configuration configuration;
  crawler::DirectReader reader;
  llm::ExtractiveDrafter drafter;
  SilentProgress progress;
  const std::int64_t before = StoreWork::hundreds;
  const auto report =
      ok(refresh({*store, web, reader, drafter, clock, configuration, progress, [] { return true; }}, {}));
  CHECK(report.snapshots == items);
  return StoreWork::hundreds - before;
}

void check_growth(Links links, Texts texts) {
  // More than the copies that an item is compared with, so that their number grows no more.
  constexpr int items = 100;
  const std::int64_t once = measure_refresh(feed_of(items, links, texts), items);
  const std::int64_t twice = measure_refresh(feed_of(2 * items, links, texts), 2 * items);
  CHECK(once > 0);
  CHECK(10 * twice < 23 * once);
}

}  // namespace

TEST_CASE("a feed of twice the items of one template takes about twice the work") {
  check_growth(Links::none, Texts::alike);
}

TEST_CASE("a feed of twice the items that lead to one address takes about twice the work") {
  check_growth(Links::one_for_all, Texts::unlike);
}
