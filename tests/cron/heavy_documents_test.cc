// Documents that may be heavy: read after the others, each attempt recorded; what a run died of is met with suspicion.

#include <map>

#include "crawler/fetcher.h"
#include "cron/guarded_reader.h"
#include "cron/refresh.h"
#include "kb/runs/runs.h"
#include "kb/sources/reading_attempts.h"
#include "kb/sources/sources.h"
#include "llm/extractive_drafter.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/ok.h"
#include "tests/support/silent_progress.h"

using namespace stubkeeper;
using namespace stubkeeper::cron;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;

namespace {

// Gives the same small body for every address, as a PDF where the address ends so.
class FakeFetcher final : public crawler::Fetcher {
 public:
  void fetch(std::vector<crawler::FetchRequest> requests,
             const std::function<void(crawler::FetchResponse)>& on_response,
             const std::function<bool()>&) override {
    for (const crawler::FetchRequest& request : requests) {
      crawler::FetchResponse response;
      response.tag = request.tag;
      response.final_address = request.address;
      response.outcome = crawler::FetchOutcome::ok;
      response.http_status = 200;
      response.content_type = "text/html";
      response.body = request.address.ends_with(".pdf") ? "%PDF-1.7" : "<p>Pumpwerk is a maker of pumps.</p>";
      on_response(std::move(response));
    }
  }
};

// Notes in what order documents are read, and what was recorded of attempts meanwhile; answers as the test says.
class FakeReader final : public crawler::DocumentReader {
 public:
  explicit FakeReader(kb::Store& store) : store_(store) {}

  Result<crawler::Document> read(const crawler::DocumentBytes& document) override {
    order.emplace_back(document.address);
    attempts_meanwhile[std::string{document.address}] =
        ok(kb::ReadingAttempts{store_}.count(std::string{document.address}));
    const auto found = errors.find(std::string{document.address});
    if (found != errors.end()) return found->second;
    crawler::Content content;
    content.text = "Pumpwerk is a maker of pumps, it says at " + std::string{document.address};
    return crawler::Document{content};
  }
  Result<crawler::Document> read_suspected(const crawler::DocumentBytes& document) override {
    suspected.emplace_back(document.address);
    return read(document);
  }

  std::vector<std::string> order;
  std::vector<std::string> suspected;
  std::map<std::string, int> attempts_meanwhile;
  std::map<std::string, Error> errors;

 private:
  kb::Store& store_;
};

const std::string pdf = "https://example.org/a.pdf";
const std::string other_pdf = "https://example.org/b.pdf";
const std::string page = "https://example.org/c";

struct Fixture {
  std::unique_ptr<kb::Store> store = ok(kb::Store::in_memory());
  FakeFetcher fetcher;
  FakeReader reader{*store};
  FakeClock clock{"2026-11-23T10:00:00Z"};
  config::Configuration configuration;
  llm::ExtractiveDrafter drafter;
  SilentProgress progress;
  bool keep_going = true;

  Fixture() {
    for (const std::string& address : {pdf, other_pdf, page})
      ids[address] = ok(kb::Sources{*store}.add("page", address, "", clock.now()));
  }
  // As a run leaves it that died while the document was read.
  void die_reading(const std::string& address) {
    REQUIRE(kb::ReadingAttempts{*store}.begin(address, clock.now()).ok());
  }
  RefreshReport run(const RefreshOptions& options = {}) {
    reader.order.clear();
    reader.suspected.clear();
    const RunContext context{*store, fetcher,       reader,   drafter,
                             clock,  configuration, progress, [this] { return keep_going; }};
    return ok(refresh(context, options));
  }
  kb::Source source(const std::string& address) { return ok(kb::Sources{*store}.get(ids[address])); }

  std::map<std::string, kb::Id> ids;
};

RefreshOptions forced() {
  RefreshOptions options;
  options.force = true;
  return options;
}

}  // namespace

TEST_CASE("a heavy document is read after the others, and the attempt is recorded while it is read") {
  Fixture f;
  CHECK(f.run().changed == 3);
  CHECK(f.reader.order == std::vector<std::string>{page, pdf, other_pdf});
  CHECK(f.reader.attempts_meanwhile[pdf] == 1);
  CHECK(f.reader.attempts_meanwhile[page] == 0);
  CHECK(ok(kb::ReadingAttempts{*f.store}.list()).empty());
}

