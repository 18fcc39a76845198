#pragma once

#include "base/clock.h"
#include "crawler/fetcher.h"
#include "cron/kinds/source_kind.h"
#include "cron/report.h"
#include "cron/run_context.h"
#include "entries/subject_index.h"
#include "kb/runs/records.h"

namespace stubkeeper::cron {

// Stores the responses of sources. Borrows its arguments.
class ResponseProcessor {
 public:
  ResponseProcessor(const FetchContext& context, const entries::SubjectIndex& subjects, RefreshReport& report)
      : context_(context),
        store_(context.store),
        clock_(context.clock),
        configuration_(context.configuration),
        subjects_(subjects),
        report_(report) {}

  // Stores a response in one transaction: a snapshot of each document whose text changed, its new passages and
  // the entries that they concern, links, validators, the next visit, the fate of the address
  // (source_lifecycle.h), and the fetch for the run's history. A refusal is a failure of the source, leaves its
  // snapshots alone, and raises a flag where another page came in place of content, until the source reads
  // well again. Counts and failures go into the report. Not within a transaction where the response has a body, which
  // is read before its own (cron/guarded_reader.h). Error: the store cannot be used, or busy: the program was asked to
  // stop, and nothing of the response is stored.
  Status process(const kb::Source& source, const crawler::FetchResponse& response);

 private:
  struct Visit {
    const kb::Source& source;
    const SourceKindRules& kind;
    const crawler::FetchResponse& response;
    Timestamp now;
  };
  struct OutcomeRules;

  Status postpone(const Visit& visit);
  Status keep(const Visit& visit);
  Status read(const Visit& visit);
  Status refuse(const Visit& visit, const Refusal& refusal);

  Status store_refusal(const Visit& visit, const Refusal& refusal);
  Status store_success(const Visit& visit, bool has_changed, const std::string& title,
                       const kb::VisitHints& hints);
  Status store_documents(const Visit& visit, const ParsedDocuments& found,
                         class DocumentProcessor& documents);
  Result<int> store_links(const Visit& visit, const std::vector<ParsedLink>& found,
                          class DocumentProcessor& documents);
  Status flag_pages_without_text(const Visit& visit, const ParsedDocuments& found);
  Status resolve_flags(const Visit& visit, crawler::NonContentKind except, const std::string& resolution);
  Status record(const Visit& visit, kb::FetchResultKind result, const std::string& error);

  const FetchContext& context_;
  kb::Store& store_;
  const Clock& clock_;
  const config::Configuration& configuration_;
  const entries::SubjectIndex& subjects_;
  RefreshReport& report_;
};

}  // namespace stubkeeper::cron
