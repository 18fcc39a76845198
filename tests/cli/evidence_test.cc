// What readers of the site see of a claim's sources, and pages in other forms than the store's.

#include <filesystem>

#include "kb/entries/entry_store.h"
#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/json_schema.h"

using namespace stubkeeper::testing;
namespace fs = std::filesystem;

namespace {

// An approved entry of three quoted claims, in a site whose section is content/research.
struct ApprovedEntry {
  TestKnowledgeBase base;
  std::string my_site = base.folder / "my-site";
  std::string content = my_site + "/content/research";
  std::string page = content + "/pumps/basel.md";
  std::string data = my_site + "/data/stubkeeper/research/pumps/basel.json";

  explicit ApprovedEntry(const std::string& site_keys) {
    configure(site_keys);
    base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
    base.run_ok({"refresh"});
    base.run_ok({"review", "approve", "--all-unflagged"});
  }
  void configure(const std::string& site_keys) {
    base.configure("[site]\ncontent = \"" + content + "\"\n" + site_keys +
                   "\n[fetch]\ndelay_ms = 0\nallow_addresses = [\"127.0.0.1\"]\n[review]\nreviewer = "
                   "\"jane\"\n");
  }
  // An entry's text in the store.
  std::string bytes(const std::string& path = "pumps/basel") const {
    const auto store = stubkeeper::kb::Store::open(base.kb + "/kb.sqlite");
    REQUIRE(store.ok());
    stubkeeper::kb::EntryStore entries{**store};
    const auto entry = entries.find(path);
    REQUIRE((entry.ok() && entry->has_value()));
    return *entries.current_bytes(**entry);
  }
};

const std::string schema = STUBKEEPER_SOURCE "/schema/evidence.schema.json";

}  // namespace

TEST_CASE("evidence as data: each claim with its quotes, in the form that the schema describes") {
  ApprovedEntry entry{"evidence = \"data\""};
  CHECK(entry.base.run_ok({"export"}).out.find("data/stubkeeper/research/pumps/basel.json") !=
        std::string::npos);
  const std::string bytes = read_file(entry.data);
  const auto checked = validate_by_schema(entry.data, schema);
  INFO(checked.out << checked.err << bytes);
  CHECK(checked.exit_code == 0);
  const auto json = nlohmann::json::parse(bytes);
  CHECK(json["entry"] == "pumps/basel");
  REQUIRE(json["claims"].size() == 3);
  for (const auto& claim : json["claims"]) {
    CHECK(claim["status"] == "quoted");
    CHECK(claim["approved_by"] == "jane");
    REQUIRE(claim["quotes"].size() == 1);
    CHECK(claim["quotes"][0]["address"] == entry.base.server.address("/pumps/basel"));
    CHECK(claim["quotes"][0]["published"] == "2026-05-07");
    const auto text = claim["text"].get<std::string>();
    CHECK(text.find(claim["quotes"][0]["quote"].get<std::string>()) != std::string::npos);
  }
  // The page itself is the store's.
  CHECK(read_file(entry.page).find("quoted-") == std::string::npos);
  CHECK(entry.base.run({"export", "--dry-run"}).exit_code == 0);

  SECTION("a data file that was edited by hand is left alone") {
    write_file(entry.data, "{}");
    entry.base.run_ok({"revert", "pumps/basel", "2"});
    const auto exported = entry.base.run({"export"});
    CHECK(exported.exit_code == 3);
    CHECK(exported.err.find("move the file away") != std::string::npos);
    CHECK(read_file(entry.data) == "{}");
  }
  SECTION("a claim that a person rewrote on disk rests on the person, not on the source") {
    std::string page = read_file(entry.page);
    page.replace(page.find("is a maker"), 10, "was a maker");
    write_file(entry.page, page);
    entry.base.run_ok({"export"});
    CHECK(nlohmann::json::parse(read_file(entry.data))["claims"].size() == 2);
  }
  SECTION("where no claim is left, the file goes") {
    entry.base.run_ok({"revert", "pumps/basel", "1"});
    CHECK(entry.base.run_ok({"export"}).out.find("remove") != std::string::npos);
    CHECK_FALSE(fs::exists(entry.data));
    CHECK(entry.base.run({"export", "--dry-run"}).exit_code == 0);
  }
}

