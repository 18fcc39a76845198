#include "cron/report.h"

#include <sstream>

#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::cron;

namespace {

std::string join_lines(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

TEST_CASE("a run's paragraph says what is new, what waits, what failed, what it cost and how to review") {
  RefreshReport report;
  report.proposals = {{"a", 3, 1}, {"b", 1, 0}};
  report.rechecked = 2;
  report.approved_by_policy = 2;
  report.waiting = {12, 4, 5, 1};
  report.failures = {{"https://one.example", "answered 500"},
                     {"https://two.example", "no answer"},
                     {"https://three.example", "no answer"},
                     {"https://four.example", "no answer"}};
  report.tokens = 12345;
  report.model.configured = true;
  report.model.micro_usd = 120'000;
  const std::string paragraph = report_paragraph(report, "/kb");
  CHECK(
      join_lines(paragraph) ==
      "New: 4 changes for 2 entries, 1 of them flagged; 2 entries rechecked without news; 2 approved by "
      "policy. 12 changes in 5 entries wait for review, 4 flagged. 1 file that was edited by hand waits for "
      "a decision. Failed (4): https://one.example (answered 500); https://two.example (no answer); "
      "https://three.example (no answer); `stubkeeper status` has the rest. It cost 12345 tokens, $0.120000. "
      "Review: stubkeeper review --kb /kb ");
  std::istringstream lines{paragraph};
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 78);
  CHECK(has_news(report));
}

TEST_CASE("a run that brought nothing says so, and is no news") {
  RefreshReport report;
  CHECK(report_paragraph(report, "/kb") == "Nothing new. Nothing waits for review. It cost no tokens.\n");
  CHECK_FALSE(has_news(report));
  report.failures.push_back({"https://a.example", "x\x1b[31m\nsecond line"});
  CHECK(has_news(report));
  const std::string paragraph = report_paragraph(report, "/kb");
  CHECK(paragraph.find('\x1b') == std::string::npos);
  CHECK(join_lines(paragraph).find("second line).") != std::string::npos);
}
