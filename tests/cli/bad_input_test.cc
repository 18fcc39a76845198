// What the program says to input that is wrong: what, where, what to do, the right exit code, and nothing
// lost.

#include <filesystem>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;
namespace fs = std::filesystem;

TEST_CASE("a broken configuration names file, line, key and the nearest known key") {
  TestKnowledgeBase base;
  const std::string file = base.kb + "/stubkeeper.toml";
  const auto complaint = [&](const std::string& toml) {
    base.configure(toml);
    const auto result = base.run({"status"});
    CHECK(result.exit_code == 2);
    return result.err;
  };
  CHECK(complaint("[site]\ncontnet = \"x\"\n").find(file + ":2: ") != std::string::npos);
  CHECK(complaint("[site]\ncontnet = \"x\"\n").find("site.contnet") != std::string::npos);
  CHECK(complaint("[site]\ncontnet = \"x\"\n").find("content") != std::string::npos);
  CHECK(complaint("[fetsch]\n").find("fetch") != std::string::npos);
  CHECK(complaint("\n\n[fetch]\nparallel = \"many\"\n").find(file + ":4: ") != std::string::npos);
  CHECK(complaint("[fetch]\nparallel = 0\n").find("fetch.parallel") != std::string::npos);
  CHECK(complaint("[fetch\n").find(file + ":1: ") != std::string::npos);
  CHECK(complaint("[model]\nprovider = \"extractiv\"\n").find("extractive") != std::string::npos);
  CHECK(complaint("[site]\ncontent = \"\xFF\"\n").find(file + ":2: ") != std::string::npos);
  CHECK(complaint("[fetch]\nallow_addresses = [\"10.0.0.0/99\"]\n").find("10.0.0.0/99") != std::string::npos);
}

TEST_CASE("an old configuration opens, and one line on standard error names the new key") {
  TestKnowledgeBase base;
  base.configure("[revisit]\nlongest_days = 9\n");
  const auto result = base.run({"status", "--json"});
  CHECK(result.exit_code == 0);
  CHECK(result.err == base.kb + "/stubkeeper.toml:2: revisit.longest_days is called revisit.max_days now; " +
                          "the old name is still read\n");
  CHECK(base.run({"status", "--quiet"}).err.empty());
}

