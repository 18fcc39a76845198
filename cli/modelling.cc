#include "cli/modelling.h"

#include "config/model_endpoint.h"
#include "cron/money_left.h"

namespace stubkeeper::cli {
namespace {

llm::CurlLimits limits_of(const config::Configuration::Model& model) {
  llm::CurlLimits limits;
  limits.total = std::chrono::milliseconds{model.timeout_ms};
  return limits;
}

// The results of a batch are one file.
llm::CurlLimits batch_limits_of(const config::Configuration::Model& model) {
  llm::CurlLimits limits = limits_of(model);
  limits.most_bytes = 256'000'000;
  return limits;
}

llm::HttpModelOptions options_of(const config::Configuration::Model& model) {
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

Result<std::unique_ptr<Modelling>> Modelling::make(const Session& session,
                                                   const OpenKnowledgeBase& knowledge_base) {
  const config::Configuration& configuration = knowledge_base.configuration;
  STUBKEEPER_ASSIGN(auto endpoint, config::endpoint_of(configuration.model));
  STUBKEEPER_ASSIGN(auto batch_endpoint, config::endpoint_of(configuration.model));
  STUBKEEPER_TRY(config::check_price(configuration, endpoint->identity()));
  STUBKEEPER_ASSIGN(auto key,
                    llm::read_api_key(config::key_source_of(configuration.model), key_environment(session)));
  return std::unique_ptr<Modelling>{
      new Modelling{session, knowledge_base, std::move(endpoint), std::move(batch_endpoint), std::move(key)}};
}

Modelling::Modelling(const Session& session, const OpenKnowledgeBase& knowledge_base,
                     std::unique_ptr<llm::Endpoint> endpoint, std::unique_ptr<llm::Endpoint> batch_endpoint,
                     std::optional<llm::Secret> key)
    : prices_(config::prices_of(knowledge_base.configuration)),
      transport_(limits_of(knowledge_base.configuration.model)),
      batch_transport_(batch_limits_of(knowledge_base.configuration.model)),
      model_(std::move(endpoint), key, transport_, sleeper_, session.environment.clock,
             options_of(knowledge_base.configuration.model)),
      books_(*knowledge_base.store, session.environment.clock,
             cron::caps_of(knowledge_base.configuration.budget)),
      batches_(llm::make_batch_service(std::move(batch_endpoint), std::move(key), batch_transport_)),
      parts_{nullptr, books_, batches_.get(), std::nullopt, {}} {
  const config::Configuration::Model& model = knowledge_base.configuration.model;
  llm::ModelDrafterOptions options;
  options.most_output_tokens = model.most_output_tokens;
  drafter_ =
      std::make_unique<llm::ModelDrafter>(model_, prices_, books_, session.environment.keep_going, options);
  parts_.drafting = options;
  if (const auto price = prices_.price_of(model_.identity())) parts_.batch_price = llm::batch_price(*price);
  if (model.fallback == "extractive") parts_.fallback = &extractive_;
}

}  // namespace stubkeeper::cli
