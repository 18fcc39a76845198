#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "config/configuration.h"
#include "crawler/fetcher.h"
#include "cron/progress.h"
#include "cron/report.h"
#include "cron/stored_call_ledger.h"
#include "kb/store/store.h"
#include "llm/batches/batch_service.h"
#include "llm/drafter.h"
#include "llm/drafting/conversation.h"

namespace stubkeeper::cron {

struct RefreshOptions {
  // Only these: entries by path, or a section with all below it; sources by id, address, or address prefix
  // ending in '*'. Empty: all.
  std::vector<std::string> entries;
  std::vector<std::string> sources;
  bool dry_run = false;  // say what would be fetched, touch nothing
  bool force = false;    // also sources that are not due yet
  bool batch = false;    // ask the model in a batch, for a later run to collect

  // Whoever says which sources to look at gets them, whatever the budget of fetches.
  bool bypasses_fetch_budget() const { return force || !entries.empty() || !sources.empty(); }
};

// What drafting by a model adds to a refresh: then RunContext::drafter is the model's.
struct ModelContext {
  llm::Drafter* fallback = nullptr;  // drafts where the model cannot; none: the passages wait
  StoredCallLedger& ledger;
  llm::BatchService* batches = nullptr;  // where the endpoint has them
  std::optional<llm::ModelPrice> batch_price = std::nullopt;
  llm::ModelDrafterOptions drafting = {};
};

// What a refresh works with; all outlive it. `keep_going` is asked between steps: once it says no, the run
// ends in order.
struct RunContext {
  kb::Store& store;
  crawler::Fetcher& fetcher;
  llm::Drafter& drafter;
  const Clock& clock;
  const config::Configuration& configuration;
  Progress& progress;
  std::function<bool()> keep_going;
  ModelContext* model = nullptr;  // where no model drafts
};

// One run (DESIGN.md §3): plan → fetch → snapshot → compare → route → draft → verify → propose → recheck,
// then the policies of the configuration. The caller holds the run lock.
//
// Each answer that brings something, and each entry's proposal, is one transaction (those that bring nothing
// are stored in groups, answer_group.h); new passages are noted as routed in the transaction that stores
// them, so a run that dies at any point is taken up by the next one. Sources and entries that fail are named
// in the report and do not stop the rest. An error is given back only where the store cannot be used, or an
// option names nothing that there is; a damaged store is refused before anything is written.
Result<RefreshReport> refresh(const RunContext& context, const RefreshOptions& options);

}  // namespace stubkeeper::cron
