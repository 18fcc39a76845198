#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string_view>

#include "kb/entries/records.h"
#include "kb/store/id.h"
#include "llm/verifier.h"

namespace stubkeeper::cron {

// Counts the changes of first looks against the room that a task has for them. Borrows the task.
class FirstLookLimit {
 public:
  explicit FirstLookLimit(const llm::Task& task) : task_(task), room_(task.max_first_look_changes) {}

  // The source whose first look a change comes of; 0 for news, and for what a stub begins with.
  kb::Id first_look_source(const llm::DraftedChange& change) const;
  // Whether there is room for a change of this source's first look; takes it.
  bool takes(kb::Id first_look_source);

 private:
  const llm::Task& task_;
  std::map<std::int64_t, std::size_t> room_;
};

// The passages that say more than is proposed of them: beyond a limit, in a change that was dropped, or unread.
class KeptPassages {
 public:
  KeptPassages(const llm::Draft& draft, const llm::Verification& verification);

  void add(const llm::DraftedChange& change);
  // All that a draft was made of.
  void add_all(const std::vector<kb::Routing>& waiting);
  const std::set<kb::Id>& passages() const { return passages_; }
  int changes() const { return changes_; }  // without those that were dropped

 private:
  void add_passage(std::string_view id);

  std::set<kb::Id> passages_;
  int changes_ = 0;
};

}  // namespace stubkeeper::cron
