// Where each line of what was exported comes from, and the revisions that brought it there.

#include <filesystem>
#include <set>
#include <sstream>

#include "base/text/utf8.h"
#include "kb/sources/snapshots.h"
#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/json_schema.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;
namespace fs = std::filesystem;

namespace {

// A section that was imported, refreshed, approved in part as drafted and in part as edited, edited on disk,
// and rechecked by a policy.
struct Demo {
  TestKnowledgeBase base;

  Demo() {
    write_file(
        base.site + "/pumps/graz.md",
        "---\ntitle: \"Pumpwerk Graz\"\nlast_reviewed: 2020-01-01\nstale_after_days: 90\nsource_urls:\n  - "
        "\"" +
            base.server.address("/graz") +
            "\"\n---\n\n## Summary\n\nPumpwerk Graz repairs pumps. It was founded long ago.\n\n## Key "
            "Facts\n\n- **HQ:** Graz\n\n| Year | Staff |\n|---|---|\n| 2020 | 12 |\n\n```\ncode = 1\n```\n");
    base.server.serve_page("/graz", page_about("Pumpwerk Graz"));
    base.run_ok({"import", base.site});
    base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
    base.run_ok({"refresh"});
    const auto waiting = base.json({"review", "list", "--entry", "pumps/basel"})["changes"];
    REQUIRE(waiting.size() == 3);
    base.run_ok({"review", "edit", id(waiting[0]), "--text", "Pumpwerk Basel is a maker of pumps."});
    base.run_ok({"review", "approve", "--all-unflagged"});
    base.run_ok({"export"});
    const std::string file = base.site + "/pumps/graz.md";
    std::string text = read_file(file);
    const std::string old_words = "It was founded long ago.";
    text.replace(text.find(old_words), old_words.size(), "It was founded in 1901 by hand.");
    write_file(file, text);
    base.run_ok({"export"});
  }

