#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "llm/model_drafter.h"
#include "llm/verifier.h"
#include "tests/support/fake_model.h"

namespace stubkeeper::llm::testing {

// The entry "Saltline" at heat/saltline, or another text of it, with these passages, each of a document of
// its own: "p1", "p2", ... at https://example.org/1 and so on, published on 2026-11-20 by "Heat Review".
Task saltline_task(const std::vector<std::string>& passages);
Task saltline_task(const std::vector<std::string>& passages, const std::string& entry);

// The id of the first block of the entry that holds these words; "none".
std::string find_block_with(const Task& task, const std::string& words);

// One change of a model's answer, with one quote; members that the test does not set are "".
nlohmann::json make_raw_change(const std::string& kind, const std::string& text, const std::string& quote,
                    const std::string& passage = "p1");
nlohmann::json with_member(nlohmann::json change, const std::string& member, const std::string& value);
// The same with another quote.
nlohmann::json add_quote(nlohmann::json change, const std::string& passage, const std::string& text,
                         const std::string& role);

std::string make_answer(const std::vector<nlohmann::json>& changes);

// What a drafter makes of a task where the model gives these answers, one after the other.
Draft run_drafter(const Task& task, const std::vector<std::string>& answers);
// The one change that comes of an answer of one change; fails the test where there is none or more.
DraftedChange draft_single_change(const Task& task, const nlohmann::json& change);

// The input of the request that shows all passages.
std::string request_input(const Task& task);

}  // namespace stubkeeper::llm::testing
