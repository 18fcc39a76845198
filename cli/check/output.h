#pragma once

#include <vector>

#include "cli/check/pages.h"
#include "cli/session.h"
#include "entries/checks/check.h"

namespace stubkeeper::cli {

// What a check found, for printing.
struct CheckResult {
  std::vector<entries::Finding> findings;  // by file, then line
  std::vector<UnreadablePage> unreadable;
  std::size_t pages = 0;
  int fixed_files = 0;

  int count(entries::Severity severity) const;
};

// A line for each finding, then how many there are of each rule; with `counts_only` just those.
void print_as_text(const Session& session, const CheckResult& result, const entries::CheckRules& rules,
                      bool counts_only);

// One JSON document; every rule has its count, also those that found nothing.
void print_as_json(const Session& session, const CheckResult& result, const entries::CheckRules& rules);

// SARIF 2.1.0, as code hosts take it: one run, every rule described, places relative to the section's root.
void print_as_sarif(const Session& session, const CheckResult& result, const entries::CheckRules& rules);

}  // namespace stubkeeper::cli