  static std::string id(const nlohmann::json& change) { return std::to_string(change["id"].get<int>()); }
};

// The parts of a line.
nlohmann::json parts(TestKnowledgeBase& base, const std::string& entry, std::size_t line) {
  const auto json = base.json({"why", entry + ":" + std::to_string(line)});
  REQUIRE(json["blocks"].size() == 1);
  return json["blocks"][0]["parts"];
}

std::size_t line_of(const std::string& text, const std::string& words) {
  const std::size_t at = text.find(words);
  REQUIRE(at != std::string::npos);
  return 1 + static_cast<std::size_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

}  // namespace

TEST_CASE("sentences of one paragraph are told apart by the revisions that brought them") {
  Demo demo;
  const std::string text = read_file(demo.base.site + "/pumps/graz.md");
  const auto found = parts(demo.base, "pumps/graz", line_of(text, "repairs pumps"));
  REQUIRE(found.size() == 2);
  CHECK(found[0]["text"] == "Pumpwerk Graz repairs pumps.");
  CHECK(found[0]["rests_on"] == "no_recorded_source");
  CHECK(found[1]["text"] == "It was founded in 1901 by hand.");
  CHECK(found[1]["rests_on"] == "person");
  const std::string shown =
      demo.base.run_ok({"why", "pumps/graz:" + std::to_string(line_of(text, "repairs pumps"))}).out;
  CHECK(shown.find("no recorded source: imported (revision 1") != std::string::npos);
}

TEST_CASE("a line of front matter is told by itself") {
  Demo demo;
  const std::string text = read_file(demo.base.site + "/pumps/graz.md");
  const auto title = parts(demo.base, "pumps/graz", 2);
  REQUIRE(title.size() == 1);
  CHECK(title[0]["text"] == "title: \"Pumpwerk Graz\"");
  CHECK(title[0]["rests_on"] == "no_recorded_source");
}

TEST_CASE("a line without words is nobody's quote but somebody's line") {
  Demo demo;
  const std::string text = read_file(demo.base.site + "/pumps/graz.md");
  for (const std::size_t line : {std::size_t{1}, line_of(text, "## Summary") + 1, line_of(text, "|---|")}) {
    const auto found = parts(demo.base, "pumps/graz", line);
    REQUIRE(found.size() == 1);
    CHECK(found[0]["line"] == line);
    CHECK(found[0]["rests_on"] == "no_recorded_source");
    CHECK(demo.base.run_ok({"why", "pumps/graz:" + std::to_string(line)}).out ==
          "pumps/graz:" + std::to_string(line) +
              "  (no words)\n  no recorded source: imported (revision 1, " +
              found[0]["at"].get<std::string>().substr(0, 10) + ")\n");
  }
}

TEST_CASE("of a paragraph of several lines the sentences of one line are told") {
  Demo demo;
  const std::string file = demo.base.site + "/pumps/graz.md";
  write_file(file, read_file(file) + "\nThe first one is long and\ngoes on here. The second\nis short.\n");
  demo.base.run_ok({"export"});
  const std::size_t first = line_of(read_file(file), "The first one");
  const auto texts = [&](std::size_t line) {
    std::vector<std::string> told;
    for (const auto& part : parts(demo.base, "pumps/graz", line)) told.push_back(part["text"]);
    return told;
  };
  const std::string one = "The first one is long and\ngoes on here.";
  const std::string two = "The second\nis short.";
  CHECK(texts(first) == std::vector<std::string>{one});
  CHECK(texts(first + 1) == std::vector<std::string>{one, two});
  CHECK(texts(first + 2) == std::vector<std::string>{two});
}

TEST_CASE("a number that was the beginning of another one is not taken for it") {
  Demo demo;
  const std::string file = demo.base.site + "/pumps/graz.md";
  std::string text = read_file(file);
  text.replace(text.find("stale_after_days: 90"), 20, "stale_after_days: 9");
  text.replace(text.find("| 2020 | 12 |"), 13, "| 2020 | 1 |");
  write_file(file, text);
  demo.base.run_ok({"export"});
  for (const char* words : {"stale_after_days: 9", "| 2020 | 1 |"}) {
    const auto found = parts(demo.base, "pumps/graz", line_of(text, words));
    REQUIRE(found.size() == 1);
    CHECK(found[0]["rests_on"] == "person");
    CHECK(found[0]["revision"] == demo.base.json({"history", "pumps/graz"})["revisions"].size());
  }
}

TEST_CASE("words that come back with an undone replacement or a revert keep the quotes that they came with") {
  Demo demo;
  const std::string words = "1,800 pumps to Vienna";
  const auto origin = [&] {
    const std::string text = read_file(demo.base.site + "/pumps/basel.md");
    return parts(demo.base, "pumps/basel", line_of(text, words))[0];
  };
  const auto before = origin();
  REQUIRE(before["rests_on"] == "quotes");
  const auto revisions = demo.base.json({"history", "pumps/basel"})["revisions"].size();
  demo.base.run_ok({"revert", "pumps/basel", "1"});
  demo.base.run_ok({"revert", "pumps/basel", std::to_string(revisions)});
  demo.base.run_ok({"export"});
  const auto after = origin();
  CHECK(after["revision"] == before["revision"]);
  CHECK(after["changes"] == before["changes"]);
  CHECK(after["here_since"]["revision"] == revisions + 2);
  CHECK(after["here_since"]["author"] == "jane");
}

TEST_CASE("a text that was edited and then approved as it was drafted is not told as edited") {
  Demo demo;
  const auto change = demo.base.json({"review", "list", "--state", "approved", "--entry", "pumps/basel",
                                      "--search", "maker of pumps"})["changes"];
  REQUIRE(change.size() == 1);
  demo.base.run_ok({"review", "undo", Demo::id(change[0])});
  demo.base.run_ok({"review", "approve", Demo::id(change[0])});
  demo.base.run_ok({"export"});
  const std::string text = read_file(demo.base.site + "/pumps/basel.md");
  const auto found = parts(demo.base, "pumps/basel", line_of(text, "is a maker of pumps"));
  CHECK(found.at(0)["rests_on"] == "quotes");
  CHECK(found.at(0)["edited"] == false);
}

TEST_CASE("what an undone change leaves in the entry is told with the change and who took it back") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  base.run_ok({"review", "approve", "1"});
  // A stub that no export wrote would be a stub again.
  base.run_ok({"export"});
  base.run_ok({"review", "undo", "1"});
  base.run_ok({"export"});
  const std::string text = read_file(base.site + "/pumps/basel.md");
  const std::size_t line = line_of(text, "- \"" + base.server.address("/pumps/basel"));
  const auto left = parts(base, "pumps/basel", line).at(0);
  CHECK(left["rests_on"] == "taken_back");
  CHECK(left["changes"].empty());
  REQUIRE(left["taken_back"].size() == 1);
  CHECK(left["taken_back"][0]["id"] == 1);
  CHECK(left["taken_back"][0]["by"] == "jane");
  const std::string shown = base.run_ok({"why", "pumps/basel:" + std::to_string(line)}).out;
  CHECK(shown.find("came with change 1, taken back by jane on ") != std::string::npos);
  CHECK(shown.find(", approved by jane (revision 2, ") != std::string::npos);
  // Nobody wrote a word of this page, and no quote stands behind it.
  const auto blocks = base.json({"why", "pumps/basel"})["blocks"];
  for (const auto& block : blocks) {
    for (const auto& part : block["parts"]) {
      INFO(part.dump(2));
      CHECK((part["rests_on"] == "taken_back" || part["revision"] == 1));
    }
  }

