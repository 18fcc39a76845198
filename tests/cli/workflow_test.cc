// The way through: sources, refresh, review, export, and what one asks in between.

#include <filesystem>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;

TEST_CASE("a stub is drafted from its source, approved, exported, and each sentence can be traced") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  const auto refresh_report = base.run_ok({"refresh"});
  CHECK(refresh_report.out.find("1 looked at: 1 changed") != std::string::npos);
  const auto changes = base.json({"review", "list"})["changes"];
  REQUIRE(changes.size() == 3);
  for (const auto& change : changes) {
    CHECK(change["state"] == "waiting");
    REQUIRE(change["quotes"].size() == 1);
    CHECK(change["new_text"].get<std::string>().find(change["quotes"][0]["quote"].get<std::string>()) !=
          std::string::npos);
  }
  const auto shown = base.run_ok({"review", "show", "1"});
  CHECK(shown.out.find(">Pumpwerk Basel is a maker of pumps in Basel with 120 employees.<") !=
        std::string::npos);
  CHECK(shown.out.find(base.server.address("/pumps/basel")) != std::string::npos);

  CHECK(base.run({"review", "list", "--exit-code", "--quiet"}).exit_code == 1);
  base.run_ok({"review", "reject", "2", "--reason", "not wanted"});
  base.run_ok({"review", "approve", "--all-unflagged"});
  CHECK(base.run({"review", "list", "--exit-code"}).exit_code == 0);
  CHECK(base.run({"export", "--dry-run"}).exit_code == 1);
  base.run_ok({"export"});
  CHECK(base.run({"export", "--dry-run"}).exit_code == 0);
  const std::string page = read_file(base.site + "/pumps/basel.md");
  CHECK(page.find("title: \"Pumpwerk Basel\"") != std::string::npos);
  CHECK(page.find("- \"" + base.server.address("/pumps/basel") + "\"") != std::string::npos);

  const auto line =
      1 + std::count(page.begin(), page.begin() + static_cast<std::ptrdiff_t>(page.find("is a maker")), '\n');
  const auto why = base.run_ok({"why", "pumps/basel:" + std::to_string(line)});
  CHECK(why.out.find("approved by jane") != std::string::npos);
  CHECK(why.out.find("quoted \"Pumpwerk Basel is a maker") != std::string::npos);

  SECTION("what was turned down is not proposed again") {
    base.server.serve_page("/pumps/basel", page_about("Pumpwerk Basel") + "<!-- touched -->");
    base.run_ok({"refresh", "--force"});
    CHECK(base.json({"review", "list"})["changes"].empty());
  }
  SECTION("an earlier revision can be put back") {
    base.run_ok({"revert", "pumps/basel", "1"});
    CHECK(base.run_ok({"history", "pumps/basel"}).out.find("jane") != std::string::npos);
    base.run_ok({"export"});
    CHECK(read_file(base.site + "/pumps/basel.md").find("is a maker") == std::string::npos);
  }
  SECTION("a decision can be taken back") {
    base.run_ok({"review", "undo", "1"});
    CHECK(base.json({"review", "list"})["changes"].size() == 1);
  }
  SECTION("a backup is restored as it was") {
    base.run_ok({"backup", base.folder / "saved"});
    base.run_ok({"revert", "pumps/basel", "1"});
    base.run_ok({"restore", base.folder / "saved"});
    CHECK(base.json({"history", "pumps/basel"})["revisions"].size() ==
          base.json({"history", "pumps/basel"})["revisions"].size());
    CHECK(base.run_ok({"history", "pumps/basel"}).out.find("reverted") == std::string::npos);
  }
  SECTION("a backup is not restored where the old store has no room beside it") {
    base.run_ok({"backup", base.folder / "saved"});
    base.run_ok({"revert", "pumps/basel", "1"});
    const std::string in_the_way = base.kb + "/kb.sqlite.before-restore-wal";
    write_file(in_the_way + "/file", "x");
    const auto revisions = base.json({"history", "pumps/basel"})["revisions"];
    const auto result = base.run({"restore", base.folder / "saved"});
    CHECK(result.exit_code == 1);
    CHECK(result.err.find(in_the_way + ": cannot be removed") != std::string::npos);
    CHECK(base.json({"history", "pumps/basel"})["revisions"] == revisions);
  }
}

TEST_CASE("a person edits a proposal without an editor by giving the text") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  base.run_ok({"review", "edit", "1", "--text", "Pumpwerk Basel makes pumps."});
  base.run_ok({"export"});
  CHECK(read_file(base.site + "/pumps/basel.md").find("\nPumpwerk Basel makes pumps.\n") !=
        std::string::npos);
}

