#pragma once

#include <optional>
#include <set>
#include <string>

#include "config/configuration.h"
#include "entries/front_matter.h"
#include "kb/entries/records.h"
#include "kb/review/refusals.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cron {

// What a stale entry waits for.
enum class RecheckBlocker {
  none,              // the next refresh proposes it as rechecked
  review,            // a change of it waits
  draft,             // new passages wait for a draft
  rejected,          // its recheck was rejected lately
  no_sources,        // it has none
  gone_source,       // all of them are gone
  failing_source,    // one does not answer
  paused_source,     // one is not asked
  unvisited_source,  // one has not been asked lately
  unread_links,      // pages that a source leads to were not read yet
  uncompared,        // the text of one was not held against it
  kept_passages,     // one says more than was proposed
};
inline constexpr int recheck_blocker_count = 12;
// The stable name, "failing-source", and the words of a count: "by a failing source".
const char* recheck_blocker_name(RecheckBlocker blocker);
const char* describe_recheck_blocker(RecheckBlocker blocker);

struct RecheckState {
  RecheckBlocker blocker = RecheckBlocker::none;
  std::string reason;  // a clause
  std::string advice;  // the way out: a command, or what will happen
  // With no blocker: the sources that answered, out of all.
  std::vector<kb::Source> answered;
  std::size_t sources = 0;
};

// Whether an entry is past its review date, or was never reviewed. In a broken front matter no date is set.
bool is_stale(const entries::FrontMatter& front_matter, Timestamp now);

// Finds what stale entries wait for, by [review] recheck and revisit.recheck_window_days. Sources that are gone
// do not count while another one is there, nor those that a person refused for the entry. Nothing is rechecked by
// a source whose text was not held against it. Borrows the store and the configuration.
class RecheckStates {
 public:
  static Result<RecheckStates> read(kb::Store& store, Timestamp now,
                                    const config::Configuration& configuration);

  // For a published entry that is stale.
  Result<RecheckState> of(const kb::Entry& entry) const;

 private:
  RecheckStates(kb::Store& store, Timestamp now, const config::Configuration& configuration)
      : store_(store), now_(now), configuration_(configuration) {}
  bool has_answered(const kb::Source& source) const;
  // Why an answering source was not compared with an entry; nothing where it was.
  Result<std::optional<RecheckState>> find_uncompared(const kb::Entry& entry, const kb::Source& source) const;
  RecheckState describe_unanswered(const kb::Source& source, std::size_t sources) const;

  kb::Store& store_;
  Timestamp now_;
  const config::Configuration& configuration_;
  std::set<kb::Id> in_review_;
  std::set<kb::Id> undrafted_;
  std::set<kb::Id> rejected_;
  kb::ActiveRefusals refused_{{}};
};

}  // namespace stubkeeper::cron
