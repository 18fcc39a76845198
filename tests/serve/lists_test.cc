// What the pages with lists say, against what the store has: an entry's history, and the queue by section.

#include "cli/serve/markup.h"
#include "tests/serve/served_knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

bool has(const std::string& page, const std::string& words) {
  return page.find(words) != std::string::npos;
}

// The text between two marks, from the first one on; "" where they are not there.
std::string between(const std::string& page, const std::string& begin, const std::string& end) {
  const std::size_t at = page.find(begin);
  if (at == std::string::npos) return "";
  const std::size_t from = at + begin.size();
  return page.substr(from, page.find(end, from) - from);
}

std::string find_row(const std::string& page, const std::string& head) {
  return between(page, "<tr><th scope=\"row\">" + head + "</th>", "</tr>");
}

// The numbers of the changes that a page lists, in its order.
std::vector<std::string> list_items(const std::string& page) {
  std::vector<std::string> ids;
  const std::string mark = "\"><b>";
  const std::string queue = between(page, "<ul class=\"queue\"", "</ul>");
  for (std::size_t at = queue.find(mark); at != std::string::npos; at = queue.find(mark, at + 1))
    ids.push_back(queue.substr(at + mark.size(), queue.find("</b>", at) - at - mark.size()));
  return ids;
}

}  // namespace

TEST_CASE("the history of an entry has each revision with its author, its note and what it changed") {
  ServedKnowledgeBase lists;
  TestKnowledgeBase& base = lists.base;
  const std::string file = base.site + "/pumps/basel.md";
  write_file(file, "---\ntitle: \"Pumpwerk Basel\"\n---\n\n## Summary\n\nPumpwerk Basel is <small> & old.\n");
  base.run_ok({"import", base.site});
  base.server.serve_page("/basel", page_about("Pumpwerk Basel"));
  base.run_ok({"source", "add", base.server.address("/basel"), "--entry", "pumps/basel"});
  base.run_ok({"refresh"});
  base.run_ok({"review", "approve", "--all-unflagged"});
  base.run_ok({"export"});
  write_file(file, read_file(file) + "\nI have <em>seen</em> it.\n");
  base.run_ok({"export"});
  lists.serve();

  const auto revisions = base.json({"history", "pumps/basel"})["revisions"];
  REQUIRE(revisions.size() > 2);
  const std::string page = lists.page("/history/pumps/basel");
  CHECK(has(page, "<h1>Pumpwerk Basel</h1>"));
  std::size_t place_of_newer = 0;
  for (auto revision = revisions.rbegin(); revision != revisions.rend(); ++revision) {
    const int number = (*revision)["number"];
    INFO(revision->dump(2));
    const std::size_t place = page.find("<tr><th scope=\"row\">" + std::to_string(number) + "</th>");
    REQUIRE(place != std::string::npos);
    CHECK(place > place_of_newer);
    place_of_newer = place;
    const std::string row = find_row(page, std::to_string(number));
    CHECK(has(row, "<time datetime=\"" + (*revision)["at"].get<std::string>() + "\">"));
    CHECK(has(row, "<td>" + cli::escape_html((*revision)["author"].get<std::string>()) +
                       " <span class=\"quiet\">(" + (*revision)["author_kind"].get<std::string>() +
                       ")</span></td>"));
    CHECK(has(row, "<td>" + cli::escape_html((*revision)["note"].get<std::string>()) + "</td>"));
    CHECK(has(row, "what changed</a>") == (number > 1));
  }
  CHECK(revisions[0]["author_kind"] == "import");
  CHECK(has(revisions[1]["note"].get<std::string>(), "approved: change 1"));
  CHECK(has(revisions.back()["note"].get<std::string>(), "edited on disk"));

  // Its links lead to what each revision changed, and to nothing else.
  const std::string newest = std::to_string(revisions.size());
  const std::string before = std::to_string(revisions.size() - 1);
  const std::string link = "/history/pumps/basel?from=" + before + "&to=" + newest;
  CHECK(has(find_row(page, newest), "<a href=\"" + cli::escape_html(link) + "#difference\">"));
  const std::string difference =
      between(lists.page(link), "From revision " + before + " to " + newest, "</section>");
  CHECK(has(difference, "<code>&lt;em&gt;</code>seen<code>&lt;/em&gt;</code>"));
  CHECK_FALSE(has(difference, "&lt;small&gt;"));
  CHECK_FALSE(has(difference, "last_reviewed"));
  // Any two can be compared by the form.
  const std::string whole = between(lists.page("/history/pumps/basel?from=1&to=" + newest),
                                    "From revision 1 to " + newest, "</section>");
  CHECK(has(whole, "<ins>lastmod"));
  CHECK(has(whole, "seen"));
  CHECK(has(page, "name=\"to\" type=\"number\" min=\"1\" max=\"" + newest + "\" value=\"" + newest + "\""));
  CHECK(lists.browser->get("/history/pumps/basel?from=1&to=99")->status == 404);
}