TEST_CASE("an unchanged web costs nothing: no snapshot, no proposal, no file") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  base.run_ok({"review", "approve", "--all-unflagged"});
  base.run_ok({"export"});
  const auto written = std::filesystem::last_write_time(base.site + "/pumps/basel.md");
  base.server.forget_requests();
  const auto report = base.json({"refresh", "--force"});
  CHECK(report["snapshots"] == 0);
  CHECK(report["proposals"].empty());
  CHECK(report["tokens"] == 0);
  CHECK(base.server.status_count(304) == 1);
  base.run_ok({"export"});
  CHECK(std::filesystem::last_write_time(base.site + "/pumps/basel.md") == written);
}

TEST_CASE("what the site's owner wrote by hand comes back and is not proposed away") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  base.run_ok({"review", "approve", "--all-unflagged"});
  base.run_ok({"export"});
  const std::string file = base.site + "/pumps/basel.md";
  write_file(file, read_file(file) + "\nMy own closing words.\n");
  const auto exported = base.run_ok({"export"});
  CHECK(exported.out.find("take in") != std::string::npos);
  CHECK(base.run_ok({"why", "pumps/basel"}).out.find("My own closing words.\n  written by jane") !=
        std::string::npos);
  CHECK(read_file(file).ends_with("\nMy own closing words.\n"));
}

TEST_CASE("an edit by hand and an approved change of the same page come together, or wait") {
  TestKnowledgeBase base;
  const std::string file = base.add_exported_stub();
  const std::string exported = read_file(file);

  base.run_ok({"review", "approve", "2"});
  write_file(file, exported + "\nMy own closing words.\n");
  CHECK(base.run({"export", "--dry-run"}).out.find("merge            pumps/basel.md") != std::string::npos);
  base.run_ok({"export"});
  CHECK(read_file(file).find("My own closing words.") != std::string::npos);
  CHECK(read_file(file).find("delivered 1,800 pumps") != std::string::npos);
  CHECK(base.run_ok({"history", "pumps/basel"}).out.find("merged with what was edited on disk") !=
        std::string::npos);

  base.run_ok({"review", "undo", "1"});
  std::string edited = read_file(file);
  edited.replace(edited.find("is a maker"), 10, "is THE maker");
  write_file(file, edited);
  const auto conflict = base.run({"export"});
  CHECK(conflict.exit_code == 3);
  CHECK(conflict.err.find("edited by hand") != std::string::npos);
  for (const char* shown : {"as last exported", "in the store now", "in your file", "is THE maker"}) {
    CHECK(conflict.err.find(shown) != std::string::npos);
  }
  CHECK(read_file(file) == edited);
}

TEST_CASE("a policy approves rechecked entries and no flagged change") {
  TestKnowledgeBase base;
  base.server.serve_page("/a", page_about("Alt"));
  const std::string section = base.site;
  write_file(section + "/alt.md",
             "---\ntitle: \"Alt\"\nsource_urls:\n  - \"" + base.server.address("/a") +
                 "\"\nlastmod: 2020-01-01\nlast_reviewed: 2020-01-01\nstale_after_days: "
                 "90\n---\n\n## Summary\n\nAlt is a maker of pumps in "
                 "Basel with 120 employees. Alt delivered 1,800 pumps to Vienna on 5 May 2026. Alt "
                 "opened a works in Graz in April 2026.\n");
  base.configure(read_file(base.kb + "/stubkeeper.toml") + "auto_approve = [\"rechecked\"]\n");
  base.run_ok({"import", section});
  const auto first = base.json({"refresh"});
  const auto report = first["rechecked"] == 1 ? first : base.json({"refresh", "--force"});
  CHECK(report["rechecked"] == 1);
  CHECK(report["approved_by_policy"] == 1);
  // History says by which policy, and which sources answered.
  const auto revision = base.json({"history", "alt"})["revisions"].back();
  CHECK(revision["author"] == "policy:auto_approve");
  CHECK(revision["author_kind"] == "policy");
  CHECK(revision["note"].get<std::string>().find("its one source answered and says nothing new: " +
                                                 base.server.address("/a")) != std::string::npos);
  // The date of the review moves, and not a byte else.
  const std::string imported = read_file(section + "/alt.md");
  base.run_ok({"export"});
  std::string reviewed = imported;
  const std::string today = revision["at"].get<std::string>().substr(0, 10);
  reviewed.replace(reviewed.find("last_reviewed: 2020-01-01"), 25, "last_reviewed: " + today);
  CHECK(read_file(section + "/alt.md") == reviewed);
}

