#include "llm/providers/provider.h"

#include <algorithm>
#include <array>

namespace stubkeeper::llm {
namespace {

constexpr std::array provider_table = std::to_array<Provider>({
    {"openai", "chat_completions", "https://api.openai.com/v1", "OPENAI_API_KEY", make_chat_completions,
     make_openai_batches},
    {"openai-responses", "responses", "https://api.openai.com/v1", "OPENAI_API_KEY", make_responses,
     make_openai_batches},
    {"ollama", "ollama_chat", "http://127.0.0.1:11434", "", make_ollama_chat, nullptr},
    {"anthropic", "messages", "https://api.anthropic.com", "ANTHROPIC_API_KEY", make_messages,
     make_anthropic_batches},
});

Status check_base_url(const std::string& url) {
  const Error wrong{ErrorCode::invalid_argument, "is no plain http or https address", "model.base_url",
                    "write it as https://host/path, without a user name or query"};
  const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  if (scheme == 0 || scheme == url.size() || url[scheme] == '/') return wrong;
  const auto forbidden = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == 0x7f || c == '@' || c == '?' || c == '#' || c == '\\';
  };
  if (std::any_of(url.begin(), url.end(), forbidden)) return wrong;
  return {};
}

}  // namespace

std::span<const Provider> providers() {
  return provider_table;
}

const Provider* find_provider(std::string_view name) {
  const auto found = std::find_if(provider_table.begin(), provider_table.end(),
                                  [&](const Provider& provider) { return provider.name == name; });
  return found == provider_table.end() ? nullptr : &*found;
}

Result<std::unique_ptr<Endpoint>> make_endpoint(const Provider& provider, EndpointSettings settings) {
  STUBKEEPER_TRY(check_base_url(settings.base_url));
  if (settings.model.empty())
    return Error{ErrorCode::invalid_argument, "no model is named", "model.name",
                 "name one that the endpoint has"};
  return provider.make_endpoint(std::move(settings));
}

std::unique_ptr<BatchService> make_batch_service(const Provider& provider, std::unique_ptr<Endpoint> endpoint,
                                                 std::optional<Secret> key, HttpTransport& transport) {
  if (provider.make_batches == nullptr) return nullptr;
  return provider.make_batches({std::move(endpoint), std::move(key), transport});
}

}  // namespace stubkeeper::llm
