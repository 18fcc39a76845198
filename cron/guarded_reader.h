#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "crawler/reading/document_reader.h"
#include "cron/plan.h"
#include "cron/report.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cron {

// After so many attempts that ended with the run, a document rests for `document_rest`.
constexpr int max_reading_attempts = 3;
constexpr std::chrono::hours document_rest{24 * 30};

// Reads the document of one address, and records the attempt before it where the document is heavy or suspected of
// having ended a run (kb/sources/reading_attempts.h); the suspected one is read with tighter limits. Outside of a
// transaction, since the record must outlive the run. Borrows its arguments.
class GuardedReader final : public crawler::DocumentReader {
 public:
  GuardedReader(crawler::DocumentReader& reader, kb::Store& store, const Clock& clock, std::string address)
      : reader_(reader), store_(store), clock_(clock), address_(std::move(address)) {}

  Result<crawler::Document> read(const crawler::DocumentBytes& document) override;
  Result<crawler::Document> read_suspected(const crawler::DocumentBytes& document) override {
    return read(document);
  }

 private:
  crawler::DocumentReader& reader_;
  kb::Store& store_;
  const Clock& clock_;
  std::string address_;
};

// Takes sources whose document rests, or begins to, out of a plan, with a line in the report where it begins. One that
// the options name is tried all the same. Error: the store cannot be used.
Status leave_out_resting(kb::Store& store, Timestamp now, const RefreshOptions& options,
                         std::vector<kb::Source>& planned, RefreshReport& report);

}  // namespace stubkeeper::cron