TEST_CASE("a claim that was edited in review says so in its evidence") {
  ApprovedEntry entry{"evidence = \"data\""};
  entry.base.run_ok({"review", "undo", "1"});
  entry.base.run_ok({"review", "edit", "1", "--text", "Pumpwerk Basel makes pumps."});
  entry.base.run_ok({"export"});
  const auto json = nlohmann::json::parse(read_file(entry.data));
  CHECK(json["claims"][0]["text"] == "Pumpwerk Basel makes pumps.");
  CHECK(json["claims"][0]["status"] == "edited");
}

TEST_CASE("where the data folder cannot be told, export says what to set and writes nothing") {
  ApprovedEntry entry{"evidence = \"data\""};
  const auto exported = entry.base.run({"export", "--to", entry.base.folder / "elsewhere"});
  CHECK(exported.exit_code == 2);
  CHECK(exported.err.find("[site] data") != std::string::npos);
  CHECK_FALSE(fs::exists(entry.base.folder / "elsewhere"));
}

TEST_CASE("evidence as footnotes: in the files, and not in the store") {
  ApprovedEntry entry{"evidence = \"footnotes\""};
  entry.base.run_ok({"export"});
  const std::string page = read_file(entry.page);
  INFO(page);
  CHECK(page.find("/pumps/basel)[^quoted-1]\n\n## Notable") != std::string::npos);
  CHECK(page.find("\n[^quoted-1]: “Pumpwerk Basel is a maker of pumps in Basel with 120 employees.” "
                  "[Pumpwerk Basel](http://127.0.0.1:") != std::string::npos);
  CHECK(entry.bytes().find("quoted-") == std::string::npos);
  CHECK(entry.base.run({"export", "--dry-run"}).exit_code == 0);

  SECTION("a hand edit comes in without them, and the file has them again") {
    std::string edited = page;
    edited.replace(edited.find("is a maker of pumps"), 19, "is a maker of fine pumps");
    write_file(entry.page, edited + "\nA last word.\n");
    entry.base.run_ok({"export"});
    CHECK(entry.bytes().find("quoted-") == std::string::npos);
    CHECK(entry.bytes().find("fine pumps") != std::string::npos);
    CHECK(entry.bytes().find("A last word.") != std::string::npos);
    entry.base.run_ok({"export"});
    const std::string again = read_file(entry.page);
    CHECK(again.find("/pumps/basel)\n\n## Notable") != std::string::npos);
    CHECK(again.find("[^quoted-2]: ") != std::string::npos);
    CHECK(again.find("A last word.\n\n[^quoted-1]: ") != std::string::npos);
    CHECK(entry.base.run({"export", "--dry-run"}).exit_code == 0);
  }
  SECTION("an import of the folder takes the edit and leaves the footnotes") {
    std::string edited = page;
    edited.replace(edited.find("is a maker of pumps"), 19, "is a maker of fine pumps");
    write_file(entry.page, edited);
    entry.base.run_ok({"import", entry.content});
    CHECK(entry.bytes().find("fine pumps") != std::string::npos);
    CHECK(entry.bytes().find("quoted-") == std::string::npos);
  }
  SECTION("switched off, they go") {
    entry.configure("evidence = \"none\"");
    entry.base.run_ok({"export"});
    CHECK(read_file(entry.page) == entry.bytes());
  }
}

TEST_CASE("the plain profile writes relative links, and takes edits in as the section's own") {
  ApprovedEntry entry{"profile = \"plain\""};
  const std::string section = entry.base.folder / "section";
  const std::string index =
      "---\ntitle: \"Pumps\"\n---\n\n{{< steering >}}\nBe brief.\n{{< /steering >}}\n\nSee [Basel]({{< "
      "relref "
      "\"basel.md\" >}}).\n\nMore.\n";
  write_file(section + "/pumps/_index.md", index);
  entry.base.run_ok({"import", section});
  entry.base.run_ok({"export"});
  const std::string file = entry.content + "/pumps/index.md";
  CHECK(read_file(file) == "---\ntitle: \"Pumps\"\n---\n\nSee [Basel](basel.md).\n\nMore.\n");
  CHECK(entry.base.run({"export", "--dry-run"}).exit_code == 0);

  write_file(file, "---\ntitle: \"Pumps\"\n---\n\nSee [Basel](basel.md).\n\nMore of [it](basel.md).\n");
  entry.base.run_ok({"export"});
  std::string expected = index;
  expected.replace(expected.find("More."), 5, "More of [it]({{< relref \"basel.md\" >}}).");
  CHECK(entry.bytes("pumps") == expected);
  CHECK(entry.base.run({"export", "--dry-run"}).exit_code == 0);
  CHECK(entry.base.run({"import", entry.content}).err.find("export") != std::string::npos);
}
