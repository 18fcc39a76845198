#include "config/model_endpoint.h"

#include <fmt/format.h>

#include "base/text/url.h"
#include "llm/providers/provider.h"

namespace stubkeeper::config {

Result<std::unique_ptr<llm::Endpoint>> configured_endpoint(const Configuration::Model& model) {
  const llm::Provider* provider = llm::find_provider(model.provider);
  if (provider == nullptr)
    return Error{ErrorCode::invalid_argument, "\"" + model.provider + "\" is no provider of a model",
                 "model.provider", "docs/model.md lists them"};
  llm::EndpointSettings settings;
  settings.base_url = model.base_url.empty() ? std::string{provider->base_url} : model.base_url;
  settings.model = model.name;
  settings.context_tokens = model.context_tokens;
  return llm::make_endpoint(*provider, std::move(settings));
}

llm::KeySource configured_key_source(const Configuration::Model& model) {
  llm::KeySource source;
  source.command = model.api_key_command;
  if (!source.command.empty()) return source;
  source.variable = model.api_key_env;
  const llm::Provider* provider = llm::find_provider(model.provider);
  // Only at the provider's own address: a key is not sent to whoever else answers in its format.
  if (source.variable.empty() && provider != nullptr &&
      (model.base_url.empty() || model.base_url == provider->base_url))
    source.variable = provider->key_variable;
  return source;
}

llm::PriceTable configured_prices(const Configuration& configuration) {
  llm::PriceTable table = llm::built_in_prices();
  table.prepend_rules(configuration.prices);
  return table;
}

Status require_known_price(const Configuration& configuration, const llm::ModelIdentity& identity) {
  if (!configuration.budget.has_dollar_limit() || configured_prices(configuration).price_of(identity))
    return {};
  return Error{
      ErrorCode::refused,
      fmt::format("the price of \"{}\" at {} is not known, and spending is limited in dollars",
                  identity.model, identity.base_url),
      "stubkeeper.toml",
      fmt::format("give its price, in micro-dollars for a million tokens (0 where it costs nothing):\n"
                  "  [[price]]\n  host = \"{}\"\n  model = \"{}\"\n  input = 0\n  cached_input = 0\n"
                  "  cache_write = 0\n  output = 0\n"
                  "  or lift the limits: usd_per_run = \"none\" under [budget]",
                  url_host(identity.base_url), identity.model)};
}

}  // namespace stubkeeper::config
