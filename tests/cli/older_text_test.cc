// Files that git put back, and many conflicts at once, from a script.

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;

namespace {

std::string make_page_with(const std::string& text) {
  return "---\ntitle: \"Pump\"\n---\n\n## Summary\n\n" + text + "\n";
}

}  // namespace

TEST_CASE("an export says what git put back, and writes or takes what the owner says") {
  TestKnowledgeBase base;
  const std::string file = base.add_exported_stub();
  const std::string older = read_file(file);
  const auto waiting = base.json({"review", "list"})["changes"];
  REQUIRE_FALSE(waiting.empty());
  base.run_ok({"review", "approve", waiting[0]["id"].dump()});
  base.run_ok({"export"});
  const std::string newer = read_file(file);
  REQUIRE(newer != older);
  write_file(file, older);
  const auto told = base.run({"export"});
  CHECK(told.exit_code == 3);
  CHECK(told.err.find("1 approved change is missing") != std::string::npos);
  CHECK(told.err.find("stubkeeper export --restore, or --accept") != std::string::npos);
  const auto json = base.run({"export", "--json"});
  CHECK(nlohmann::json::parse(json.out)["files"][0]["action"] == "older text");
  CHECK(nlohmann::json::parse(json.out)["files"][0]["approved_changes_out"] == 1);
  CHECK(base.run({"export", "--restore", "--accept"}).exit_code == 2);
  base.run_ok({"export", "--restore"});
  CHECK(read_file(file) == newer);
  write_file(file, older);
  CHECK(base.run_ok({"export", "--accept"}).out.find("takes out 1 approved change") != std::string::npos);
  CHECK(read_file(file) == older);
  base.run_ok({"export"});
}

TEST_CASE("all conflicts are settled at once, or those of one folder, after a look") {
  TestKnowledgeBase base;
  const std::vector<std::string> entries{"heat/a", "heat/b", "cold/c"};
  const auto file = [&](const std::string& entry) { return base.site + "/" + entry + ".md"; };
  for (const std::string& entry : entries) write_file(file(entry), make_page_with("First of " + entry + "."));
  base.run_ok({"import", base.site});
  for (const std::string& entry : entries)
    write_file(file(entry), make_page_with("Second of " + entry + "."));
  base.run_ok({"export"});
  for (const std::string& entry : entries) {
    base.run_ok({"revert", entry, "1"});
    write_file(file(entry), make_page_with("By hand of " + entry + "."));
  }
  CHECK(base.run({"export"}).exit_code == 3);

  const auto preview = base.run_ok({"review", "resolve", "--all", "--keep", "disk", "--dry-run"}).out;
  for (const std::string& entry : entries)
    CHECK(preview.find(entry + ".md: keeps your words") != std::string::npos);
  CHECK(base.json({"review", "resolve", "--all", "--keep", "store", "--dry-run"})["conflicts"].size() == 3);
  CHECK(base.json({"review", "list"})["conflicts"].size() == 3);

  CHECK(base.run_ok({"review", "resolve", "--all", "--keep", "disk", "--where", "heat/"})
            .out.find("2 settled") != std::string::npos);
  CHECK(base.json({"review", "list"})["conflicts"].size() == 1);
  CHECK(base.json({"review", "resolve", "--all", "--keep", "store"})["settled"].size() == 1);
  base.run_ok({"export"});
  CHECK(read_file(file("heat/a")) == make_page_with("By hand of heat/a."));
  CHECK(read_file(file("heat/b")) == make_page_with("By hand of heat/b."));
  CHECK(read_file(file("cold/c")) == make_page_with("First of cold/c."));
  CHECK(base.run_ok({"review", "resolve", "--all", "--keep", "disk"}).out.find("no conflict waits") !=
        std::string::npos);

  for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{
           {}, {"--all"}, {"c1", "--all", "--keep", "disk"}, {"c1", "--where", "x"}}) {
    std::vector<std::string> arguments{"review", "resolve"};
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    CHECK(base.run(arguments).exit_code == 2);
  }
}
