#include <fmt/format.h>

#include <array>

#include "base/text/strings.h"
#include "base/text/toml_validation.h"
#include "entries/toml_library.h"
#include "llm/prices/parse_price_rules.h"
#include "schema/embedded_files.h"

namespace stubkeeper::llm {
namespace {

constexpr std::int64_t max_micro_dollars = 10'000'000'000;
constexpr std::array rule_keys{
    "host", "model", "input", "cached_input", "cache_write", "output", "max_input_tokens"};
constexpr std::array file_keys{"checked", "source", "price"};

std::string location_of(const std::string& name, const toml::node& node) {
  return fmt::format("{}:{}", name, node.source().begin.line);
}

template <std::size_t n>
Status check_keys(const toml::table& table, const std::array<const char*, n>& known,
                  const std::string& name) {
  for (const auto& [key, node] : table) {
    if (!contains(known, key.str()))
      return Error{ErrorCode::invalid_argument, fmt::format("unknown key \"{}\" in a price list", key.str()),
                   location_of(name, node), fmt::format("known are {}", fmt::join(known, ", "))};
  }
  return {};
}

Result<std::int64_t> parse_integer(const toml::table& rule, const char* key, std::int64_t max_value,
                                   const std::string& name) {
  const toml::node* node = rule.get(key);
  const auto number = node != nullptr ? node->value_exact<std::int64_t>() : std::nullopt;
  if (!number || *number < 0 || *number > max_value)
    return Error{ErrorCode::invalid_argument,
                 fmt::format("\"{}\" is no whole number from 0 to {}", key, max_value),
                 location_of(name, node != nullptr ? *node : rule),
                 "prices are in micro-dollars for a million tokens: $0.40 is 400000"};
  return *number;
}

Result<std::string> text(const toml::table& table, const char* key, const std::string& name) {
  const toml::node* node = table.get(key);
  const auto value = node != nullptr ? node->value_exact<std::string>() : std::nullopt;
  if (!value || value->empty())
    return Error{ErrorCode::invalid_argument, fmt::format("\"{}\" is no text", key),
                 location_of(name, node != nullptr ? *node : table), ""};
  return *value;
}

Result<PriceRule> parse_rule(const toml::table& table, const std::string& name) {
  STUBKEEPER_TRY(check_keys(table, rule_keys, name));
  PriceRule rule;
  STUBKEEPER_ASSIGN(rule.host, text(table, "host", name));
  STUBKEEPER_ASSIGN(rule.model, text(table, "model", name));
  STUBKEEPER_ASSIGN(rule.price.input, parse_integer(table, "input", max_micro_dollars, name));
  STUBKEEPER_ASSIGN(rule.price.cached_input, parse_integer(table, "cached_input", max_micro_dollars, name));
  STUBKEEPER_ASSIGN(rule.price.cache_write, parse_integer(table, "cache_write", max_micro_dollars, name));
  STUBKEEPER_ASSIGN(rule.price.output, parse_integer(table, "output", max_micro_dollars, name));
  if (table.contains("max_input_tokens")) {
    STUBKEEPER_ASSIGN(rule.price.max_input_tokens,
                      parse_integer(table, "max_input_tokens", max_micro_dollars, name));
  }
  return rule;
}

}  // namespace

Result<std::vector<PriceRule>> parse_price_rules(const toml::node& list, const std::string& name) {
  const toml::array* prices = list.as_array();
  if (prices == nullptr)
    return Error{ErrorCode::invalid_argument, "\"price\" is no list", location_of(name, list),
                 "write each price under [[price]]"};
  std::vector<PriceRule> rules;
  for (const toml::node& node : *prices) {
    const toml::table* table = node.as_table();
    if (table == nullptr)
      return Error{ErrorCode::invalid_argument, "a price is no table", location_of(name, node),
                   "write it as [[price]]"};
    STUBKEEPER_ASSIGN(PriceRule rule, parse_rule(*table, name));
    rules.push_back(std::move(rule));
  }
  return rules;
}

Result<PriceTable> parse_price_table(std::string_view toml, const std::string& name) {
  if (const auto at = first_invalid_toml_byte(toml))
    return Error{ErrorCode::invalid_argument, fmt::format("byte {} belongs to no TOML file", *at), name, ""};
  const toml::parse_result parsed = toml::parse(toml, name);
  if (!parsed)
    return Error{ErrorCode::invalid_argument, std::string{parsed.error().description()},
                 fmt::format("{}:{}", name, parsed.error().source().begin.line), ""};
  const toml::table& file = parsed.table();
  STUBKEEPER_TRY(check_keys(file, file_keys, name));
  const toml::node* list = file.get("price");
  if (list == nullptr || !list->is_array())
    return Error{ErrorCode::invalid_argument, "there is no list of [[price]]", name, ""};
  STUBKEEPER_ASSIGN(auto rules, parse_price_rules(*list, name));
  return PriceTable{std::move(rules)};
}

const PriceTable& built_in_prices() {
  // The file is part of the program; tests/llm reads it.
  static const PriceTable table = [] {
    auto read = parse_price_table(schema::embedded_file("model_prices.toml").value_or(""),
                                  "schema/model_prices.toml");
    return read.ok() ? std::move(read).value() : PriceTable{};
  }();
  return table;
}

}  // namespace stubkeeper::llm
