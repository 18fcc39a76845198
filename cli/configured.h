#pragma once

#include <memory>

#include "cli/session.h"
#include "crawler/http_fetcher.h"
#include "crawler/reading/boxed_reader.h"
#include "cron/refresh.h"
#include "kb/sources/host_tables.h"
#include "llm/extractive_drafter.h"
#include "llm/http/http_transport.h"
#include "llm/http_model.h"
#include "llm/keys/secret.h"
#include "llm/model_drafter.h"
#include "llm/providers/provider.h"

namespace stubkeeper::cli {

// The fetcher and the model of the configuration. Both borrow the session and the knowledge base.

// robots.txt files, kept in the store.
class StoredRobotsCache final : public crawler::RobotsCache {
 public:
  explicit StoredRobotsCache(kb::Store& store) : table_(store) {}
  std::optional<crawler::RobotsRecord> find(const std::string& origin) override;
  void keep(const std::string& origin, const crawler::RobotsRecord& record) override;

 private:
  kb::RobotsTable table_;
};

// Pauses that hosts asked for, kept in the store.
class StoredHostPauses final : public crawler::HostPauseStore {
 public:
  explicit StoredHostPauses(kb::Store& store) : table_(store) {}
  std::optional<crawler::HostPause> find(const std::string& host) override;
  void keep(const std::string& host, const crawler::HostPause& pause) override;

 private:
  kb::HostPauseTable table_;
};

// Reads documents, the heavy ones each in a box; with the limits of the configuration, or those that it has by
// itself.
crawler::BoxedReader configured_reader(const Session& session,
                                       const config::Configuration& configuration = {});

class ConfiguredFetcher {
 public:
  ConfiguredFetcher(const Session& session, const OpenKnowledgeBase& knowledge_base);
  crawler::Fetcher& fetcher() { return fetcher_; }
  crawler::RobotsCache& robots() { return robots_; }

 private:
  StoredRobotsCache robots_;
  StoredHostPauses pauses_;
  SystemSteadyClock steady_clock_;
  crawler::HttpFetcher fetcher_;
};

// Ready to draft.
class ConfiguredModel {
 public:
  // Reads the key and looks up the price, so that what is missing is found before anything is
  // fetched. Not for the provider "extractive".
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

// The environment for reading keys: an empty variable counts as not set.
llm::Environment key_environment(const Session& session);

}  // namespace stubkeeper::cli
