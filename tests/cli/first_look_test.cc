// The first look at a source, as an owner meets it: added to a page that somebody wrote.

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;

namespace {

const std::string written_page =
    "---\ntitle: Corvane\nupdated: 2026-01-10\n---\n\nCorvane makes hinges for aircraft doors.\n";
const std::string undated_source =
    "<html lang=\"en\"><head><title>About Corvane</title></head><body><article><h1>About Corvane</h1>"
    "<p>Corvane was fined 12 million euros by the aviation office in October 2026.</p>"
    "<p>Corvane employs 420 people in Toulouse and was sold to Halden Aero in May 2026.</p></article></body></html>";

struct WrittenSection : TestKnowledgeBase {
  WrittenSection() {
    server.serve_page("/about", undated_source);
    write_file(site + "/corvane.md", written_page);
    configure(read_file(kb + "/stubkeeper.toml") + "auto_approve = [\"rechecked\"]\n");
    run_ok({"import", site});
    run_ok({"source", "add", server.address("/about"), "--entry", "corvane"});
  }
};

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "what a source says at the first look is proposed for a written page, and nothing is called rechecked") {
  WrittenSection base;
  const auto report = base.json({"refresh"});
  CHECK(report["rechecked"] == 0);
  CHECK(report["approved_by_policy"] == 0);
  REQUIRE(report["proposals"].size() == 1);
  CHECK(report["proposals"][0]["first_look"] == 2);
  const std::string list = base.run_ok({"review", "list"}).out;
  CHECK(has(list, "first look: add "));
  CHECK(has(base.run_ok({"review", "show", "1"}).out,
            "first look no news: source 1 says it and the entry lacks it"));
  CHECK(base.json({"review", "list"})["changes"][0]["first_look"] == 1);
  CHECK(base.json({"review", "list", "--news"})["changes"].empty());
  CHECK(base.json({"review", "list", "--first-look"})["changes"].size() == 2);
  CHECK(base.run({"review", "list", "--news", "--first-look"}).exit_code == 2);
  CHECK(has(base.run_ok({"source", "show", "1"}).out,
            "first look corvane: 2 changes proposed, 2 of them wait"));
  CHECK(has(base.run_ok({"report"}).out, "2 at first look"));
  base.run_ok({"export"});
  CHECK(read_file(base.site + "/corvane.md") == written_page);
}

TEST_CASE("a changed text moves lastmod and not last_reviewed, unless the section's rules say so") {
  const bool is_review = GENERATE(false, true);
  WrittenSection base;
  if (is_review) {
    write_file(base.kb + "/conventions/house_style.toml",
               "[dates]\nset_by_approval = [\"lastmod\", \"last_reviewed\"]\n");
  }
  base.run_ok({"refresh"});
  CHECK(has(base.run_ok({"review", "show", "1"}).out,
            is_review ? "marks the entry as reviewed today" : "does not mark the entry as reviewed"));
  base.run_ok({"review", "approve", "1"});
  base.run_ok({"export"});
  const std::string page = read_file(base.site + "/corvane.md");
  CHECK(has(page, "lastmod: "));
  CHECK(has(page, "last_reviewed: ") == is_review);
  base.run_ok({"review", "undo", "1"});
  base.run_ok({"export"});
  CHECK_FALSE(has(read_file(base.site + "/corvane.md"), "lastmod: "));
  CHECK_FALSE(has(read_file(base.site + "/corvane.md"), "last_reviewed: "));
}

TEST_CASE("a date field that no approval sets is an error with its line") {
  WrittenSection base;
  write_file(base.kb + "/conventions/house_style.toml", "[dates]\nset_by_approval = [\"date\"]\n");
  const auto refused = base.run({"status"});
  CHECK(refused.exit_code == 2);
  CHECK(has(refused.err, "dates.set_by_approval names \"date\""));
}

TEST_CASE("more than ten things of a first look are counted, and come when they are asked for") {
  WrittenSection base;
  static constexpr const char* things[] = {"presses", "furnaces", "lathes", "robots", "vans",
                                           "desks",   "pumps",    "cranes", "ovens",  "drills",
                                           "kilns",   "saws",     "looms",  "mills"};
  static constexpr const char* towns[] = {"Basel", "Graz", "Lyon", "Turin", "Porto", "Ghent",  "Bergen",
                                          "Turku", "Riga", "Brno", "Split", "Varna", "Patras", "Cork"};
  std::string text = "<title>About Corvane</title><article><h1>About Corvane</h1>";
  for (int i = 0; i < 14; ++i) {
    text += "<p>Corvane bought " + std::to_string(101 + 7 * i) + " " + things[i] + " from a dealer near " +
            towns[i] + " in " + std::to_string(1990 + i) + ".</p>";
  }
  base.server.serve_page("/about", text + "</article>");
  const auto report = base.json({"refresh"});
  CHECK(report["proposals"][0]["changes"] == 10);
  CHECK(report["kept_changes"] == 4);
  const std::string shown = base.run_ok({"source", "show", "1"}).out;
  CHECK(has(shown,
            "10 changes proposed, 10 of them wait; more in 4 passages: stubkeeper refresh --source 1 --all"));
  CHECK(has(base.run_ok({"review", "show", "1"}).out, "4 passages say more"));
  CHECK(base.run({"refresh", "--all"}).exit_code == 2);
  base.run_ok({"refresh", "--source", "1", "--all"});
  CHECK(base.json({"review", "list"})["changes"].size() == 14);
  CHECK(base.json({"source", "show", "1"})["first_looks"][0]["kept_passages"] == 0);
}

TEST_CASE("items of a feed that came before their entry are counted, and routed to it when it comes") {
  TestKnowledgeBase base;
  base.server.serve_page(
      "/trade.xml",
      "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Trade wire</title>"
      "<item><guid isPermaLink=\"false\">0</guid><title>Tarnwind opens a dock</title><pubDate>Tue, 24 Nov 2026 "
      "08:00:00 GMT</pubDate><description>Tarnwind Robotics opened a test dock in Rotterdam on 23 November 2026 with "
      "20 robots.</description></item>"
      "<item><guid isPermaLink=\"false\">1</guid><title>Tarnwind order</title><pubDate>Thu, 26 Nov 2026 08:00:00 "
      "GMT</pubDate><description>Tarnwind Robotics has won an order for 40 robots from Nordpost.</description></item>"
      "</channel></rss>",
      "application/rss+xml");
  base.server.serve_page("/about",
                         "<title>About Tarnwind Robotics</title><article><p>Tarnwind Robotics builds mobile "
                         "robots that unload parcels from trucks.</p></article>");
  base.run_ok({"source", "add", base.server.address("/trade.xml"), "--type", "feed"});
  const auto first = base.run_ok({"refresh"}).out;
  CHECK(has(
      first,
      "concern no entry; a new one gets those that name it: `stubkeeper source add ADDRESS --entry PATH`"));
  base.run_ok({"source", "add", base.server.address("/about"), "--entry", "robotics/tarnwind", "--title",
               "Tarnwind Robotics"});
  base.run_ok({"refresh"});
  const auto changes = base.json({"review", "list"}).dump();
  CHECK(has(changes, "test dock in Rotterdam"));
  CHECK(has(changes, "40 robots from Nordpost"));
}
