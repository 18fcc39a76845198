#include "cli/configured.h"

#include "config/model_endpoint.h"
#include "cron/stored_call_ledger.h"

namespace stubkeeper::cli {
namespace {

crawler::HttpOptions http_options(const config::Configuration::Fetch& fetch) {
  crawler::HttpOptions options;
  options.contact = fetch.contact;
  options.parallel = static_cast<int>(fetch.parallel);
  options.parallel_per_host = static_cast<int>(fetch.parallel_per_host);
  options.host_delay = std::chrono::milliseconds{fetch.delay_ms};
  options.connect_timeout = std::chrono::milliseconds{fetch.connect_timeout_ms};
  options.total_timeout = std::chrono::milliseconds{fetch.timeout_ms};
  options.max_bytes = static_cast<std::uint64_t>(fetch.max_bytes);
  options.allow_addresses = fetch.allow_addresses;
  options.ca_file = fetch.ca_file;
  return options;
}

llm::CurlLimits curl_limits(const config::Configuration::Model& model) {
  llm::CurlLimits limits;
  limits.total = std::chrono::milliseconds{model.timeout_ms};
  return limits;
}

// All results of a batch are one file.
llm::CurlLimits batch_curl_limits(const config::Configuration::Model& model) {
  llm::CurlLimits limits = curl_limits(model);
  limits.max_bytes = 256'000'000;
  return limits;
}

llm::HttpModelOptions model_options(const config::Configuration::Model& model) {
  llm::HttpModelOptions options;
  options.parallel = static_cast<int>(model.parallel);
  return options;
}

}  // namespace

std::optional<crawler::RobotsRecord> StoredRobotsCache::find(const std::string& origin) {
  // A robots.txt that cannot be read from the store is fetched again.
  const auto found = table_.find(origin);
  if (!found.ok() || !found->has_value()) return std::nullopt;
  const kb::StoredRobots& stored = **found;
  return crawler::RobotsRecord{stored.fetched_at, stored.http_status, stored.body, stored.unreachable_since};
}

void StoredRobotsCache::keep(const std::string& origin, const crawler::RobotsRecord& record) {
  // It only saves a request; a store that refuses it fails the run's next step.
  static_cast<void>(
      table_.keep(origin, {record.fetched_at, record.http_status, record.body, record.unreachable_since}));
}

std::optional<crawler::HostPause> StoredHostPauses::find(const std::string& host) {
  const auto found = table_.find(host);
  if (!found.ok() || !found->has_value()) return std::nullopt;
  return crawler::HostPause{(*found)->until, (*found)->reason};
}

void StoredHostPauses::keep(const std::string& host, const crawler::HostPause& pause) {
  // The run knows it; a store that refuses it fails the run's next step.
  static_cast<void>(table_.keep(host, {pause.until, pause.reason}));
}

crawler::BoxedReader configured_reader(const Session& session, const config::Configuration& configuration) {
  const config::Configuration::Fetch& fetch = configuration.fetch;
  const crawler::ReadingLimits limits{std::chrono::seconds{fetch.max_document_seconds},
                                      static_cast<std::uint64_t>(fetch.max_document_memory)};
  return {session.environment.subprocesses, session.environment.program, limits,
          session.environment.keep_going};
}

ConfiguredFetcher::ConfiguredFetcher(const Session& session, const OpenKnowledgeBase& knowledge_base)
    : robots_(*knowledge_base.store),
      pauses_(*knowledge_base.store),
      fetcher_(http_options(knowledge_base.configuration.fetch), robots_, pauses_, session.environment.clock,
               steady_clock_) {}

llm::Environment key_environment(const Session& session) {
  return [variable = session.environment.variable](const std::string& name) -> std::optional<std::string> {
    std::string value = variable(name);
    return value.empty() ? std::nullopt : std::optional{std::move(value)};
  };
}

Result<std::unique_ptr<ConfiguredModel>> ConfiguredModel::make(const Session& session,
                                                               const OpenKnowledgeBase& knowledge_base) {
  const config::Configuration& configuration = knowledge_base.configuration;
  STUBKEEPER_ASSIGN(auto endpoint, config::configured_endpoint(configuration.model));
  STUBKEEPER_ASSIGN(auto batch_endpoint, config::configured_endpoint(configuration.model));
  STUBKEEPER_TRY(config::require_known_price(configuration, endpoint->identity()));
  STUBKEEPER_ASSIGN(auto key, llm::read_api_key(config::configured_key_source(configuration.model),
                                                key_environment(session)));
  return std::unique_ptr<ConfiguredModel>{new ConfiguredModel{session, knowledge_base, std::move(endpoint),
                                                              std::move(batch_endpoint), std::move(key)}};
}

ConfiguredModel::ConfiguredModel(const Session& session, const OpenKnowledgeBase& knowledge_base,
                                 std::unique_ptr<llm::Endpoint> endpoint,
                                 std::unique_ptr<llm::Endpoint> batch_endpoint,
                                 std::optional<llm::Secret> key)
    : prices_(config::configured_prices(knowledge_base.configuration)),
      transport_(curl_limits(knowledge_base.configuration.model)),
      batch_transport_(batch_curl_limits(knowledge_base.configuration.model)),
      model_(std::move(endpoint), key, transport_, steady_clock_, session.environment.clock,
             model_options(knowledge_base.configuration.model)),
      ledger_(*knowledge_base.store, session.environment.clock,
              cron::spending_caps(knowledge_base.configuration.budget)),
      batches_(llm::make_batch_service(*llm::find_provider(knowledge_base.configuration.model.provider),
                                       std::move(batch_endpoint), std::move(key), batch_transport_)),
      context_{nullptr, ledger_, batches_.get(), std::nullopt, {}} {
  const config::Configuration::Model& model = knowledge_base.configuration.model;
  llm::ModelDrafterOptions options;
  options.max_output_tokens = model.max_output_tokens;
  drafter_ =
      std::make_unique<llm::ModelDrafter>(model_, prices_, ledger_, session.environment.keep_going, options);
  context_.drafting = options;
  if (const auto price = prices_.price_of(model_.identity())) context_.batch_price = llm::batch_price(*price);
  if (model.fallback == "extractive") context_.fallback = &extractive_;
}

}  // namespace stubkeeper::cli
