// Answers to real tasks, replayed through validation and verification.

#include "tests/data/recordings.h"

#include "llm/drafting/prompt.h"
#include "tests/data/real_data.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

TEST_CASE("recorded answers to real tasks hold and come to what they came to") {
  const std::string data = real_data();
  if (data.empty()) return;
  const auto tasks = RealTasks::open(data);
  REQUIRE(tasks.ok());
  const auto recordings = load_recordings(STUBKEEPER_SOURCE "/tests/llm/recordings");
  REQUIRE(recordings.ok());
  CHECK(recordings->size() >= 8);
  for (const Recording& recording : *recordings) {
    INFO(recording.file);
    CHECK_THAT(recording.about, ContainsSubstring("by hand"));
    const auto made = (*tasks)->make(recording.task);
    REQUIRE(made.ok());
    // Another prompt or task was answered: put the new request before a reader (docs/prompts.md).
    CHECK(hash_request(make_drafting_request(made->task)) == recording.request_sha256);
    CHECK(summarize_outcome(made->task, recording.answer) == recording.outcome);
  }
}
