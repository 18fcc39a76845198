#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "cron/stored_call_ledger.h"
#include "kb/runs/spending.h"

namespace stubkeeper::cli {

// The model of the configuration, without a request to it. The key is looked for and not shown.
struct ModelView {
  std::string provider;
  std::string base_url;
  std::string name;
  std::string
      key_origin;  // "the environment variable OPENAI_API_KEY", "a command", or "" where none is needed
  bool key_found = false;
  bool price_known = false;
  std::string fallback;
  std::vector<std::string> problems;  // that keep a refresh from using it
};

// Nothing for the extractive drafter.
std::optional<ModelView> inspect_model(const Session& session, const config::Configuration& configuration);
nlohmann::ordered_json model_json(const std::optional<ModelView>& view);
std::string model_text(const ModelView& view);

// Spending today and this month (UTC), and what is left of the budget.
struct SpendingView {
  kb::SpendingTotals today;
  kb::SpendingTotals this_month;
  cron::RemainingBudget left;
};

Result<SpendingView> load_spending(kb::Store& store, const config::Configuration::Budget& budget,
                                   Timestamp now);
nlohmann::ordered_json spending_json(const SpendingView& view);
std::string spending_text(const SpendingView& view);

}  // namespace stubkeeper::cli