  // Approved again, it is what it was.
  base.run_ok({"review", "approve", "1"});
  const auto again = parts(base, "pumps/basel", line).at(0);
  CHECK(again["rests_on"] == "quotes");
  CHECK(again["revision"] == 2);
  CHECK(again["changes"][0]["id"] == 1);
  CHECK(again["taken_back"].empty());
}

TEST_CASE("an edited text says that a person wrote it, on what quotes") {
  Demo demo;
  const std::string text = read_file(demo.base.site + "/pumps/basel.md");
  const auto found = parts(demo.base, "pumps/basel", line_of(text, "Pumpwerk Basel is a maker of pumps."));
  REQUIRE(found.size() == 1);
  CHECK(found[0]["edited"] == true);
  CHECK(found[0]["rests_on"] == "quotes");
  CHECK(found[0]["author"] == "jane");
  const std::string shown =
      demo.base
          .run_ok(
              {"why", "pumps/basel:" + std::to_string(line_of(text, "Pumpwerk Basel is a maker of pumps."))})
          .out;
  CHECK(shown.find("edited and approved by jane") != std::string::npos);
}

TEST_CASE("quotes are annotations by the W3C's model, with positions in code points") {
  TestKnowledgeBase base;
  base.add_stub("pumps/zuerich", "Pumpwerk Zürich", page_about("Pumpwerk Zürich"));
  base.run_ok({"refresh"});
  base.run_ok({"review", "approve", "--all-unflagged"});
  const auto page = nlohmann::json::parse(base.run_ok({"why", "pumps/zuerich", "--annotations"}).out);
  CHECK(page["@context"] == "http://www.w3.org/ns/anno.jsonld");
  CHECK(page["type"] == "AnnotationPage");
  REQUIRE_FALSE(page["items"].empty());
  base.run_ok({"export"});
  const auto store = ok(kb::Store::open(base.kb + "/kb.sqlite"));
  const auto snapshot = ok(kb::Snapshots{*store}.get(1));
  const std::string text = ok(kb::Snapshots{*store}.text(snapshot));
  std::set<std::string> exact;
  std::set<std::string> ids;
  const std::string entry = read_file(base.site + "/pumps/zuerich.md");
  for (const auto& annotation : page["items"]) {
    // Each quote is one annotation, of all that the entry says on it.
    CHECK(ids.insert(annotation["id"]).second);
    CHECK(annotation["creator"] == nlohmann::json{{"type", "Person"}, {"name", "jane"}});
    // The attribution after a quotation is part of its sentence.
    REQUIRE_FALSE(annotation["body"].empty());
    for (const auto& body : annotation["body"]) {
      CHECK(body["type"] == "TextualBody");
      CHECK(entry.find(body["value"].get<std::string>()) != std::string::npos);
    }
    CHECK(annotation["type"] == "Annotation");
    CHECK(annotation["target"]["source"] == base.server.address("/pumps/zuerich"));
    const auto& quote = annotation["target"]["selector"][0];
    const auto& position = annotation["target"]["selector"][1];
    CHECK(quote["type"] == "TextQuoteSelector");
    CHECK(position["type"] == "TextPositionSelector");
    const std::string words = quote["exact"];
    exact.insert(words);
    const std::string before = text.substr(0, text.find(words));
    CHECK(position["start"] == utf8_length(before));
    CHECK(position["end"].get<std::size_t>() - position["start"].get<std::size_t>() == utf8_length(words));
    CHECK(before.ends_with(quote["prefix"].get<std::string>()));
    CHECK(utf8_length(quote["prefix"].get<std::string>()) <= 32);
    CHECK(text.substr(before.size() + words.size()).starts_with(quote["suffix"].get<std::string>()));
  }
  // Behind the first "ü", bytes and code points part.
  CHECK(exact.size() > 1);
}

