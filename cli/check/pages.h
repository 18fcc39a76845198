#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "entries/conventions.h"

namespace stubkeeper::cli {

// What `check` was asked to look at.
struct CheckScope {
  std::vector<std::string> paths;  // files, entry paths or folders; none is all
  std::string folder;              // files of this folder instead of the knowledge base
  std::string conventions;         // folder of conventions for the files of a folder
};

// A page under check, and how to write it back.
struct CheckedPage {
  std::string file;
  std::string bytes;
  bool chosen = false;  // else it is only known about, so that others can be judged
  std::function<Status(const std::string& fixed, const std::string& note)> write;
};

struct UnreadablePage {
  std::string file;
  std::string reason;
};

struct CheckedPages {
  std::vector<CheckedPage> pages;
  std::vector<std::string> all_files;
  std::vector<UnreadablePage> unreadable;
  std::vector<std::string> disabled;
  entries::Conventions conventions;
  std::optional<OpenKnowledgeBase> kb;  // keeps the store open that the writers use
};

// The pages of the knowledge base or the folder. A file that cannot be read, and a symbolic link, is listed
// as unreadable. not_found where a path names nothing: that is a mistake, not a clean check.
Result<CheckedPages> pages_to_check(const Session& session, const CheckScope& scope);

}  // namespace stubkeeper::cli
