#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "cron/parse_documents.h"
#include "entries/subject_index.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cron {

// The answer that a document was found in.
struct ResponseBody {
  std::string_view body;  // as fetched
  std::string content_type;
  std::string final_address;  // where the document's text stands, after redirects
};

// Stores documents of one source: a snapshot of each one whose text changed, its passages with "is it new?",
// what story it tells, and which entries the new passages concern (those that lean on the source, and those
// that a passage names). A passage is new where no snapshot of the document had it, it does not repeat on
// other pages of the host (kb::HostBoilerplate), and it is no item of a list of related pages. Where another
// source told the same story (kb::Stories), an entry that got a passage from there does not get it once more.
// The caller holds the transaction. Borrows its arguments.
class DocumentProcessor {
 public:
  DocumentProcessor(kb::Store& store, const entries::SubjectIndex& subjects, kb::Id source_id, kb::Id run_id,
                 Timestamp now)
      : store_(store), subjects_(subjects), source_id_(source_id), run_id_(run_id), now_(now) {}

  // What was stored so far.
  struct Counts {
    int snapshots = 0;
    int new_passages = 0;
    int routed = 0;
    bool is_first_visit = false;  // one of the documents had no snapshot before
  };

  Status process(const ParsedDocument& found, const ResponseBody& response);
  const Counts& counts() const { return counts_; }

 private:
  Status route(kb::Id snapshot_id, const crawler::Content& content, const std::vector<kb::Passage>& passages);

  kb::Store& store_;
  const entries::SubjectIndex& subjects_;
  kb::Id source_id_;
  kb::Id run_id_;
  Timestamp now_;
  Counts counts_;
};

}  // namespace stubkeeper::cron