TEST_CASE("annotations have the form that the W3C describes, whoever approved them") {
  TestKnowledgeBase base;
  base.configure_model("[[review.policy]]\nname = \"facts\"\nkinds = [\"add fact\"]\n");
  base.add_stub("pumps/zuerich", "Pumpwerk Zürich", page_about("Pumpwerk \"Zürich\""));
  base.run_ok({"refresh"});
  base.run_ok({"review", "approve", "--all-unflagged"});
  const std::string schema = TEST_FIXTURES "/web_annotation.schema.json";
  const std::string file = base.folder / "annotations.json";
  const std::string printed = base.run_ok({"why", "pumps/zuerich", "--annotations"}).out;
  write_file(file, printed);
  const auto checked = validate_by_schema(file, schema);
  INFO(checked.out << checked.err << printed);
  CHECK(checked.exit_code == 0);
  // The schema itself finds what is wrong.
  const auto page = nlohmann::json::parse(printed);
  std::vector<nlohmann::json> spoilt(6, page);
  spoilt[0]["items"][0].erase("target");
  spoilt[1]["items"][0]["target"]["selector"][0].erase("exact");
  spoilt[2]["items"][0]["target"]["selector"][1]["start"] = -1;
  spoilt[3]["items"][0]["created"] = "2026-11-25T10:00:00+01:00";
  spoilt[4]["items"][0]["body"][0]["text"] = "not a word of the context";
  spoilt[5].erase("@context");
  for (const auto& each : spoilt) {
    INFO(each.dump(2));
    write_file(file, each.dump());
    CHECK(validate_by_schema(file, schema).exit_code == 1);
  }
}

TEST_CASE("two revisions are compared in words, and a revert is a new revision") {
  Demo demo;
  const std::string shown = demo.base.run_ok({"diff", "pumps/graz", "1"}).out;
  CHECK(shown.find("{+in 1901 by hand+}") != std::string::npos);
  CHECK(shown.find("**HQ:**") == std::string::npos);
  const auto json = demo.base.json({"diff", "pumps/graz", "1", "2"});
  CHECK(json["from"] == 1);
  CHECK(json["to"] == 2);
  CHECK_FALSE(json["difference"].empty());
  CHECK(demo.base.json({"diff", "pumps/graz", "1", "1"})["difference"].empty());
  CHECK(demo.base.run({"diff", "pumps/graz", "1", "99"}).exit_code == 1);

  const auto before = demo.base.json({"history", "pumps/graz"})["revisions"].size();
  demo.base.run_ok({"revert", "pumps/graz", "1"});
  CHECK(demo.base.json({"history", "pumps/graz"})["revisions"].size() == before + 1);
  CHECK(demo.base.json({"diff", "pumps/graz", "1"})["difference"].empty());
  demo.base.run_ok({"export"});
  const std::string text = read_file(demo.base.site + "/pumps/graz.md");
  const auto found = parts(demo.base, "pumps/graz", line_of(text, "repairs pumps"));
  CHECK(found.at(0)["rests_on"] == "no_recorded_source");
}
