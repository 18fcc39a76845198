#include "tests/bench/table.h"

#include <fmt/format.h>

#include <algorithm>

namespace stubkeeper::bench {
namespace {

std::vector<double> sorted_milliseconds(const std::vector<Cost>& costs) {
  std::vector<double> all;
  for (const Cost& cost : costs) all.push_back(cost.milliseconds);
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

void Table::add(const std::string& name, const Cost& cost) {
  if (!costs_.contains(name)) names_.push_back(name);
  costs_[name].push_back(cost);
}

double Table::median_milliseconds(const std::string& name) const {
  const auto sorted = sorted_milliseconds(costs_.at(name));
  return sorted[sorted.size() / 2];
}

double Table::most_megabytes(const std::string& name) const {
  double most = 0;
  for (const Cost& cost : costs_.at(name)) most = std::max(most, cost.megabytes);
  return most;
}

void Table::print(const std::string& peer) const {
  const double peer_time = median_milliseconds(peer);
  fmt::print("{:<34} {:>8} {:>8} {:>8} {:>9} {:>12}\n", "", "min ms", "median", "max", "MB", "to " + peer);
  for (const std::string& name : names_) {
    const auto sorted = sorted_milliseconds(costs_.at(name));
    const double median = median_milliseconds(name);
    fmt::print("{:<34} {:>8.0f} {:>8.0f} {:>8.0f} {:>9.0f} {:>12.2f}\n", name, sorted.front(), median,
               sorted.back(), most_megabytes(name), median / peer_time);
  }
  fmt::print("\n");
}

}  // namespace stubkeeper::bench
