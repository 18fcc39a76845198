#pragma once

#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "cron/kinds/source_kind.h"
#include "entries/subject_index.h"
#include "kb/sources/host_boilerplate.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cron {

// Stores the documents of one response and routes their new passages to entries. A document whose text changed
// remarkably gets a snapshot with its passages and a story signature; where it changed in dates, counters or
// order alone, the look is noted in one row. A passage is new where no snapshot of the document had
// it, it does not repeat on other pages of the host (kb::HostBoilerplate), and it is no item of a list of
// related pages. It concerns the entries of the source and those that it names, but for entries that got it
// from a near duplicate (kb::NearDuplicates). The caller holds the transaction. Borrows its arguments.
class DocumentProcessor {
 public:
  DocumentProcessor(kb::Store& store, const std::function<bool()>& keep_going,
                    const entries::SubjectIndex& subjects, kb::Id source_id, kb::Id run_id, Timestamp now,
                    const crawler::FetchResponse& response)
      : store_(store),
        keep_going_(keep_going),
        subjects_(subjects),
        source_id_(source_id),
        run_id_(run_id),
        now_(now),
        response_(response),
        host_(store) {}

  // The sum so far.
  struct Counts {
    int snapshots = 0;
    int new_passages = 0;
    int routed = 0;
    int homeless = 0;             // new passages that concern no entry
    bool is_first_visit = false;  // one of the documents had no snapshot before
  };

  // Error: the store cannot be used, or busy: the program was asked to stop, which is looked at for each passage.
  Status process(const ParsedDocument& found);
  const Counts& counts() const { return counts_; }

 private:
  // Whether a text's passages differ from those of the latest snapshot in more than dates, counters, order, lists
  // of related pages and what repeats on the host. `distinctive_hashes`: of the passages that are none of these.
  Result<bool> differs_remarkably(const kb::DocumentRecord& document, const kb::Snapshot& before,
                                  const std::vector<kb::Passage>& passages,
                                  const std::unordered_set<std::string>& distinctive_hashes);
  Status store_body();
  Status route(kb::Id snapshot_id, const crawler::Content& content, const std::vector<kb::Passage>& passages);

  kb::Store& store_;
  const std::function<bool()>& keep_going_;
  const entries::SubjectIndex& subjects_;
  kb::Id source_id_;
  kb::Id run_id_;
  Timestamp now_;
  const crawler::FetchResponse& response_;
  kb::HostBoilerplate host_;
  std::string body_sha256_;  // of the response's body, once it is stored
  Counts counts_;
};

// Gives each snapshot that was stored before there were story signatures its own, so that new snapshots are
// compared with it too.
Status backfill_story_signatures(kb::Store& store);

}  // namespace stubkeeper::cron
