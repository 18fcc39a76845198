// A knowledge base that the version before made, with its configuration, goes on working.

#include <filesystem>
#include <sstream>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;

namespace {

namespace fs = std::filesystem;

const std::string fixture = TEST_FIXTURES "/kb-0.1.0";

// As 0.1.0 left it: a store of schema 25, old names of keys, an exported site.
struct EarlierKnowledgeBase : TestKnowledgeBase {
  EarlierKnowledgeBase() {
    fs::remove_all(kb);
    fs::create_directories(kb);
    for (const std::string part : {"stubkeeper.toml", "conventions"})
      fs::copy(fixture + "/" + part, fs::path{kb} / part, fs::copy_options::recursive);
    fs::copy(fixture + "/site", site, fs::copy_options::recursive);
    std::string dump = read_file(fixture + "/kb.sql");
    for (std::size_t at = dump.find("@SITE@"); at != std::string::npos; at = dump.find("@SITE@"))
      dump.replace(at, 6, fs::canonical(site).string());
    sql(dump);
  }
};

}  // namespace

TEST_CASE("a knowledge base of 0.1.0 opens, and what waits in it is approved and exported") {
  EarlierKnowledgeBase old;
  CHECK(old.run_ok({"export"}).out.find("0 written, 0 taken in, 3 unchanged") != std::string::npos);
  const auto list = old.run_ok({"review", "list"}).out;
  CHECK(list.find("tides/tidewheel") != std::string::npos);
  CHECK(list.find("12 November 2026") != std::string::npos);
  old.run_ok({"review", "approve", "3"});
  old.run_ok({"export"});
  const std::string page = read_file(old.site + "/tides/tidewheel.md");
  CHECK(page.find("18 million euros") != std::string::npos);
  CHECK(page.find("12 November 2026") != std::string::npos);
  check_integrity(old.kb);
}

TEST_CASE("why and undo know what a person approved with 0.1.0") {
  EarlierKnowledgeBase old;
  const auto history = old.run_ok({"history", "tides/tidewheel"}).out;
  CHECK(history.find("2026-11-30") != std::string::npos);
  CHECK(old.run_ok({"why", "tides/tidewheel"}).out.find("18 million euros") != std::string::npos);
  old.run_ok({"review", "undo", "2"});
  old.run_ok({"export"});
  CHECK(read_file(old.site + "/tides/tidewheel.md").find("18 million euros") == std::string::npos);
}

TEST_CASE("the old names of its keys are read, each with one line that names the new one") {
  EarlierKnowledgeBase old;
  const auto checked = old.run({"check"});
  const std::vector<std::pair<std::string, std::string>> renamed{{"most_bytes", "max_bytes"},
                                                                 {"longest_days", "max_days"},
                                                                 {"most_characters", "max_characters"},
                                                                 {"old_source_days", "max_source_age_days"},
                                                                 {"least_sentences", "min_sentences"}};
  for (const auto& [before, now] : renamed) {
    INFO(before << "\n" << checked.err);
    std::size_t lines = 0;
    std::istringstream err{checked.err};
    for (std::string line; std::getline(err, line);) {
      if (line.find(before) == std::string::npos) continue;
      ++lines;
      CHECK(line.find(now) != std::string::npos);
    }
    CHECK(lines == 1);
  }
}
