#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "llm/model.h"

namespace stubkeeper::llm {

// Money in micro-dollars, millionths of a US dollar: whole numbers, so that sums are exact.
using MicroDollars = std::int64_t;

// The price of a model, in micro-dollars for a million tokens of each kind: $3.00 is 3,000,000.
struct ModelPrice {
  MicroDollars input = 0;
  MicroDollars cached_input = 0;
  MicroDollars cache_write = 0;
  MicroDollars output = 0;
  // Where larger prompts cost more: the prices hold up to this bound of a prompt's tokens.
  std::optional<std::int64_t> max_input_tokens;
};

// One row of a price list.
struct PriceRule {
  std::string host;   // of the endpoint, "api.openai.com"; or "*"
  std::string model;  // its name; '*' is any characters
  ModelPrice price;
};

// The prices of models, by endpoint and name: the same model costs something else at another host.
class PriceTable {
 public:
  PriceTable() = default;
  explicit PriceTable(std::vector<PriceRule> rules) : rules_(std::move(rules)) {}

  // Adds rules that go before the present ones: a knowledge base's own.
  void prepend_rules(std::vector<PriceRule> rules);

  // The price of the first rule that matches. A rule without '*' also matches its name with a date
  // ("gpt-4.1-2025-04-14", "claude-haiku-4-5-20251001") or "-latest": "gpt-5" is not "gpt-5-pro".
  std::optional<ModelPrice> price_of(const ModelIdentity& identity) const;

 private:
  std::vector<PriceRule> rules_;
};

// Reads a price list as in schema/model_prices.toml. Unknown keys, missing or negative prices, and prices
// over $10,000 a million tokens are errors with the line in `where`, below `name`.
Result<PriceTable> parse_price_table(std::string_view toml, const std::string& name);

// The built-in list.
const PriceTable& built_in_prices();

// The most tokens that a request's prompt can be, whatever the model's vocabulary:
//
//   - the bytes of the instructions, the input and the answer's schema, or of their NFKC form where
//     that is longer: a tokenizer that works on bytes makes at most one token of a byte, and some
//     normalize first;
//   - 1,024 for what the endpoint adds: the frame of the messages, how to keep to a schema.
//
// A model that makes several passes at a prompt or runs tools by itself (Groq's compound, OpenAI's
// mode "pro") can count more; nothing here asks for that, and the report is booked. tests/data
// compares the bound with the counts of real endpoints.
std::int64_t max_input_tokens(const ModelRequest& request);

// The most that a call can cost and use.
struct CallBound {
  std::int64_t tokens = 0;           // prompt and answer
  std::int64_t input_tokens = 0;     // of them, the prompt
  std::optional<MicroDollars> cost;  // nothing: the price is not known
};

// The bound of a call before it is sent: every token of the prompt at the highest price of input,
// and the whole room for the answer.
CallBound upper_bound_of_call(const ModelRequest& request, const std::optional<ModelPrice>& price);

// The price in a batch: half, rounded up.
ModelPrice batch_price(const ModelPrice& price);

// The tokens and the cost that a call is booked at.
struct Settlement {
  std::int64_t tokens = 0;
  std::optional<MicroDollars> cost;  // nothing: the price is not known
  MicroDollars saved_by_cache = 0;   // negative where the cache was only written
};

// Settles a call after it ended. The report counts, even above the bound; without one, the bound,
// unless nothing was charged. A report of no prompt at all is not believed: the prompt counts at
// the bound.
Settlement settle(const AnswerOrFailure& outcome, const CallBound& bound,
                  const std::optional<ModelPrice>& price);

// The cost of a usage, rounded up to a whole micro-dollar.
MicroDollars compute_cost(const TokenUsage& usage, const ModelPrice& price);

// "$0.004210", with all six places.
std::string dollars(MicroDollars amount);

}  // namespace stubkeeper::llm
