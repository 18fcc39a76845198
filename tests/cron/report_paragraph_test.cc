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
                     {"https://known.example", "no answer", true},
                     {"https://three.example", "no answer"},
                     {"https://four.example", "no answer"}};
  report.healed = {"https://healed.example"};
  report.gone = {"https://gone.example"};
  report.tokens = 12345;
  report.model.configured = true;
  report.model.micro_usd = 120'000;
  const std::string paragraph = report_paragraph(report, "/kb");
  CHECK(join_lines(paragraph) ==
        "New: 4 changes for 2 entries, 1 of them flagged; 2 entries rechecked without news; 2 approved by "
        "policy. Failed (4): https://one.example (answered 500); https://two.example (no answer); "
        "https://three.example (no answer); `stubkeeper report` has the rest. Works again (1): "
        "https://healed.example. Gone for good, to be removed or replaced (1): https://gone.example. "
        "12 changes in 5 entries wait for review, 4 flagged. 1 file that was edited by hand waits for "
        "a decision. 1 thing fails as before. It cost 12345 tokens, $0.120000. "
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

TEST_CASE("what is known is no news, and no trouble") {
  RefreshReport report;
  report.failures = {{"https://known.example", "no answer", true}};
  CHECK_FALSE(has_news(report));
  CHECK_FALSE(report.is_partial());
  CHECK(report.has_failures());
  report.healed = {"https://healed.example"};
  CHECK(has_news(report));
  CHECK_FALSE(report.is_partial());
}

TEST_CASE("a report is read back from its JSON as it was written") {
  RefreshReport report;
  report.run_id = 7;
  report.started_at = *parse_rfc3339("2026-11-30T06:17:00Z");
  report.ended_at = *parse_rfc3339("2026-11-30T06:18:00Z");
  report.future_times = kb::FutureTimes{*parse_rfc3339("2027-11-30T06:17:00Z"), 3};
  report.planned = 12;
  report.changed = 2;
  report.proposals = {{"a*b", 3, 1}};
  report.gone = {"https://gone.example"};
  report.healed = {"https://healed.example"};
  report.moved = {{"https://a.example", "https://b.example"}};
  report.failures = {{"https://known.example", "no answer", true}, {"https://new.example", "answered 500"}};
  report.waiting = {12, 4, 5, 1};
  report.tokens = 99;
  report.model.configured = true;
  report.model.micro_usd = 120'000;
  report.model.remaining_today_micro_usd = 5;
  report.model.reused_answers = 2;
  const auto read = parse_report(report_json(report));
  REQUIRE(read.ok());
  CHECK(report_json(*read) == report_json(report));
  CHECK(report_text(*read) == report_text(report));
  CHECK(
      report_markdown(*read) ==
      "# Refresh of 2026-11-30T06:17:00Z\n\n## Proposed\n\n- a\\*b: 3 changes, 1 flagged\n\n## Failed\n\n"
      "- https\\://new.example (answered 500)\n\n## Works again\n\n- https\\://healed.example\n\n## Gone for good\n\n"
      "- https\\://gone.example\n\n## Moved\n\n- https\\://a.example to https\\://b.example\n\n## Waiting\n\n"
      "12 changes in 5 entries wait for review, 4 flagged. 1 file that was edited by hand waits for a decision.\n\n"
      "## Fails as before\n\n- https\\://known.example (no answer)\n\nIt cost 99 tokens, $0.120000.\n");
  CHECK_FALSE(parse_report("{\"run\": \"x\"}").ok());
  CHECK_FALSE(parse_report("").ok());
}
