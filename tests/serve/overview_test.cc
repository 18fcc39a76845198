// The figures of the overview are those of the store, however they came there.

#include <chrono>
#include <regex>

#include "base/clock.h"
#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/served_program.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

std::string make_reviewed_page(const std::string& title, int days_ago) {
  const Timestamp reviewed = SystemClock{}.now() - std::chrono::hours{24 * days_ago};
  return "---\ntitle: \"" + title + "\"\nlast_reviewed: " + iso_date(reviewed) +
         "\nstale_after_days: 90\n---\n\n## Summary\n\n" + title + " makes pumps.\n";
}

// The section of a plot, by its id.
std::string find_plot(const std::string& page, const std::string& id) {
  const std::size_t begin = page.find("<section class=\"plot card\" aria-labelledby=\"" + id + "\"");
  REQUIRE(begin != std::string::npos);
  return page.substr(begin, page.find("</section>", begin) - begin);
}

// Its legend: the figure of each series now.
std::map<std::string, double> parse_legend(const std::string& plot) {
  std::map<std::string, double> figures;
  const std::regex item{R"re(</span>([^<]*?): <b>([0-9.]+)</b>)re"};
  for (std::sregex_iterator found{plot.begin(), plot.end(), item}, end; found != end; ++found)
    figures[(*found)[1]] = std::stod((*found)[2]);
  return figures;
}

// The rows of its table below the head, each as its figures.
std::vector<std::vector<double>> parse_table(const std::string& plot) {
  std::vector<std::vector<double>> rows;
  const std::regex row{R"re(<tr><th scope="row">[^<]*</th>(.*?)</tr>)re"};
  const std::regex cell{R"re(<td>([0-9.]+)</td>)re"};
  for (std::sregex_iterator found{plot.begin(), plot.end(), row}, end; found != end; ++found) {
    const std::string cells = (*found)[1];
    std::vector<double> figures;
    for (std::sregex_iterator each{cells.begin(), cells.end(), cell}, last; each != last; ++each)
      figures.push_back(std::stod((*each)[1]));
    rows.push_back(std::move(figures));
  }
  return rows;
}

double sum_of_column(const std::vector<std::vector<double>>& rows, std::size_t column) {
  double sum = 0;
  for (const auto& row : rows) sum += row.at(column);
  return sum;
}

}  // namespace

TEST_CASE("the plots of the overview say what the store says") {
  TestKnowledgeBase base;
  write_file(base.site + "/fresh.md", make_reviewed_page("Fresh", 10));
  write_file(base.site + "/due.md", make_reviewed_page("Due", 70));
  write_file(base.site + "/stale.md", make_reviewed_page("Stale", 100));
  write_file(base.site + "/older.md", make_reviewed_page("Older", 400));
  base.run_ok({"import", base.site});
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.add_stub("pumps/chur", "Pumpwerk Chur", page_about("Pumpwerk Chur"));
  base.run_ok({"source", "add", base.server.address("/missing"), "--type", "page"});
  base.run({"refresh"});
  base.run_ok({"review", "approve", "1"});
  base.run_ok({"review", "edit", "2", "--text", "Pumps are made here.", "--reason", "shorter"});
  base.run_ok({"review", "reject", "4", "--reason", "old news"});
  base.run_ok({"review", "undo", "4"});
  base.sql("UPDATE run SET tokens_spent = 12345, micro_usd_spent = 250000");
  ServedProgram program{base.kb};
  TestBrowser browser{program};
  browser.enter();
  const std::string page = browser.get("/overview")->body;

  SECTION("entries: current, due and stale, and each counted once") {
    const auto figures = parse_legend(find_plot(page, "freshness"));
    CHECK(figures.at("stale: past their review date") == 2);
    CHECK(figures.at("due within 30 days") == 1);
    CHECK(figures.at("stale: past their review date") ==
          static_cast<double>(base.json({"status"})["stale"].size()));
    double all = 0;
    for (const auto& [name, figure] : figures) all += figure;
    CHECK(std::to_string(static_cast<int>(all)) + "|\n" ==
          query_rows(base.kb, "SELECT count(*) FROM entry WHERE state = 'published' AND kind = 'entry'"));
    CHECK(parse_table(find_plot(page, "freshness")).size() == 26);
  }
  SECTION("sources: healthy and failing") {
    const auto figures = parse_legend(find_plot(page, "sources"));
    CHECK(figures.at("healthy") == 2);
    CHECK(figures.at("failing") + figures.at("gone") == 1);
    CHECK(page.find("1 need a look") != std::string::npos);
    CHECK(page.find(base.server.address("/missing")) != std::string::npos);
  }
  SECTION("decisions: approved, by a policy, edited, rejected, undone") {
    const auto rows = parse_table(find_plot(page, "decisions"));
    const std::vector<double> said{sum_of_column(rows, 0), sum_of_column(rows, 1), sum_of_column(rows, 2),
                                   sum_of_column(rows, 3), sum_of_column(rows, 4)};
    CHECK(said == std::vector<double>{1, 0, 1, 1, 1});
    CHECK(query_rows(base.kb, "SELECT verdict, count(*) FROM decision GROUP BY verdict ORDER BY verdict") ==
          "approve|1|\nedit|1|\nreject|1|\nundo|1|\n");
  }
  SECTION("tokens and money of the run") {
    CHECK(parse_legend(find_plot(page, "tokens")).at("tokens") == 12345);
    CHECK(parse_legend(find_plot(page, "money")).at("US dollars") == 0.25);
  }
}
