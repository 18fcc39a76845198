#include "config/configuration.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text/ascii.h"
#include "base/text/nearest_name.h"
#include "base/text/strings.h"
#include "base/text/toml_validation.h"
#include "config/configuration_reader.h"
#include "config/model_endpoint.h"
#include "config/review_policies.h"
#include "crawler/addresses.h"
#include "entries/conventions.h"
#include "entries/renamed_keys.h"
#include "llm/prices/parse_price_rules.h"
#include "llm/providers/provider.h"

namespace stubkeeper::config {
namespace {

std::optional<Error> unusable_address_rule(const std::string& rule) {
  const auto parsed = crawler::AddressRules::parse({rule});
  return parsed.ok() ? std::nullopt : std::optional{parsed.error()};
}

std::optional<Error> unknown_check(const std::string& id) {
  const std::vector<std::string> known = entries::built_in_conventions().checks.ids();
  if (contains(known, id)) return std::nullopt;
  const auto near = nearest_name(id, known);
  return Error{
      ErrorCode::invalid_argument, fmt::format("there is no check \"{}\"", id), "",
      near ? fmt::format("did you mean \"{}\"?", *near) : "`stubkeeper check --list-rules` lists them"};
}

constexpr std::string_view price_list = "price";
constexpr std::string_view policy_list = "policy";  // of [review]

bool looks_like_api_key(const std::string& name) {
  return name == "api_key" || name == "key" || name == "apikey" || name == "token" || name == "secret" ||
         name == "password";
}

bool is_variable_name(std::string_view name) {
  const auto fits = [](char c) { return is_ascii_alphanumeric(c) || c == '_'; };
  return !name.empty() && !is_ascii_digit(name.front()) && std::all_of(name.begin(), name.end(), fits);
}

void read_model(ConfigurationReader& reader, Configuration::Model& model) {
  std::vector<std::string> choices{"extractive"};
  for (const llm::Provider& provider : llm::providers()) choices.emplace_back(provider.name);
  reader.choice("model.provider", model.provider, choices);
  reader.text("model.base_url", model.base_url);
  reader.text("model.name", model.name);
  reader.text("model.api_key_env", model.api_key_env);
  reader.text("model.api_key_command", model.api_key_command);
  reader.number("model.parallel", model.parallel, 1, 64);
  reader.number("model.max_output_tokens", model.max_output_tokens, 16, 200'000);
  reader.number("model.context_tokens", model.context_tokens, 1'024, 10'000'000);
  reader.number("model.timeout_ms", model.timeout_ms, 1, 3'600'000);
  reader.choice("model.fallback", model.fallback, {"extractive", "none"});
  // A wrong name may be the key itself, and is not repeated.
  if (!model.api_key_env.empty() && !is_variable_name(model.api_key_env))
    reader.add_error(
        "model.api_key_env", "model.api_key_env is not the name of an environment variable",
        "it names the variable that holds the key, such as OPENAI_API_KEY; the key itself has no "
        "place in this file");
  if (!model.api_key_env.empty() && !model.api_key_command.empty())
    reader.add_error("model.api_key_command", "model.api_key_env and model.api_key_command are both set",
                     "keep the one that gives the key");
  if (model.is_extractive()) return;
  if (model.name.empty())
    reader.add_error("model.provider", "model.name is not set", "name a model that the endpoint has");
  // Looked at here, so that an address with a key in it is found before it is used or shown.
  const auto endpoint = configured_endpoint(model);
  if (!model.name.empty() && !endpoint.ok())
    reader.add_error("model.base_url", endpoint.error().where + ": " + endpoint.error().message,
                     endpoint.error().advice);
}

void read_budget(ConfigurationReader& reader, Configuration::Budget& budget) {
  constexpr std::int64_t micro = 1'000'000;
  constexpr double max_dollars = 1'000'000;
  constexpr double max_tokens = 1'000'000'000'000;
  reader.limit("budget.tokens_per_run", budget.tokens_per_run, 1, max_tokens);
  reader.limit("budget.usd_per_run", budget.micro_usd_per_run, micro, max_dollars);
  reader.limit("budget.usd_per_day", budget.micro_usd_per_day, micro, max_dollars);
  reader.limit("budget.usd_per_month", budget.micro_usd_per_month, micro, max_dollars);
}

Status check_unknown_keys(const toml::table& root, const std::string& file) {
  std::vector<std::string> sections;
  for (const ConfigurationKey& key : configuration_keys()) {
    const std::string section{key.name.substr(0, key.name.find('.'))};
    if (sections.empty() || sections.back() != section) sections.push_back(section);
  }
  const auto unknown = [&](const toml::node& node, const std::string& what,
                           const std::optional<std::string>& near) {
    return Error{ErrorCode::invalid_argument, "unknown " + what, file_and_line(file, node.source()),
                 near ? "did you mean " + *near + "?" : "docs/configuration.md lists all keys"};
  };
  for (const auto& [section_key, section_node] : root) {
    const std::string section{section_key.str()};
    if (section == price_list) continue;
    if (!contains(sections, section)) {
      const auto near = nearest_name(section, sections);
      return unknown(section_node,
                     (section_node.is_table() ? "section [" : "key ") + sanitize_for_terminal(section) +
                         (section_node.is_table() ? "]" : ""),
                     near ? std::optional{"[" + *near + "]"} : std::nullopt);
    }
    const toml::table* table = section_node.as_table();
    if (table == nullptr) {
      return Error{ErrorCode::invalid_argument, section + " must be a section",
                   file_and_line(file, section_node.source()),
                   "write [" + section + "] on a line of its own"};
    }
    std::vector<std::string> names;
    for (const ConfigurationKey& key : configuration_keys()) {
      if (key.name.substr(0, key.name.find('.')) == section)
        names.emplace_back(key.name.substr(section.size() + 1));
    }
    for (const auto& [name_key, node] : *table) {
      const std::string name{name_key.str()};
      if (section == "model" && looks_like_api_key(name)) {
        return Error{
            ErrorCode::invalid_argument,
            "model." + sanitize_for_terminal(name) + ": a key has no place in this file",
            file_and_line(file, node.source()),
            "put it into an environment variable and name that in model.api_key_env, or name a command "
            "that prints it in model.api_key_command"};
      }
      if (section == "review" && name == policy_list) continue;
      if (!contains(names, name)) {
        return unknown(node, "key " + section + "." + sanitize_for_terminal(name), nearest_name(name, names));
      }
    }
  }
  return {};
}

}  // namespace

Result<Configuration> parse_configuration(std::string_view toml, const std::string& file) {
  if (const auto bad = first_invalid_toml_byte(toml)) {
    const auto line = 1 + std::count(toml.begin(), toml.begin() + static_cast<std::ptrdiff_t>(*bad), '\n');
    return Error{ErrorCode::invalid_argument, "holds a character that TOML has no place for there",
                 fmt::format("{}:{}", file, line),
                 "put texts in quotation marks, and save the file as UTF-8"};
  }
  toml::parse_result parsed = toml::parse(toml, file);
  if (!parsed) {
    return Error{ErrorCode::invalid_argument, std::string{parsed.error().description()},
                 file_and_line(file, parsed.error().source()), "the file is TOML: https://toml.io"};
  }
  toml::table root = std::move(parsed).table();
  Configuration configuration;
  STUBKEEPER_ASSIGN(configuration.notices,
                    entries::rename_old_keys(root, entries::renamed_keys("stubkeeper.toml"), file));
  STUBKEEPER_TRY(check_unknown_keys(root, file));
  ConfigurationReader reader{root, file};
  reader.text("site.content", configuration.site.content);
  reader.choice("site.profile", configuration.site.profile, {"hugo", "plain"});
  reader.choice("site.evidence", configuration.site.evidence, {"none", "data", "footnotes"});
  reader.text("site.data", configuration.site.data);
  read_model(reader, configuration.model);
  read_budget(reader, configuration.budget);
  reader.text("fetch.contact", configuration.fetch.contact);
  reader.number("fetch.parallel", configuration.fetch.parallel, 1, 256);
  reader.number("fetch.parallel_per_host", configuration.fetch.parallel_per_host, 1, 64);
  reader.number("fetch.delay_ms", configuration.fetch.delay_ms, 0, 3'600'000);
  reader.number("fetch.connect_timeout_ms", configuration.fetch.connect_timeout_ms, 1, 600'000);
  reader.number("fetch.timeout_ms", configuration.fetch.timeout_ms, 1, 3'600'000);
  reader.number("fetch.max_bytes", configuration.fetch.max_bytes, 1000, 1'000'000'000);
  reader.number("fetch.max_document_seconds", configuration.fetch.max_document_seconds, 1, 3'600);
  reader.number("fetch.max_document_memory", configuration.fetch.max_document_memory, 200'000'000,
                64'000'000'000);
  reader.texts("fetch.allow_addresses", configuration.fetch.allow_addresses);
  reader.text("fetch.ca_file", configuration.fetch.ca_file);
  reader.choice("fetch.follow_items", configuration.fetch.follow_items, {"never", "summaries", "always"});
  reader.number("fetch.linked_per_run", configuration.fetch.linked_per_run, 0, 100'000);
  reader.number("revisit.page_minutes", configuration.revisit.page_minutes, 1, 525'600);
  reader.number("revisit.feed_minutes", configuration.revisit.feed_minutes, 1, 525'600);
  reader.number("revisit.fetches_per_day", configuration.revisit.fetches_per_day, 0, 10'000'000);
  reader.number("revisit.min_minutes", configuration.revisit.min_minutes, 1, 525'600);
  reader.number("revisit.max_days", configuration.revisit.max_days, 1, 3650);
  reader.number("revisit.recheck_window_days", configuration.revisit.recheck_window_days, 1, 365);
  reader.text("review.reviewer", configuration.review.reviewer);
  reader.texts("review.auto_approve", configuration.review.auto_approve);
  reader.share("review.recheck", configuration.review.recheck_share, {{"all", 1.0}, {"answering", 0.0}});
  reader.choice("report.when", configuration.report.when, {"always", "news", "trouble"});
  reader.texts("check.disable", configuration.check.disable);
  reader.check_texts("fetch.allow_addresses", configuration.fetch.allow_addresses, unusable_address_rule);
  reader.check_texts("check.disable", configuration.check.disable, unknown_check);
  reader.table("check.severity", configuration.check.severity);
  reader.check_table("check.severity", configuration.check.severity,
                     [rules = entries::built_in_conventions().checks](const std::string& id,
                                                                      const std::string& severity) mutable {
                       return rules.set_severity(id, severity);
                     });
  STUBKEEPER_TRY(reader.status());
  if (const toml::node* prices = root.get(price_list)) {
    STUBKEEPER_ASSIGN(configuration.prices, llm::parse_price_rules(*prices, file));
  }
  if (const toml::node* policies = root["review"][policy_list].node()) {
    STUBKEEPER_ASSIGN(configuration.review.policies, parse_review_policies(*policies, file));
  }
  return configuration;
}

std::string new_configuration_text(const std::string& content) {
  std::string quoted;
  for (const char c : content) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return fmt::format(
      R"(# stubkeeper's configuration. Every key may be left out; docs/configuration.md lists them all.

[site]
# The folder of the research section in your site, absolute or relative to this file.
{}content = "{}"
profile = "hugo"              # or "plain": a folder of Markdown with relative links
evidence = "none"             # or "data", "footnotes": what readers see of a claim's sources

[model]
provider = "extractive"       # quotes sentences of the sources; needs no model and no key
# provider = "openai"           # or another one that docs/model.md lists
# name = "gpt-4.1-mini"
# api_key_env = "OPENAI_API_KEY"   # the name of the variable, never the key
# fallback = "extractive"       # who drafts when the budget is spent or the endpoint is down; or "none"

[budget]
tokens_per_run = 400000
usd_per_run = 1.0             # a model whose price is not known is refused under a limit in dollars
# usd_per_month = 20.0

# What a model costs that is not in the built-in list, in micro-dollars for a million tokens ($0.40 is 400000):
# [[price]]
# host = "127.0.0.1"
# model = "*"
# input = 0
# cached_input = 0
# cache_write = 0
# output = 0

[fetch]
# Where the operator of a site can reach you; it goes into the User-Agent. Please fill it in.
contact = ""
parallel = 16
delay_ms = 1000               # between two requests to one host

[review]
# Kinds of unflagged change that need no person, such as ["rechecked", "upkeep"]. Flagged changes never match.
auto_approve = []

# A policy of your own, by kinds, and where they are named by sections and sources:
# [[review.policy]]
# name = "our own news"
# kinds = ["add development"]
# sections = ["pumps"]
# sources = ["https://example.org/news/*"]
)",
      content.empty() ? "# " : "", quoted);
}

}  // namespace stubkeeper::config