TEST_CASE("a missing or damaged store is named, and a damaged one is not written to") {
  TestKnowledgeBase base;
  const std::string store = base.kb + "/kb.sqlite";
  const std::string sound = read_file(store);
  SECTION("missing") {
    fs::remove(store);
    const auto result = base.run({"refresh"});
    CHECK(result.exit_code == 1);
    CHECK(result.err.find(store) != std::string::npos);
    CHECK_FALSE(fs::exists(store));
  }
  SECTION("no database") {
    write_file(store, "these are not the bytes of a database, however long one looks at them" +
                          std::string(4000, '.'));
    const std::string before = read_file(store);
    const auto result = base.run({"refresh"});
    CHECK(result.exit_code == 1);
    CHECK(result.err.find(store) != std::string::npos);
    CHECK(read_file(store) == before);
  }
  SECTION("pages overwritten") {
    std::string damaged = sound;
    for (std::size_t i = 8192; i < 20'000 && i < damaged.size(); ++i) damaged[i] = 'x';
    write_file(store, damaged);
    const auto result = base.run({"refresh"});
    CHECK(result.exit_code == 1);
    CHECK(result.err.find("restore") != std::string::npos);
    CHECK(read_file(store) == damaged);
  }
}

TEST_CASE("doctor finds a change that waits and is not the one that was proposed") {
  TestKnowledgeBase base;
  base.add_stub("pumps/one", "Pumpwerk", page_about("Pumpwerk"));
  base.run_ok({"refresh"});
  CHECK(base.run_ok({"doctor"}).out.find("sound") != std::string::npos);
  const std::string column = GENERATE(as<std::string>{}, "new_text", "edit_json");
  base.sql("UPDATE change SET " + column + " = replace(" + column +
           ", 'Basel', 'Lyons') WHERE state = 'waiting'");
  const auto found = base.run({"doctor"});
  CHECK(found.exit_code == 1);
  CHECK(found.err.find("the text of change ") != std::string::npos);
  CHECK(found.err.find("is not the one that was proposed") != std::string::npos);
}

TEST_CASE("an entry path that leads out of the section is refused") {
  TestKnowledgeBase base;
  base.server.serve_page("/a", page_about("A"));
  for (const char* path : {"../evil", "a/../../b", "/etc/passwd", "a//b", ".", "a/./b", "a\\b", ""}) {
    INFO(path);
    const auto result =
        base.run({"source", "add", base.server.address("/a"), "--entry", path, "--title", "X"});
    CHECK(result.exit_code == 2);
    CHECK_FALSE(result.err.empty());
  }
  CHECK(base.json({"status"})["entries"] == 0);
}

TEST_CASE("what is no address is no source") {
  TestKnowledgeBase base;
  for (const char* address : {"ftp://example.org/a", "javascript:alert(1)", "https://", "http:///a",
                              "https://user:secret@example.org/a", "nothing here", "https://example.org/a b",
                              "file:///does/not/exist"}) {
    INFO(address);
    const auto result = base.run({"source", "add", address});
    CHECK(result.exit_code == 2);
    CHECK(result.err.find("secret") == std::string::npos);
  }
  CHECK(base.json({"source", "list"})["sources"].empty());
}

TEST_CASE("a name and password in an address that a server or feed names are told nowhere") {
  TestKnowledgeBase base;
  const std::string address = "http://me:secret@" + base.server.host_and_port() + "/behind";
  base.server.answer("/moved", ServerResponse{301, "", "text/plain", {{"Location", address}}});
  base.server.serve_page("/feed",
                         "<rss version=\"2.0\"><channel><title>F</title><link>" + address +
                             "</link><item><guid>1</guid><title>One</title><link>" + address +
                             "</link><description>Short…</description></item></channel></rss>",
                         "application/rss+xml");
  std::string toml = read_file(base.kb + "/stubkeeper.toml");
  toml.insert(toml.find("[fetch]\n") + 8, "follow_items = \"always\"\n");
  write_file(base.kb + "/stubkeeper.toml", toml);
  base.run({"source", "add", base.server.address("/moved")});
  base.run({"source", "add", "--type", "feed", base.server.address("/feed")});
  std::string told;
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"refresh", "--verbose"},
                                             {"refresh", "--force", "--verbose", "--json"},
                                             {"status"},
                                             {"status", "--json"},
                                             {"source", "list"},
                                             {"source", "show", "1"},
                                             {"source", "show", "2", "--json"},
                                             {"source", "test", base.server.address("/moved")},
                                             {"source", "test", base.server.address("/feed")}}) {
    const auto result = base.run(words);
    told += result.out + result.err;
  }
  CHECK(told.find("/moved") != std::string::npos);
  CHECK(told.find("secret") == std::string::npos);
  CHECK(base.server.hits("/behind") == 0);
}

TEST_CASE("servers that lie, hang, flood or send round in circles fail by name and hurt nothing else") {
  TestKnowledgeBase base;
  base.add_stub("good/one", "Goodwerk", page_about("Goodwerk"));
  base.server.answer("/500", ServerResponse{500, "broken", "text/plain", {}});
  base.server.answer("/loop", ServerResponse{302, "", "text/plain", {{"Location", "/loop"}}});
  base.server.answer("/file", ServerResponse{302, "", "text/plain", {{"Location", "file:///etc/passwd"}}});
  base.server.answer("/flood", ServerResponse{200, std::string(100'000'000, 'x'), "text/html", {}});
  RawServer silent{"", true};
  RawServer garbage{"\x01\x02\x03 this is no HTTP\r\n\r\n"};
  std::vector<std::string> bad;
  for (const char* path : {"/500", "/loop", "/file", "/flood", "/missing"})
    bad.push_back(base.server.address(path));
  bad.push_back(silent.address());
  bad.push_back(garbage.address());
  for (const std::string& address : bad) base.run_ok({"source", "add", address, "--type", "page"});

  const auto result = base.run({"refresh"});
  CHECK(result.exit_code == 3);
  for (const std::string& address : bad) {
    INFO(address << "\n" << result.out);
    CHECK(result.out.find("failed     " + address) != std::string::npos);
  }
  CHECK(result.out.find("8 looked at: 1 changed, 0 unchanged (0 answered 304), 7 failed") !=
        std::string::npos);
  CHECK_FALSE(base.json({"review", "list"})["changes"].empty());
  CHECK(base.json({"status"})["failing"].size() == 7);
  CHECK(base.run({"doctor"}).exit_code == 0);
}

