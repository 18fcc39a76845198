#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "config/configuration.h"
#include "crawler/fetcher.h"
#include "crawler/reading/document_reader.h"
#include "cron/stored_call_ledger.h"
#include "kb/store/store.h"
#include "llm/batches/batch_service.h"
#include "llm/drafter.h"
#include "llm/drafting/conversation.h"

namespace stubkeeper::cron {

// Shows how far a run is. Called from the running thread.
class Progress {
 public:
  virtual ~Progress() = default;
  // A stage begins: "fetching", of `total` steps.
  virtual void begin(const std::string& stage, std::int64_t total) = 0;
  // One step is done; `name` is for --verbose.
  virtual void step(const std::string& name) = 0;
  virtual void end() = 0;
};

// Drafting by a model: then RunContext::drafter is the model's.
struct ModelContext {
  llm::Drafter* fallback = nullptr;  // drafts where the model cannot; none: the passages wait
  StoredCallLedger& ledger;
  llm::BatchService* batches = nullptr;  // where the endpoint has them
  std::optional<llm::ModelPrice> batch_price = std::nullopt;
  llm::ModelDrafterOptions drafting = {};
};

// All that stages which fetch work with.
struct FetchContext {
  kb::Store& store;
  const Clock& clock;
  crawler::Fetcher& fetcher;
  crawler::DocumentReader& reader;
  const config::Configuration& configuration;
  Progress& progress;
  const std::function<bool()>& keep_going;
};

// All that stages which draft work with.
struct DraftContext {
  kb::Store& store;
  const Clock& clock;
  llm::Drafter& drafter;
  ModelContext* model;
  Progress& progress;
  const std::function<bool()>& keep_going;
};

// All that a refresh works with; it outlives the run. `keep_going` is asked between steps: once it says no,
// the run ends in order.
struct RunContext {
  kb::Store& store;
  crawler::Fetcher& fetcher;
  crawler::DocumentReader& reader;
  llm::Drafter& drafter;
  const Clock& clock;
  const config::Configuration& configuration;
  Progress& progress;
  std::function<bool()> keep_going;
  ModelContext* model = nullptr;  // where no model drafts

  FetchContext for_fetching() const {
    return {store, clock, fetcher, reader, configuration, progress, keep_going};
  }
  DraftContext for_drafting() const { return {store, clock, drafter, model, progress, keep_going}; }
};

}  // namespace stubkeeper::cron