TEST_CASE("the queue counts by section what waits and is flagged, and each section leads to its own") {
  ServedKnowledgeBase lists;
  TestKnowledgeBase& base = lists.base;
  for (const std::string entry : {"pumps/basel", "pumps/chur", "valves/small/davos", "top"}) {
    const std::string name = "Pumpwerk " + entry.substr(entry.rfind('/') + 1);
    base.add_stub(entry, name, page_about(name));
  }
  base.run_ok({"refresh"});
  base.sql(
      "INSERT INTO flag (name, detail, change_id, raised_at) VALUES ('old-source', '2019', 1, 0), "
      "('number-not-in-quote', '7', 1, 0)");
  base.run_ok({"review", "reject", "2"});
  lists.serve();
  // By entry, as the store has them.
  std::map<std::string, std::vector<std::string>> waiting;
  const auto changes = base.json({"review", "list"})["changes"];
  for (const auto& change : changes)
    waiting[change["entry"]].push_back(std::to_string(change["id"].get<int>()));
  REQUIRE(waiting.size() == 4);
  const auto ids = [&](const std::vector<std::string>& entries) {
    std::vector<std::string> all;
    for (const std::string& entry : entries)
      all.insert(all.end(), waiting.at(entry).begin(), waiting.at(entry).end());
    return all;
  };

  const std::string page = lists.page("/queue");
  const std::string all =
      std::to_string(ids({"pumps/basel", "pumps/chur", "top", "valves/small/davos"}).size());
  CHECK(has(page, "<p>" + all + " changes wait, 1 flagged.</p>"));
  CHECK(list_items(page) == ids({"pumps/basel", "pumps/chur", "top", "valves/small/davos"}));
  const std::string of_pumps = std::to_string(ids({"pumps/basel", "pumps/chur"}).size());
  CHECK(find_row(page, R"(<a href="/queue?entry=pumps">pumps</a>)") ==
        "<td>2</td><td>" + of_pumps + "</td><td>1</td>");
  CHECK(find_row(page, R"(<a href="/queue?entry=valves%2Fsmall">valves/small</a>)") ==
        "<td>1</td><td>" + std::to_string(ids({"valves/small/davos"}).size()) + "</td><td>0</td>");
  CHECK(find_row(page, "(top)") ==
        "<td>1</td><td>" + std::to_string(ids({"top"}).size()) + "</td><td>0</td>");
  // The flagged one says of itself what it is flagged for, and no other does.
  const std::string of_first = between(page, "<b>1</b>", "</li>");
  CHECK(has(of_first, "<span class=\"mark\">number not in the quote</span>"));
  CHECK(has(of_first, "<span class=\"mark\">source older than two years</span>"));
  CHECK(between(page, "<b>3</b>", "</li>").find("class=\"mark\"") == std::string::npos);

  const std::string pumps = lists.page("/queue?entry=pumps");
  CHECK(list_items(pumps) == ids({"pumps/basel", "pumps/chur"}));
  CHECK(has(pumps, "<a class=\"button primary\" href=\"/review?entry=pumps\""));
  CHECK(list_items(lists.page("/queue?entry=valves%2Fsmall")) == ids({"valves/small/davos"}));
  // A section that holds others leads to theirs too.
  CHECK(list_items(lists.page("/queue?entry=valves")) == ids({"valves/small/davos"}));
  CHECK(list_items(lists.page("/queue?flagged=yes")) == std::vector<std::string>{"1"});
}
