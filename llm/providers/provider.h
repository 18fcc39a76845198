#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "llm/batches/batch_connection.h"
#include "llm/batches/batch_service.h"
#include "llm/providers/endpoint.h"

namespace stubkeeper::llm {

// A kind of endpoint, by the name that model.provider has for it.
struct Provider {
  std::string_view name;
  std::string_view protocol;      // its endpoint's (ModelIdentity)
  std::string_view base_url;      // its own, for a configuration without one
  std::string_view key_variable;  // the environment's, for `base_url` alone; "": it takes no key
  std::unique_ptr<Endpoint> (*make_endpoint)(EndpointSettings settings);
  std::unique_ptr<BatchService> (*make_batches)(BatchConnection connection);  // null: it has no batches
};

// All of them. Another one is a row in provider.cc and one in docs/model.md.
std::span<const Provider> providers();

// The provider with that name, or null.
const Provider* find_provider(std::string_view name);

// The provider's endpoint. An error for an empty model, and for a base address that is not plain
// http(s)://host[:port][/path]: user names and queries would carry secrets into errors.
Result<std::unique_ptr<Endpoint>> make_endpoint(const Provider& provider, EndpointSettings settings);

// The batches of a provider's endpoint; null where it has none. `transport` is for them alone and
// must outlive them.
std::unique_ptr<BatchService> make_batch_service(const Provider& provider, std::unique_ptr<Endpoint> endpoint,
                                                 std::optional<Secret> key, HttpTransport& transport);

}  // namespace stubkeeper::llm
