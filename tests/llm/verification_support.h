#pragma once

#include <string>
#include <vector>

#include "llm/verifier.h"

namespace stubkeeper::llm::testing {

// A task for the entry "Saltline" (entry text, blocks b1, b2, ...) whose passages are given one by one.
struct TestTask {
  explicit TestTask(
      const std::string& entry = "---\ntitle: \"Saltline\"\n---\n\n## Key Facts\n\n- A maker of stores.\n");

  // A document of one passage: "p1", "p2", ... Its address is https://source1.example/a, and so on.
  TaskPassage& passage(const std::string& text, const std::string& published = "2026-05-07");

  // What verification makes of a fact with these quotes, each "p1: words"; a "!" in front refutes.
  Verification verified(const std::string& text, const std::vector<std::string>& quotes);
  Verification verified(const DraftedChange& change);

  // The names of the flags of the one change that comes of it.
  std::vector<std::string> flags(const std::string& text, const std::vector<std::string>& quotes);
  std::vector<std::string> flags(const DraftedChange& change);
  // The detail of one of them, or "(none)".
  std::string detail(const std::string& flag, const std::string& text,
                     const std::vector<std::string>& quotes);
  std::string detail(const std::string& flag, const DraftedChange& change);

  Task task;
};

// A change of the Key Facts with quotes as above.
DraftedChange fact(const std::string& text, const std::vector<std::string>& quotes);
DraftedChange development(const std::string& date, const std::string& text,
                          const std::vector<std::string>& quotes);
DraftedChange replacement(const std::string& block, const std::string& text,
                          const std::vector<std::string>& quotes);

bool has(const std::vector<std::string>& names, const std::string& name);

// The flags of a fact that rests on one passage which is its only quote.
std::vector<std::string> flags_of(const std::string& text, const std::string& quote);

}  // namespace stubkeeper::llm::testing
