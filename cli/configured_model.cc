#include "cli/configured_model.h"

#include "config/model_endpoint.h"
#include "cron/stored_call_ledger.h"

namespace stubkeeper::cli {
namespace {

llm::CurlLimits curl_limits(const config::Configuration::Model& model) {
  llm::CurlLimits limits;
  limits.total = std::chrono::milliseconds{model.timeout_ms};
  return limits;
}

// The results of a batch are one file.
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
  STUBKEEPER_ASSIGN(auto key,
                    llm::read_api_key(config::configured_key_source(configuration.model), key_environment(session)));
  return std::unique_ptr<ConfiguredModel>{
      new ConfiguredModel{session, knowledge_base, std::move(endpoint), std::move(batch_endpoint), std::move(key)}};
}

ConfiguredModel::ConfiguredModel(const Session& session, const OpenKnowledgeBase& knowledge_base,
                     std::unique_ptr<llm::Endpoint> endpoint, std::unique_ptr<llm::Endpoint> batch_endpoint,
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
