#pragma once

#include <string>
#include <vector>

#include "llm/model.h"
#include "llm/verifier.h"
#include "tests/data/real_tasks.h"

namespace stubkeeper::testing {

// A model's answer to a real task, kept under tests/llm/recordings/. It holds none of the real data: the task
// is made again from the entry and the page that it names.
struct Recording {
  std::string file;
  std::string about;  // who wrote the answer, and how
  RealTaskName task;
  std::string request_sha256;  // hash_request() of the request that was answered
  std::string answer;          // JSON
  std::string outcome;         // summarize_outcome() the answer, JSON
};

// All of a folder, by name. Nothing is skipped: a file that is no recording is an error.
Result<std::vector<Recording>> load_recordings(const std::string& folder);

// The request that shows all of a task's passages, and its hash for an endpoint of no importance.
llm::ModelRequest make_drafting_request(const llm::Task& task);
std::string hash_request(const llm::ModelRequest& request);

// What becomes of an answer: each change that verification leaves, by kind, place and flags, and what was
// dropped, as JSON.
std::string summarize_outcome(const llm::Task& task, const std::string& answer);

}  // namespace stubkeeper::testing
