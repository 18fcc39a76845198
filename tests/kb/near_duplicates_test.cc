#include "kb/sources/near_duplicates.h"

#include "kb/sources/host_boilerplate.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "kb/store/database.h"
#include "kb/store/migrations.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;

namespace {

const Timestamp now{std::chrono::milliseconds{1'764'000'000'000}};

// A signature of the words from one number to another.
MinHash words(std::uint64_t from, std::uint64_t to) {
  std::vector<std::uint64_t> elements;
  for (std::uint64_t i = from; i < to; ++i) elements.push_back(hash_text64(std::to_string(i)));
  return *min_hash(elements);
}

struct Fixture {
  std::unique_ptr<Store> store = ok(Store::in_memory());
  Snapshots snapshots{*store};
  HostBoilerplate host_boilerplate{*store};
  NearDuplicates near_duplicates{*store};

  DocumentRecord document(const std::string& host, const std::string& path) {
    const std::string address = "https://" + host + path;
    const Id source = ok(Sources{*store}.add("page", address, "", now));
    return ok(snapshots.document(source, address, address, host));
  }
  Id add(const DocumentRecord& document, const std::string& text, const std::optional<MinHash>& signature) {
    NewSnapshot snapshot;
    snapshot.metadata.fetched_at = now;
    snapshot.body = text;
    snapshot.text = text;
    const Id id = ok(snapshots.add(document.id, snapshot));
    REQUIRE(near_duplicates.sign(id, signature).ok());
    return id;
  }
  // A snapshot with passages of these likenesses, counted.
  void add_page(const DocumentRecord& document, const std::vector<std::string>& passage_hashes) {
    NewSnapshot snapshot;
    snapshot.metadata.fetched_at = now;
    snapshot.text = "text";
    for (const std::string& likeness : passage_hashes) {
      Passage passage;
      passage.ordinal = static_cast<int>(snapshot.passages.size());
      passage.normalized_sha256 = likeness;
      snapshot.passages.push_back(passage);
    }
    REQUIRE(host_boilerplate.count(document, snapshot.passages).ok());
    ok(snapshots.add(document.id, snapshot));
  }
};

}  // namespace

TEST_CASE("a passage repeats from the third other page of its host on") {
  Fixture f;
  const auto a = f.document("example.org", "/a");
  f.add_page(a, {"menu", "a"});
  f.add_page(f.document("example.org", "/b"), {"menu", "menu", "b"});
  f.add_page(f.document("example.org", "/c"), {"menu", "c"});
  f.add_page(f.document("other.example", "/d"), {"menu", "d"});
  const auto next = f.document("example.org", "/e");
  CHECK(ok(f.host_boilerplate.is_boilerplate(next, "menu")));
  CHECK_FALSE(ok(f.host_boilerplate.is_boilerplate(next, "a")));
  // Of /a itself there are two others so far.
  CHECK_FALSE(ok(f.host_boilerplate.is_boilerplate(a, "menu")));
  f.add_page(next, {"menu"});
  CHECK(ok(f.host_boilerplate.is_boilerplate(a, "menu")));
  CHECK_FALSE(ok(f.host_boilerplate.is_boilerplate(f.document("other.example", "/x"), "menu")));
}

TEST_CASE("a page counts once however many snapshots and sources it has") {
  Fixture f;
  const auto a = f.document("example.org", "/a");
  f.add_page(a, {"line"});
  f.add_page(a, {"line", "more"});
  f.add_page(a, {"line"});
  // The same item in three feeds.
  for (const std::string feed : {"/feed1", "/feed2", "/feed3"}) {
    const Id source = ok(Sources{*f.store}.add("feed", "https://example.org" + feed, "", now));
    f.add_page(ok(f.snapshots.document(source, "1", "https://example.org/a", "example.org")), {"line"});
  }
  CHECK_FALSE(ok(f.host_boilerplate.is_boilerplate(f.document("example.org", "/b"), "line")));
}

TEST_CASE("what is on no host repeats nowhere") {
  Fixture f;
  for (const std::string file : {"/1", "/2", "/3", "/4"}) f.add_page(f.document("", file), {"line"});
  CHECK_FALSE(ok(f.host_boilerplate.is_boilerplate(f.document("", "/5"), "line")));
}

TEST_CASE("a look-up of what repeats and of copies searches by index however much is stored") {
  Fixture f;
  const auto plan = [&](const std::string& sql) {
    std::string text;
    REQUIRE(f.store->database()
                .run("EXPLAIN QUERY PLAN " + sql, {},
                     [&](const Row& row) -> Status {
                       text += row.text(3) + "\n";
                       return {};
                     })
                .ok());
    return text;
  };
  for (const std::string sql : {"SELECT pages FROM host_passage WHERE host = 'a' AND likeness_sha256 = 'b'",
                                "SELECT DISTINCT likeness_sha256 FROM document JOIN snapshot ON "
                                "document_id = document.id JOIN passage ON snapshot_id = snapshot.id "
                                "WHERE address = 'a'",
                                "SELECT snapshot_id FROM story_band JOIN snapshot ON id = snapshot_id WHERE "
                                "band = 1 AND document_id <> 2 ORDER BY 1 DESC LIMIT 16",
                                "SELECT id FROM snapshot WHERE text_sha256 = 'a' AND document_id <> 1 "
                                "ORDER BY 1 LIMIT 16"}) {
    INFO(plan(sql));
    CHECK(plan(sql).find("SCAN") == std::string::npos);
    CHECK(plan(sql).find("FOR ORDER BY") == std::string::npos);
  }
}