TEST_CASE("a page full of hostile text becomes text") {
  TestKnowledgeBase base;
  base.add_stub(
      "hostile/one", "Evilwerk",
      "<html><head><title>Evilwerk {{< evil >}}</title></head><body><main><p>Evilwerk is a maker of "
      "&lt;script&gt;alert(1)&lt;/script&gt; pumps with 120 employees in Basel.</p><p>Evilwerk opened {{&lt; "
      "readfile passwd &gt;}} works "
      "with 40 people on 5 May 2026.</p><p>Evilwerk sells [its pumps](javascript:alert(1)) for 300 euros "
      "each since 2026.</p></main></body></html>");
  base.run_ok({"refresh"});
  const auto changes = base.json({"review", "list"})["changes"];
  REQUIRE_FALSE(changes.empty());
  for (const auto& change : changes)
    base.run_ok({"review", "approve", std::to_string(change["id"].get<int>())});
  base.run_ok({"export"});
  const std::string page = read_file(base.site + "/hostile/one.md");
  CHECK(page.find("Evilwerk") != std::string::npos);
  CHECK(page.find("alert(1)") != std::string::npos);
  CHECK(page.find("readfile") != std::string::npos);
  CHECK(page.find("{{<") == std::string::npos);
  for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1))
    CHECK(page[at - 1] == '\\');
  CHECK(page.find("](javascript:") == std::string::npos);
}

TEST_CASE("files with any bytes are imported, checked and exported as they are") {
  TestKnowledgeBase base;
  const std::string section = base.folder / "section";
  const std::map<std::string, std::string> files{{"crlf.md", "---\r\ntitle: x\r\n---\r\n\r\ntext\r\n"},
                                                 {"nul.md", std::string("a\0b\n", 4)},
                                                 {"latin.md", "---\ntitle: \xE9\n---\n"},
                                                 {"bom.md", "\xEF\xBB\xBF---\ntitle: x\n---\n"},
                                                 {"open.md", "---\ntitle: x\n\nno end\n"},
                                                 {"empty.md", ""}};
  for (const auto& [name, bytes] : files) write_file(section + "/" + name, bytes);
  base.run_ok({"import", section});
  const auto checked = base.run({"check"});
  CHECK(checked.exit_code == 1);
  CHECK(checked.out.find("nul.md:1: error: the file holds a NUL byte [bytes]") != std::string::npos);
  CHECK(checked.out.find("open.md:1: error: the front matter cannot be read") != std::string::npos);
  base.run_ok({"export"});
  for (const auto& [name, bytes] : files) CHECK(read_file(base.site + "/" + name) == bytes);
}

TEST_CASE("a second refresh at the same time is told that the lock is held") {
  TestKnowledgeBase base;
  base.add_stub("good/one", "Goodwerk", page_about("Goodwerk"));
  // The server answers the first run only once the second one has ended.
  base.server.answer("/good/one", [&](const ServerRequest&) {
    const auto second = base.run({"refresh"});
    return ServerResponse{
        second.exit_code == 4 ? 200 : 500, page_about("Goodwerk") + second.err, "text/html", {}};
  });
  CHECK(base.run({"refresh"}).exit_code == 0);
}

TEST_CASE("unknown ids, entries and files are named with what there is") {
  TestKnowledgeBase base;
  base.add_stub("good/one", "Goodwerk", page_about("Goodwerk"));
  CHECK(base.run({"review", "approve", "77"}).exit_code == 1);
  CHECK(base.run({"review", "show", "77"}).err.find("77") != std::string::npos);
  CHECK(base.run({"why", "good/on"}).err.find("good/one") != std::string::npos);
  CHECK(base.run({"refresh", "--entry", "nobody"}).exit_code == 1);
  CHECK(base.run({"refresh", "--source", "77"}).exit_code == 1);
  CHECK(base.run({"history", "nobody"}).exit_code == 1);
  CHECK(base.run({"check", "nobody"}).exit_code == 1);
  CHECK(base.run({"import", base.folder / "nowhere"}).exit_code == 2);
  CHECK(base.run({"restore", base.folder / "nowhere"}).exit_code == 1);
}
