// PDFs that take for ever or all memory, in the program as it is: they cost themselves and nothing else.

#include <chrono>
#include <csignal>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/nested_forms.h"
#include "tests/support/pdf_writer.h"

using namespace stubkeeper::testing;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int endless = 24;
constexpr int millions_of_words = 7;

struct HeavyKnowledgeBase : TestKnowledgeBase {
  void limit(int seconds, const std::string& memory) {
    const std::string file = kb + "/stubkeeper.toml";
    std::string toml = read_file(file);
    const std::string section = "[fetch]\n";
    toml.insert(toml.find(section) + section.size(), "max_document_seconds = " + std::to_string(seconds) +
                                                         "\nmax_document_memory = " + memory + "\n");
    write_file(file, toml);
  }
  void add_pdf(const std::string& path, const std::string& bytes) {
    server.serve_page(path, bytes, "application/pdf");
    run_ok(
        {"source", "add", server.address(path), "--type", "pdf", "--entry", "pumps/bomb", "--title", "Bomb"});
  }
  std::string attempts() { return query_rows(kb, "SELECT attempts FROM reading_attempt"); }
};

// Until it has come so far; fails the test where it never does.
void wait_until(const std::function<bool()>& condition) {
  const auto deadline = Clock::now() + std::chrono::seconds{30};
  while (!condition()) REQUIRE(Clock::now() < deadline);
}

}  // namespace

TEST_CASE("a PDF without an end is its source's failure, and the other sources of the run are read") {
  HeavyKnowledgeBase base;
  base.limit(1, "500000000");
  base.add_pdf("/endless.pdf", nested_forms_pdf(endless));
  base.add_stub("pumps/one", "Pumpwerk", page_about("Pumpwerk"));
  const auto report = base.run({"refresh", "--json"});
  CHECK(report.exit_code == 3);
  const auto json = nlohmann::json::parse(report.out);
  REQUIRE(json["failures"].size() == 1);
  CHECK(json["failures"][0]["reason"].get<std::string>().find("too heavy to read: 1 s of processor time") ==
        0);
  CHECK(json["sources"]["changed"] == 1);
  CHECK(base.attempts().empty());
}

TEST_CASE("a PDF of millions of words is its source's failure before it takes more memory than it may") {
  HeavyKnowledgeBase base;
  base.limit(30, "200000000");
  const std::string file = base.folder / "bomb.pdf";
  base.add_pdf("/bomb.pdf", nested_forms_pdf(millions_of_words));
  const auto report = nlohmann::json::parse(base.run({"refresh", "--json"}).out);
  REQUIRE(report["failures"].size() == 1);
  CHECK(report["failures"][0]["reason"].get<std::string>().find(
            "too heavy to read: more than 200 MB of memory") == 0);
}

TEST_CASE(
    "an end is asked for while a PDF is read: it comes within a second or two, and the store is whole") {
  HeavyKnowledgeBase base;
  base.add_pdf("/endless.pdf", nested_forms_pdf(endless));
  const int number = GENERATE(SIGTERM, SIGINT);
  RunningProgram refresh{stubkeeper_command({"refresh", "--kb", base.kb})};
  wait_until([&] { return !base.attempts().empty(); });
  const auto asked = Clock::now();
  refresh.signal(number);
  const auto result = refresh.wait();
  CHECK(Clock::now() - asked < std::chrono::seconds{3});
  CHECK(result.exit_code == 3);
  CHECK(base.attempts().empty());
  CHECK(query_rows(base.kb, "SELECT state FROM run") == "partial|\n");
  check_integrity(base.kb);
}

TEST_CASE("a PDF that a killed run was reading is suspected by the next run, which says how it ended") {
  HeavyKnowledgeBase base;
  base.limit(1, "500000000");
  base.add_pdf("/endless.pdf", nested_forms_pdf(endless));
  RunningProgram refresh{stubkeeper_command({"refresh", "--kb", base.kb})};
  wait_until([&] { return !base.attempts().empty(); });
  refresh.signal(SIGKILL);
  CHECK(refresh.wait().exit_code == 128 + SIGKILL);
  CHECK(base.attempts() == "1|\n");
  CHECK(base.run({"refresh"}).exit_code == 3);
  CHECK(base.attempts().empty());
}

TEST_CASE("extract says why it could not read a PDF, and reads the next file") {
  HeavyKnowledgeBase base;
  PdfWriter pdf;
  pdf.add_page({{60, 100, 10, "Pumpwerk is a maker of pumps in Basel."}});
  const std::string file = base.folder / "report.pdf";
  const std::string cut = base.folder / "cut.pdf";
  write_file(file, pdf.bytes());
  write_file(cut, "%PDF-1.4\n");
  const auto result = run_stubkeeper({"extract", cut, file});
  CHECK(result.exit_code == 1);
  CHECK(result.out.find("maker of pumps") != std::string::npos);
}

TEST_CASE("the command by which a box is started is in no list and does nothing by hand") {
  CHECK(run_stubkeeper({"--help"}).out.find("read-document") == std::string::npos);
  const auto result = run_stubkeeper({"read-document"});
  CHECK(result.exit_code != 0);
  CHECK(result.out.empty());
}