TEST_CASE("copies of a story are found on other sources and not in the document's own past") {
  Fixture f;
  const auto wire = f.document("wire.example", "/1");
  const Id release = f.add(wire, "release", words(0, 400));
  const Id corrected = f.add(wire, "release, corrected", words(5, 405));
  const Id copy = f.add(f.document("other.example", "/2"), "copy", words(40, 440));
  const Id unlike = f.add(f.document("third.example", "/3"), "unlike", words(1000, 1400));
  const Id half = f.add(f.document("fourth.example", "/4"), "partly", words(300, 700));
  CHECK(ok(f.near_duplicates.find_near_duplicates(copy)) == std::vector<Id>{release, corrected});
  CHECK(ok(f.near_duplicates.find_near_duplicates(release)) == std::vector<Id>{copy});
  CHECK(ok(f.near_duplicates.find_near_duplicates(unlike)).empty());
  CHECK(ok(f.near_duplicates.find_near_duplicates(half)).empty());
}

TEST_CASE("of many copies the first and the latest are compared") {
  Fixture f;
  std::vector<Id> copies;
  for (int i = 0; i < 100; ++i)
    copies.push_back(f.add(f.document("example.org", "/" + std::to_string(i)), "copy", words(0, 400)));
  const auto found = ok(f.near_duplicates.find_near_duplicates(copies.back()));
  CHECK(found.size() == 32);
  CHECK(found.front() == copies.front());
  CHECK(found.back() == copies[copies.size() - 2]);
}

TEST_CASE("equal texts are copies also where they are too short to be compared") {
  Fixture f;
  const Id a = f.add(f.document("a.example", "/1"), "Short.", std::nullopt);
  const Id b = f.add(f.document("b.example", "/1"), "Short.", std::nullopt);
  f.add(f.document("c.example", "/1"), "Short too.", std::nullopt);
  CHECK(ok(f.near_duplicates.find_near_duplicates(a)) == std::vector<Id>{b});
}

TEST_CASE("a store from before hosts and stories learns both from what it holds") {
  const TemporaryFolder folder;
  const std::string file = folder / "old.sqlite";
  const std::vector<std::pair<std::string, std::string>> addresses{
      {"https://Example.org/a", "example.org"},
      {"http://user@example.org:8080?q=1", "example.org"},
      {"https://example.org/c#d", "example.org"},
      {"https://[2001:db8::1]:8443/e", "[2001:db8::1]"},
      {"/home/jane/notes.md", ""}};
  {
    const auto database = ok(Database::open(file, Database::Mode::create));
    REQUIRE(migrate(*database, 5).ok());
    std::string sql = "PRAGMA application_id = 1398030923;";
    sql += "INSERT INTO body VALUES ('" + std::string(64, '0') + "', 0, x'');";
    for (std::size_t i = 0; i < addresses.size(); ++i) {
      const std::string id = std::to_string(i + 1);
      sql += "INSERT INTO source (id, kind, address, added_at, due_at) VALUES (" + id + ", 'page', '" +
             addresses[i].first +
             "', 0, 0);INSERT INTO document (id, source_id, identity, address) VALUES (" + id + ", " + id +
             ", '', '" + addresses[i].first +
             "');INSERT INTO snapshot (id, document_id, fetched_at, body_sha256, "
             "text_sha256) VALUES (" +
             id + ", " + id + ", 0, '" + std::string(64, '0') + "', '" + std::string(64, '0') +
             "');INSERT INTO passage (snapshot_id, ordinal, begin_byte, end_byte, likeness_sha256, is_new) "
             "VALUES (" +
             id + ", 0, 0, 1, 'menu', 1);";
    }
    REQUIRE(database->script(sql).ok());
    REQUIRE(migrate(*database, latest_schema_version()).ok());
    std::vector<std::string> hosts;
    REQUIRE(database
                ->run("SELECT host FROM document ORDER BY id", {},
                      [&](const Row& row) -> Status {
                        hosts.push_back(row.text(0));
                        return {};
                      })
                .ok());
    REQUIRE(hosts.size() == addresses.size());
    for (std::size_t i = 0; i < hosts.size(); ++i) CHECK(hosts[i] == addresses[i].second);
    std::int64_t pages = 0;
    REQUIRE(
        database
            ->run("SELECT pages FROM host_passage WHERE host = 'example.org' AND likeness_sha256 = 'menu'",
                  {},
                  [&](const Row& row) -> Status {
                    pages = row.integer(0);
                    return {};
                  })
            .ok());
    CHECK(pages == 3);
  }
}
