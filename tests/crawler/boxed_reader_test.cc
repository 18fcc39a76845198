#include "crawler/reading/boxed_reader.h"

#include <csignal>

#include "crawler/reading/reader_process.h"
#include "crawler/reading/reading_messages.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using namespace stubkeeper::testing;

namespace {

// A box that ends as the test wants it.
class FakeRunner final : public SubprocessRunner {
 public:
  Result<SubprocessResult> run(const SubprocessCommand& command) override {
    ++runs;
    arguments = command.arguments;
    timeout = command.timeout;
    environment = command.environment;
    return result;
  }

  Result<SubprocessResult> result = SubprocessResult{};
  int runs = 0;
  std::vector<std::string> arguments;
  std::chrono::milliseconds timeout{0};
  std::optional<std::vector<std::string>> environment;
};

struct Fixture {
  FakeRunner runner;
  BoxedReader reader{
      runner, "/usr/bin/stubkeeper", {std::chrono::seconds{30}, 500'000'000}, [] { return true; }};

  Error error_of_pdf(Result<SubprocessResult> result) {
    runner.result = std::move(result);
    const auto read = reader.read({ContentKind::pdf, "%PDF-1.4", "", "https://example.org/a.pdf"});
    REQUIRE_FALSE(read.ok());
    return read.error();
  }
};

SubprocessResult ended_by(int signal) {
  return {128 + signal, "", signal};
}

}  // namespace

TEST_CASE("a PDF, a compressed sitemap and what is above 1 MB are read in a box, and the rest is not") {
  Fixture f;
  f.runner.result = SubprocessResult{0, encode_answer(Document{Content{}}), 0};
  const std::string large = "<p>" + std::string(1'000'000, 'x');
  for (const DocumentBytes& heavy :
       {DocumentBytes{ContentKind::pdf, "%PDF-", "", ""},
        DocumentBytes{ContentKind::sitemap, "\x1F\x8B", "", ""},
        DocumentBytes{ContentKind::page, large, "", ""}, DocumentBytes{ContentKind::feed, large, "", ""}}) {
    f.runner.runs = 0;
    CHECK(f.reader.read(heavy).ok());
    CHECK(f.runner.runs == 1);
  }
  f.runner.runs = 0;
  CHECK(f.reader.read({ContentKind::page, "<p>Pumpwerk", "text/html", "https://example.org/a"}).ok());
  CHECK(f.reader.read({ContentKind::text, "Pumpwerk", "", "notes.txt"}).ok());
  CHECK(f.runner.runs == 0);
}

TEST_CASE("a box is the program itself, with limits and without this program's environment") {
  Fixture f;
  ::setenv("STUBKEEPER_SECRET", "sk-123", 1);
  f.error_of_pdf(ended_by(SIGXCPU));
  CHECK(f.runner.arguments == std::vector<std::string>{"/usr/bin/stubkeeper", std::string{reader_command},
                                                       "30", "500000000", "pdf"});
  REQUIRE(f.runner.environment);
  for (const std::string& variable : *f.runner.environment)
    CHECK(variable.find("sk-123") == std::string::npos);
  ::unsetenv("STUBKEEPER_SECRET");
}

TEST_CASE("a suspected document is read in a box with a quarter of the time and half of the memory") {
  Fixture f;
  f.runner.result = SubprocessResult{0, encode_answer(Document{Content{}}), 0};
  CHECK(f.reader.read_suspected({ContentKind::page, "<p>small", "", ""}).ok());
  CHECK(f.runner.arguments[2] == "7");
  CHECK(f.runner.arguments[3] == "250000000");
}

TEST_CASE("the end of a box is the document's failure in plain words") {
  Fixture f;
  CHECK(f.error_of_pdf(ended_by(SIGXCPU)).message == "too heavy to read: 30 s of processor time");
  CHECK(f.error_of_pdf(SubprocessResult{reader_exit_out_of_memory, "", 0}).message ==
        "too heavy to read: more than 500 MB of memory");
  CHECK(f.error_of_pdf(Error{ErrorCode::timeout, "", "", ""}).message ==
        "too heavy to read: not done after 120 s");
  CHECK(f.error_of_pdf(Error{ErrorCode::limit, "", "", ""}).code == ErrorCode::limit);
  CHECK(f.error_of_pdf(ended_by(SIGSEGV)).message == "cannot be read: its reader crashed (signal 11)");
  CHECK(f.error_of_pdf(ended_by(SIGXCPU)).where == "https://example.org/a.pdf");
  for (const int signal : {SIGXCPU, SIGSEGV, SIGKILL})
    CHECK_FALSE(is_reader_failure(f.error_of_pdf(ended_by(signal))));
}

TEST_CASE("a box that cannot be started, or is another version's, is no fault of the document") {
  Fixture f;
  CHECK(
      is_reader_failure(f.error_of_pdf(Error{ErrorCode::io, "cannot be run: Too many open files", "", ""})));
  CHECK(is_reader_failure(f.error_of_pdf(Error{ErrorCode::not_found, "cannot be run", "", ""})));
  CHECK(is_reader_failure(f.error_of_pdf(SubprocessResult{reader_exit_bad_request, "", 0})));
  CHECK(is_reader_failure(f.error_of_pdf(SubprocessResult{0, "", 0})));
}

TEST_CASE("a box that was ended because the program is to stop says so") {
  Fixture f;
  CHECK(f.error_of_pdf(Error{ErrorCode::busy, "was ended", "", ""}).code == ErrorCode::busy);
}
