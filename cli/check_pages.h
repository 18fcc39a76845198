#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "entries/checks/check.h"
#include "entries/conventions.h"
#include "entries/site/site.h"

namespace stubkeeper::cli {

// The scope of a check.
struct CheckScope {
  std::vector<std::string> paths;  // files, entry paths or folders; none is all
  std::string folder;              // files of this folder instead of the knowledge base
  std::string conventions;         // folder of conventions for the files of a folder
};

// A page under check, and how to write it back.
struct CheckedPage {
  std::string file;
  std::string bytes;
  bool chosen = false;  // else only an index for the others
  std::function<Status(const std::string& fixed, const std::string& note)> write;
};

struct UnreadablePage {
  std::string file;
  std::string reason;
};

struct CheckedPages {
  std::vector<CheckedPage> pages;
  std::vector<std::string> all_files;
  entries::Site site;
  std::string folder;        // of the files, or of the site's; "" for a knowledge base without one
  std::string history_file;  // keeps the findings for the next run; "" where there is no place for it
  std::vector<UnreadablePage> unreadable;
  std::vector<std::string> disabled;
  entries::Conventions conventions;
  std::optional<OpenKnowledgeBase> kb;  // keeps the store open that the writers use
};

// The pages of the knowledge base or the folder. A file that cannot be read, or is a symbolic link,
// is listed as unreadable. not_found for a path that names no page.
Result<CheckedPages> pages_to_check(const Session& session, const CheckScope& scope);

// The findings of a check, for printing.
struct CheckResult {
  std::vector<entries::Finding> findings;  // by file, then line
  std::vector<UnreadablePage> unreadable;
  std::size_t pages = 0;
  int fixed_files = 0;

  int count(entries::Severity severity) const;
};

enum class CheckListing {
  grouped,  // errors and warnings by rule, with their number and the first three
  all,      // a line for each finding, notes too, then the number of each rule
  counts,   // these numbers alone
};
void print_as_text(const Session& session, const CheckResult& result, const entries::CheckRules& rules,
                   CheckListing listing);

// One JSON document, with a count for every rule.
void print_as_json(const Session& session, const CheckResult& result, const entries::CheckRules& rules);

// SARIF 2.1.0, for code hosts: one run, every rule described, paths relative to the section's root.
void print_as_sarif(const Session& session, const CheckResult& result, const entries::CheckRules& rules);

}  // namespace stubkeeper::cli
