#pragma once

#include <memory>

#include "base/result.h"
#include "config/configuration.h"
#include "llm/keys/secret.h"
#include "llm/prices/price_table.h"
#include "llm/providers/endpoint.h"

namespace stubkeeper::config {

// The configured model as llm needs it, for providers other than "extractive".

// The endpoint's format and address; an error where the address is unusable or the model has no name.
Result<std::unique_ptr<llm::Endpoint>> configured_endpoint(const Configuration::Model& model);

// Where its key comes from: the command, or the variable that is named, or the one that belongs to the
// provider's own address; nothing elsewhere.
llm::KeySource configured_key_source(const Configuration::Model& model);

// The built-in prices, with the knowledge base's own before them.
llm::PriceTable configured_prices(const Configuration& configuration);

// Refused where dollars are limited and the model's price is not known: the advice is the lines to put into
// the configuration.
Status require_known_price(const Configuration& configuration, const llm::ModelIdentity& identity);

}  // namespace stubkeeper::config
