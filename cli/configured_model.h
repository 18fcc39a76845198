#pragma once

#include <memory>

#include "cli/session.h"
#include "cron/run_context.h"
#include "llm/extractive_drafter.h"
#include "llm/http/http_transport.h"
#include "llm/http_model.h"
#include "llm/keys/api_key.h"
#include "llm/model_drafter.h"
#include "llm/providers/provider.h"

namespace stubkeeper::cli {

// The model that the knowledge base's configuration names, ready to draft. Borrows both arguments of make().
class ConfiguredModel {
 public:
  // The key is read here, and the price looked up: what is missing is found before anything is fetched. With
  // the provider "extractive" there is none to make.
  static Result<std::unique_ptr<ConfiguredModel>> make(const Session& session,
                                                 const OpenKnowledgeBase& knowledge_base);

  llm::Drafter& drafter() { return *drafter_; }
  cron::ModelContext& context() { return context_; }

 private:
  ConfiguredModel(const Session& session, const OpenKnowledgeBase& knowledge_base,
            std::unique_ptr<llm::Endpoint> endpoint, std::unique_ptr<llm::Endpoint> batch_endpoint,
            std::optional<llm::Secret> key);

  llm::PriceTable prices_;
  llm::CurlTransport transport_;
  llm::CurlTransport batch_transport_;
  SystemSteadyClock steady_clock_;
  llm::HttpModel model_;
  cron::StoredCallLedger ledger_;
  llm::ExtractiveDrafter extractive_;
  std::unique_ptr<llm::ModelDrafter> drafter_;
  std::unique_ptr<llm::BatchService> batches_;
  cron::ModelContext context_;
};

// The environment as keys are read from it: an empty variable counts as not set.
llm::Environment key_environment(const Session& session);

}  // namespace stubkeeper::cli
