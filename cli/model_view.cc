#include "cli/model_view.h"

#include <fmt/format.h>

#include "cli/configured.h"
#include "config/model_endpoint.h"

namespace stubkeeper::cli {
namespace {

nlohmann::ordered_json totals_json(const kb::SpendingTotals& totals,
                                   const std::optional<std::int64_t>& left) {
  return {{"calls", totals.calls},
          {"failed_calls", totals.failed},
          {"calls_without_price", totals.calls_without_price},
          {"tokens", totals.tokens},
          {"micro_usd", totals.micro_usd},
          {"saved_by_cache_micro_usd", totals.saved_micro_usd},
          {"left_micro_usd", left ? nlohmann::ordered_json(*left) : nlohmann::ordered_json(nullptr)}};
}

std::string totals_text(const kb::SpendingTotals& totals, const std::optional<std::int64_t>& left) {
  return llm::dollars(totals.micro_usd) + (left ? " (" + llm::dollars(*left) + " left)" : "");
}

}  // namespace

std::optional<ModelView> inspect_model(const Session& session, const config::Configuration& configuration) {
  const config::Configuration::Model& model = configuration.model;
  if (model.is_extractive()) return std::nullopt;
  ModelView view;
  view.provider = model.provider;
  view.name = model.name;
  view.fallback = model.fallback;
  const auto endpoint = config::configured_endpoint(model);
  if (!endpoint.ok()) {
    view.problems.push_back(endpoint.error().text());
    return view;
  }
  const llm::ModelIdentity& identity = (*endpoint)->identity();
  view.base_url = identity.base_url;
  const llm::KeySource source = config::configured_key_source(model);
  if (!source.command.empty()) {
    view.key_origin = "model.api_key_command";
  } else if (!source.variable.empty()) {
    view.key_origin = "the environment variable " + source.variable;
  }
  const auto key = llm::read_api_key(source, key_environment(session));
  if (!key.ok()) view.problems.push_back(key.error().text());
  view.key_found = key.ok() && key->has_value();
  view.price_known = config::configured_prices(configuration).price_of(identity).has_value();
  if (const Status price = config::require_known_price(configuration, identity); !price.ok())
    view.problems.push_back(price.error().text());
  return view;
}

nlohmann::ordered_json model_json(const std::optional<ModelView>& view) {
  if (!view) return nullptr;
  return {{"provider", view->provider},   {"base_url", view->base_url},   {"name", view->name},
          {"key_from", view->key_origin}, {"key_found", view->key_found}, {"price_known", view->price_known},
          {"fallback", view->fallback},   {"problems", view->problems}};
}

std::string model_text(const ModelView& view) {
  return fmt::format("{} at {} ({}); {}; its price is {}", view.name, view.base_url, view.provider,
                     view.key_origin.empty()
                         ? "no key is named"
                         : (view.key_found ? "a key is in " : "no usable key in ") + view.key_origin,
                     view.price_known ? "known" : "not known");
}

Result<SpendingView> load_spending(kb::Store& store, const config::Configuration::Budget& budget,
                                   Timestamp now) {
  kb::Spending spending{store};
  SpendingView view;
  STUBKEEPER_ASSIGN(view.today, spending.since(kb::start_of_day(now)));
  STUBKEEPER_ASSIGN(view.this_month, spending.since(kb::start_of_month(now)));
  STUBKEEPER_ASSIGN(view.left, cron::remaining_budget(spending, budget, now));
  return view;
}

nlohmann::ordered_json spending_json(const SpendingView& view) {
  return {{"today", totals_json(view.today, view.left.today)},
          {"this_month", totals_json(view.this_month, view.left.this_month)}};
}

std::string spending_text(const SpendingView& view) {
  std::string text = fmt::format(
      "{} today, {} this month; {} tokens in {} calls this month", totals_text(view.today, view.left.today),
      totals_text(view.this_month, view.left.this_month), view.this_month.tokens, view.this_month.calls);
  if (view.this_month.calls_without_price > 0)
    text += fmt::format(", {} of them without a known price", view.this_month.calls_without_price);
  return text;
}

}  // namespace stubkeeper::cli
