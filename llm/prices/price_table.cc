#include "llm/prices/price_table.h"

#include <fmt/format.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/toml_validation.h"
#include "base/text/url.h"
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

constexpr std::int64_t million = 1'000'000;
// Together with the readers' bound on counts this keeps products below 2^63: see compute_cost.
constexpr std::int64_t max_tokens_per_call = 100'000'000;

bool matches_pattern(std::string_view pattern, std::string_view text) {
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  std::size_t p = 0;
  std::size_t t = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

// "-2025-04-14", "-20250414" or "-latest".
bool is_model_version_suffix(std::string_view text) {
  if (text == "-latest") return true;
  const auto is_form = [&](std::string_view form) {
    return text.size() == form.size() &&
           std::equal(text.begin(), text.end(), form.begin(),
                      [](char c, char f) { return f == '0' ? is_ascii_digit(c) : c == f; });
  };
  return is_form("-0000-00-00") || is_form("-00000000");
}

bool matches(const PriceRule& rule, std::string_view host, std::string_view model) {
  if (!matches_pattern(rule.host, host)) return false;
  if (matches_pattern(rule.model, model)) return true;
  return rule.model.find('*') == std::string::npos && model.starts_with(rule.model) &&
         is_model_version_suffix(model.substr(rule.model.size()));
}

std::int64_t clamped(std::int64_t tokens) {
  return std::clamp<std::int64_t>(tokens, 0, max_tokens_per_call);
}

MicroDollars max_input_price(const ModelPrice& price) {
  return std::max({price.input, price.cached_input, price.cache_write});
}

constexpr std::int64_t endpoint_overhead_tokens = 1024;

// Takes text and keeps its length alone.
class CountingSink final : public icu::ByteSink {
 public:
  void Append(const char*, int32_t count) override { bytes += count; }
  std::int64_t bytes = 0;
};

std::int64_t max_tokens(std::string_view text) {
  const auto bytes = static_cast<std::int64_t>(text.size());
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(error);
  CountingSink sink;
  if (U_SUCCESS(error))
    nfkc->normalizeUTF8(0, {text.data(), static_cast<int32_t>(text.size())}, sink, nullptr, error);
  // Without ICU's data: no character's NFKC form has more than eleven times its bytes in UTF-8
  // (Unicode Standard Annex #15, table 5: U+FDFA).
  return U_SUCCESS(error) ? std::max(bytes, sink.bytes) : 11 * bytes;
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

void PriceTable::prepend_rules(std::vector<PriceRule> rules) {
  rules_.insert(rules_.begin(), std::make_move_iterator(rules.begin()), std::make_move_iterator(rules.end()));
}

std::optional<ModelPrice> PriceTable::price_of(const ModelIdentity& identity) const {
  const std::string host = url_host(identity.base_url);
  for (const PriceRule& rule : rules_)
    if (matches(rule, host, identity.model)) return rule.price;
  return std::nullopt;
}

MicroDollars compute_cost(const TokenUsage& usage, const ModelPrice& price) {
  // At most 4 kinds * 10^8 tokens * 10^10 micro-dollars: below 2^63.
  const MicroDollars sum =
      clamped(usage.input) * price.input + clamped(usage.cached_input) * price.cached_input +
      clamped(usage.cache_write) * price.cache_write + clamped(usage.output) * price.output;
  return (sum + million - 1) / million;
}

std::int64_t max_input_tokens(const ModelRequest& request) {
  return max_tokens(request.instructions) + max_tokens(request.input) + max_tokens(request.answer_schema) +
         max_tokens(request.schema_name) + endpoint_overhead_tokens;
}

CallBound upper_bound_of_call(const ModelRequest& request, const std::optional<ModelPrice>& price) {
  CallBound bound;
  bound.input_tokens = max_input_tokens(request);
  const std::int64_t output = std::max<std::int64_t>(request.max_output_tokens, 0);
  bound.tokens = bound.input_tokens + output;
  if (!price || (price->max_input_tokens && bound.input_tokens > *price->max_input_tokens)) return bound;
  ModelPrice dearest = *price;
  dearest.input = max_input_price(*price);
  bound.cost = compute_cost({bound.input_tokens, 0, 0, output, 0}, dearest);
  return bound;
}

ModelPrice batch_price(const ModelPrice& price) {
  const auto half = [](MicroDollars whole) { return (whole + 1) / 2; };
  return {half(price.input), half(price.cached_input), half(price.cache_write), half(price.output),
          price.max_input_tokens};
}

Settlement settle(const AnswerOrFailure& outcome, const CallBound& bound,
                  const std::optional<ModelPrice>& price) {
  const auto* failure = std::get_if<ModelFailure>(&outcome);
  const std::optional<TokenUsage>& usage =
      failure != nullptr ? failure->usage : std::get<ModelAnswer>(outcome).usage;
  const Charge charge = charge_of(outcome);
  if (charge == Charge::none) return {0, price ? std::optional<MicroDollars>{0} : std::nullopt, 0};
  if (charge == Charge::at_upper_bound || !usage) return {bound.tokens, bound.cost, 0};

  TokenUsage counted = *usage;
  if (counted.input + counted.cached_input + counted.cache_write == 0) counted.input = bound.input_tokens;
  const std::int64_t prompt = counted.input + counted.cached_input + counted.cache_write;
  Settlement settlement;
  settlement.tokens = prompt + counted.output;
  if (!price || (price->max_input_tokens && prompt > *price->max_input_tokens)) return settlement;
  settlement.cost = compute_cost(counted, *price);
  settlement.saved_by_cache = compute_cost({prompt, 0, 0, counted.output, 0}, *price) - *settlement.cost;
  return settlement;
}

std::string dollars(MicroDollars amount) {
  const auto size = static_cast<std::uint64_t>(amount < 0 ? -amount : amount);
  return fmt::format("{}${}.{:06}", amount < 0 ? "-" : "", size / million, size % million);
}

}  // namespace stubkeeper::llm