TEST_CASE("a document that is too heavy is its source's failure, in one line, and no suspect") {
  Fixture f;
  f.reader.errors[pdf] = Error{ErrorCode::limit, "too heavy to read: 30 s of processor time", pdf, ""};
  const auto report = f.run();
  CHECK(report.changed == 2);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].what == pdf);
  CHECK(report.failures[0].reason == "too heavy to read: 30 s of processor time");
  CHECK(f.source(pdf).failures == 1);
  CHECK(ok(kb::ReadingAttempts{*f.store}.list()).empty());
}

TEST_CASE(
    "a document that a run died of is read last, with tighter limits, and trusted again once it is read") {
  Fixture f;
  f.die_reading(pdf);
  f.die_reading(page);
  f.run();
  CHECK(f.reader.order == std::vector<std::string>{other_pdf, pdf, page});
  CHECK(f.reader.suspected == std::vector<std::string>{pdf, page});
  CHECK(f.reader.attempts_meanwhile[pdf] == 2);
  f.run(forced());
  CHECK(f.reader.suspected.empty());
}

TEST_CASE("a document that three runs died of rests for 30 days, with a word, and is tried once after that") {
  Fixture f;
  for (int i = 0; i < 3; ++i) f.die_reading(pdf);
  const auto report = f.run();
  CHECK(report.changed == 2);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].reason.find("rests until 2026-12-23: 3 runs ended while it was read") == 0);
  CHECK(f.source(pdf).last_error.find("rests until") == 0);
  CHECK(f.run(forced()).failures.empty());
  CHECK(f.reader.order == std::vector<std::string>{page, other_pdf});

  f.clock.advance(24h * 31);
  f.run();
  CHECK(f.reader.suspected == std::vector<std::string>{pdf});
  CHECK(f.run(forced()).failures.empty());
  CHECK(f.reader.suspected.empty());
}

TEST_CASE("a resting document that kills the run after its rest rests again") {
  Fixture f;
  for (int i = 0; i < 3; ++i) f.die_reading(pdf);
  f.run();
  f.clock.advance(24h * 31);
  f.die_reading(pdf);
  CHECK(f.run().failures.size() == 1);
  CHECK(f.reader.suspected.empty());
}

TEST_CASE("a resting document is read where a person names it") {
  Fixture f;
  for (int i = 0; i < 3; ++i) f.die_reading(pdf);
  RefreshOptions options;
  options.sources = {pdf};
  CHECK(f.run(options).changed == 1);
  CHECK(f.reader.suspected == std::vector<std::string>{pdf});
}

TEST_CASE("a wish to stop while a document is read costs the source nothing, and the rest is left") {
  Fixture f;
  f.reader.errors[pdf] = Error{ErrorCode::busy, "was not read: the program was asked to stop", pdf, ""};
  // The page is stored; the box of the first PDF hears the wish.
  struct Stopper final : crawler::DocumentReader {
    FakeReader& reader;
    bool& keep_going;
    Stopper(FakeReader& wrapped, bool& flag) : reader(wrapped), keep_going(flag) {}
    Result<crawler::Document> read(const crawler::DocumentBytes& document) override {
      if (document.address == pdf) keep_going = false;
      return reader.read(document);
    }
    Result<crawler::Document> read_suspected(const crawler::DocumentBytes& document) override {
      return read(document);
    }
  } stopper{f.reader, f.keep_going};
  const RunContext context{*f.store, f.fetcher,       stopper,    f.drafter,
                           f.clock,  f.configuration, f.progress, [&] { return f.keep_going; }};
  const auto report = ok(refresh(context, {}));
  CHECK(report.interrupted);
  CHECK(report.failures.empty());
  CHECK(report.changed == 1);
  CHECK(f.reader.order == std::vector<std::string>{page, pdf});
  CHECK(f.source(pdf).failures == 0);
  CHECK_FALSE(f.source(pdf).checked_at);
  CHECK(ok(kb::ReadingAttempts{*f.store}.list()).empty());
  CHECK(ok(kb::Runs{*f.store}.latest(1)).at(0).state == kb::RunState::partial);
}

TEST_CASE("a reader that cannot be started is no failure of the source, and the run says so and goes on") {
  Fixture f;
  f.reader.errors[pdf] =
      Error{ErrorCode::io, "could not be read: its reader cannot be run: Too many open files", pdf, ""};
  const auto report = f.run();
  CHECK(report.changed == 2);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].reason.find("Too many open files") != std::string::npos);
  CHECK(f.source(pdf).failures == 0);
  CHECK(f.source(pdf).due_at <= f.clock.now());
}

TEST_CASE("an answer that comes after the wish to stop is not read") {
  Fixture f;
  f.keep_going = false;
  const auto report = f.run();
  CHECK(report.interrupted);
  CHECK(f.reader.order.empty());
}
