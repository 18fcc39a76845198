#include "tests/bench/table.h"

#include <fmt/format.h>

#include <algorithm>

namespace stubkeeper::bench {
namespace {

std::vector<double> sorted(const std::vector<Cost>& costs, double Cost::*part) {
  std::vector<double> all;
  for (const Cost& cost : costs) all.push_back(cost.*part);
  std::sort(all.begin(), all.end());
  return all;
}

double median(const std::vector<Cost>& costs, double Cost::*part) {
  return sorted(costs, part)[costs.size() / 2];
}

}  // namespace

void Table::add(const std::string& name, const Cost& cost) {
  if (!costs_.contains(name)) names_.push_back(name);
  costs_[name].push_back(cost);
}

double Table::median_milliseconds(const std::string& name) const {
  return median(costs_.at(name), &Cost::milliseconds);
}

double Table::max_megabytes(const std::string& name) const {
  double most = 0;
  for (const Cost& cost : costs_.at(name)) most = std::max(most, cost.megabytes);
  return most;
}

void Table::print(const std::string& peer) const {
  const auto processor = &Cost::processor_milliseconds;
  const double peer_time = median_milliseconds(peer);
  const double peer_processor_time = median(costs_.at(peer), processor);
  fmt::print("times are of {}\n", peer);
  fmt::print("{:<34} {:>8} {:>8} {:>8} {:>6} {:>13} {:>6} {:>5}\n", "", "min ms", "median", "max", "times",
             "processor ms", "times", "MB");
  for (const std::string& name : names_) {
    const std::vector<Cost>& costs = costs_.at(name);
    const auto all = sorted(costs, &Cost::milliseconds);
    const double own = median(costs, processor);
    fmt::print("{:<34} {:>8.0f} {:>8.0f} {:>8.0f} {:>6.2f} {:>13.0f} {:>6.2f} {:>5.0f}\n", name, all.front(),
               median_milliseconds(name), all.back(), median_milliseconds(name) / peer_time, own,
               own / peer_processor_time, max_megabytes(name));
  }
  fmt::print("\n");
}

}  // namespace stubkeeper::bench