TEST_CASE("an entry is not rechecked while one of its sources is not asked") {
  TestKnowledgeBase base;
  base.server.serve_page("/a", page_about("Alt"));
  base.server.serve_page("/b", page_about("Alt"));
  write_file(
      base.site + "/alt.md",
      "---\ntitle: \"Alt\"\nsource_urls:\n  - \"" + base.server.address("/a") + "\"\n  - \"" +
          base.server.address("/b") +
          "\"\nlast_reviewed: 2020-01-01\nstale_after_days: 90\n---\n\n## Summary\n\nAlt is a maker of pumps "
          "in Basel with 120 employees. Alt delivered 1,800 pumps to Vienna on 5 May 2026. Alt opened a "
          "works in Graz in April 2026.\n");
  base.run_ok({"import", base.site});
  base.sql("UPDATE source SET state = 'paused' WHERE address LIKE '%/b'");
  base.run_ok({"refresh"});
  CHECK(base.json({"refresh", "--force"})["rechecked"] == 0);
  base.sql("UPDATE source SET state = 'active'");
  CHECK(base.json({"refresh", "--force"})["rechecked"] == 1);
}

TEST_CASE("with --quiet a run says in a paragraph what is new, and nothing where nothing is") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  const std::string mail = base.run_ok({"refresh", "--quiet"}).out;
  CHECK(mail.starts_with("New: 3 changes for 1 entry. 3 changes in 1 entry wait for review."));
  CHECK(mail.find("stubkeeper review --kb") != std::string::npos);
  CHECK(base.run_ok({"refresh", "--quiet", "--force"}).out.empty());
}

TEST_CASE("check lists findings and mends what can be mended as the person's revision") {
  TestKnowledgeBase base;
  write_file(base.site + "/heat/a.md",
             "---\ntitle: \"A\"\n---\n\n## Summary\n\nSee [b]({{< relref \"/research/heat/b.md\" >}}).\n");
  write_file(base.site + "/heat/b.md", "---\ntitle: \"B\"\n---\n");
  base.run_ok({"import", base.site});
  const auto found = base.json({"check", "heat/a"});
  CHECK(found["pages"] == 1);
  CHECK(found["errors"].get<int>() > 0);
  CHECK(base.run({"check"}).exit_code == 1);
  base.run({"check", "--fix"});
  CHECK(base.run_ok({"history", "heat/a"}).out.find("check --fix") != std::string::npos);
  base.run_ok({"export"});
  CHECK(read_file(base.site + "/heat/a.md").find("{{< relref \"b.md\" >}}") != std::string::npos);
  CHECK(base.run({"check", "--list-rules"}).exit_code == 0);
}

TEST_CASE("extract prints one object a line, also for what it cannot read") {
  const TemporaryFolder folder;
  write_file(folder / "a.html", page_about("Alt"));
  write_file(
      folder / "f.xml",
      "<rss "
      "version=\"2.0\"><channel><title>F</title><item><guid>1</guid><title>T</title></item></channel></rss>");
  write_file(folder / "b.pdf", "%PDF-1.4 no more");
  const auto result = run_stubkeeper({"extract", "a.html", "f.xml", "b.pdf"}, {folder.path(), {}, ""});
  CHECK(result.exit_code == 1);
  std::vector<nlohmann::json> lines;
  std::size_t begin = 0;
  while (begin < result.out.size()) {
    const std::size_t end = result.out.find('\n', begin);
    lines.push_back(nlohmann::json::parse(result.out.substr(begin, end - begin)));
    begin = end + 1;
  }
  REQUIRE(lines.size() == 3);
  CHECK(lines[0]["type"] == "page");
  CHECK(lines[0]["published"] == "2026-05-07");
  CHECK(lines[0]["author"].is_null());
  CHECK(lines[1]["format"] == "rss 2.0");
  CHECK(lines[1]["items"][0]["id"] == "1");
  CHECK(lines[2]["error"].is_string());
}

TEST_CASE("robots tells the rule that decides") {
  const TemporaryFolder folder;
  write_file(folder / "robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/open\n");
  const auto result =
      run_stubkeeper({"robots", "robots.txt", "--agent", "stubkeeper", "/private/a", "/private/open"},
                     {folder.path(), {}, ""});
  CHECK(result.exit_code == 1);
  CHECK(result.out ==
        "disallowed  /private/a  line 2: Disallow: /private\nallowed     /private/open  line 3: Allow: "
        "/private/open\n");
}

TEST_CASE("status and schedule speak of this knowledge base") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  const auto status = base.run_ok({"status"});
  CHECK(status.out.find("1 (1 stubs)") != std::string::npos);
  CHECK(status.out.find("none yet") != std::string::npos);
  CHECK(base.run_ok({"schedule"}).out.find(base.kb) != std::string::npos);
}
