#include "tests/support/endpoint_classes.h"

#include "tests/support/catch.h"

namespace stubkeeper::testing {

const std::vector<EndpointClass>& endpoint_classes() {
  static const std::vector<EndpointClass> classes{
      {"openai", "/v1"}, {"openai-responses", "/v1"}, {"ollama", ""}, {"anthropic", ""}};
  return classes;
}

std::string model_lines(const ModelServer& model, const EndpointClass& kind, double dollars_per_run) {
  return "[model]\nprovider = \"" + kind.provider +
         "\"\nname = \"played\"\nfallback = \"none\"\nparallel = 1\ncontext_tokens = 200000\nbase_url = \"" +
         model.address(kind.path) +
         "\"\n[budget]\ntokens_per_run = 4000000\nusd_per_run = " + std::to_string(dollars_per_run) +
         "\n[[price]]\nhost = \"127.0.0.1\"\nmodel = \"*\"\ninput = 1000000\ncached_input = 100000\n"
         "cache_write = 1000000\noutput = 4000000\n";
}

void check_spending(const nlohmann::json& report, std::int64_t tokens_counted, double dollars_per_run) {
  INFO(report["failures"].dump(1));
  CHECK(report["failures"].empty());
  CHECK(report["tokens"] == tokens_counted);
  CHECK(report["micro_usd"] >= tokens_counted);
  CHECK(report["micro_usd"] <= dollars_per_run * 1'000'000);
}

int flagged_in(const nlohmann::json& report) {
  int flagged = 0;
  for (const auto& proposal : report["proposals"]) flagged += proposal["flagged"].get<int>();
  return flagged;
}

}  // namespace stubkeeper::testing
