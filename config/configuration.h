#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kb/review/policies.h"
#include "llm/prices/price_table.h"

namespace stubkeeper::config {

// stubkeeper.toml. Every key has a default that works; docs/configuration.md lists them all.
struct Configuration {
  struct Site {
    std::string content;            // folder that `export` writes to; relative to the knowledge base's folder
    std::string profile = "hugo";   // what the pages are written for: "hugo" or "plain"
    std::string evidence = "none";  // what readers see of a claim's sources: "none", "data" or "footnotes"
    std::string data;               // the site's data folder; relative to the knowledge base's folder
  };
  struct Model {
    std::string provider = "extractive";  // or the name of one of llm::providers()
    std::string base_url;                 // "": the provider's own
    std::string name;                     // of the model
    std::string
        api_key_env;  // the variable that holds the key; "": the provider's, see configured_key_source()
    std::string api_key_command;  // a command that prints the key, in place of a variable
    std::int64_t parallel = 4;
    std::int64_t max_output_tokens = 4'000;
    std::int64_t context_tokens = 16'384;  // Ollama's num_ctx
    std::int64_t timeout_ms = 600'000;
    std::string fallback = "extractive";  // who drafts where the model cannot: "extractive" or "none"

    bool is_extractive() const { return provider == "extractive"; }
  };
  // The most that may be used and spent, in micro-dollars; nothing: no limit.
  struct Budget {
    std::optional<std::int64_t> tokens_per_run = 400'000;
    std::optional<std::int64_t> micro_usd_per_run = 1'000'000;
    std::optional<std::int64_t> micro_usd_per_day;
    std::optional<std::int64_t> micro_usd_per_month;

    bool has_dollar_limit() const { return micro_usd_per_run || micro_usd_per_day || micro_usd_per_month; }
  };
  struct Fetch {
    std::string contact;
    std::int64_t parallel = 16;
    std::int64_t parallel_per_host = 2;
    std::int64_t delay_ms = 1000;
    std::int64_t connect_timeout_ms = 10'000;
    std::int64_t timeout_ms = 60'000;
    std::int64_t max_bytes = 20'000'000;
    std::int64_t max_document_seconds = 30;  // of processor time, to read a heavy document
    std::int64_t max_document_memory = 500'000'000;
    std::vector<std::string> allow_addresses;
    std::string ca_file;  // absolute
    std::string follow_items =
        "never";  // whether feeds' items lead to their articles: "never", "summaries", "always"
    std::int64_t linked_per_run = 50;  // pages a run that sitemaps and feeds' items lead to
  };
  struct Revisit {
    std::int64_t page_minutes = 24 * 60;
    std::int64_t feed_minutes = 3 * 60;
    std::int64_t fetches_per_day = 0;  // 0: no budget; then the two above decide
    std::int64_t min_minutes = 60;     // with a budget
    std::int64_t max_days = 30;        // with a budget
    std::int64_t recheck_window_days = 7;
  };
  struct Review {
    std::string reviewer;                   // who decides at this machine; empty: the login name
    std::vector<std::string> auto_approve;  // kinds of unflagged change that are approved without a person
    std::vector<kb::Policy> policies;       // [[review.policy]]
    // The share of an entry's sources that must have answered for it to be rechecked: 1 for "all", 0 (but one at
    // least) for "answering".
    double recheck_share = 1;
  };
  struct Report {
    std::string when =
        "always";  // a run without --quiet prints its report: always, or with "news" or "trouble" only
  };
  struct Check {
    std::vector<std::string> disable;             // ids of checks that are not made
    std::map<std::string, std::string> severity;  // by id, what a finding counts as
  };

  Site site;
  Model model;
  Budget budget;
  std::vector<llm::PriceRule> prices;  // [[price]]: they go before the built-in ones
  Fetch fetch;
  Revisit revisit;
  Review review;
  Report report;
  Check check;
  std::vector<std::string> notices;  // a line for each key that the file calls by its old name
};

// One key of the configuration, for `docs/configuration.md` and messages.
struct ConfigurationKey {
  std::string_view name;      // "fetch.parallel"
  std::string_view type;      // "text", "number", "number or none", "list of texts"
  std::string_view fallback;  // the default as TOML
  std::string_view meaning;   // one sentence
};
std::span<const ConfigurationKey> configuration_keys();

// Reads a configuration. An error names `file` with its line in `where`, the key in the message, and the
// nearest known key where the name is unknown: TOML syntax, unknown sections and keys, wrong types, numbers
// out of range, unknown choices, a model without a name, API keys, which have no place in it. No error
// repeats a value that could be a key.
Result<Configuration> parse_configuration(std::string_view toml, const std::string& file);

// The text of a new stubkeeper.toml, with comments; `content` is the site's folder, or "" where none is known
// yet.
std::string new_configuration_text(const std::string& content);

}  // namespace stubkeeper::config
