#include "tests/crawler/revisit_simulation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "tests/crawler/revisit_schedulers.h"

namespace stubkeeper::testing {
namespace {

constexpr std::size_t hours_of_day = 24;
constexpr std::size_t unlimited = 1'000'000'000;
constexpr std::size_t hours_between_updates = 6;  // at prices, as a run of cron's would

class Simulation {
 public:
  Simulation(const Population& population, Scheduler scheduler, const SimulationOptions& options)
      : population_(population),
        options_(options),
        begin_(options.warm_up_days),
        end_(options.warm_up_days + options.measured_days),
        max_per_day_(scheduler == Scheduler::optimum ? unlimited
                                                      : static_cast<std::size_t>(std::lround(
                                                            options.visits_per_source_day *
                                                            static_cast<double>(population.sources.size())))),
        scheduler_(make_scheduler(population, scheduler, options)),
        states_(population.sources.size()) {
    for (std::size_t i = 0; i < states_.size(); ++i) states_[i].due = scheduler_->first_visit(i);
  }

  SimulationResult run() {
    const auto hours = static_cast<std::size_t>(end_ * hours_of_day);
    for (std::size_t hour = 0; hour < hours; ++hour) {
      const double now = static_cast<double>(hour) / hours_of_day;
      if (hour % hours_between_updates == 0) {
        scheduler_->update_prices(now);
        if (scheduler_->replans()) {
          for (std::size_t i = 0; i < states_.size(); ++i)
            states_[i].due = scheduler_->replan_visit(i, states_[i].last_visit);
        }
      }
      visit_due_sources(hour, now);
    }
    // What was not seen by the end has waited until then.
    for (std::size_t i = 0; i < states_.size(); ++i) account(i, end_);
    return result();
  }

 private:
  struct State {
    double due = 0;
    double last_visit = 0;
    std::size_t seen = 0;  // changes
  };

  void visit_due_sources(std::size_t hour, double now) {
    constexpr double half_an_hour = 0.5 / hours_of_day;
    std::vector<std::size_t> due;
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (states_[i].due <= now + half_an_hour) due.push_back(i);
    }
    std::size_t& visits_this_hour = visits_[hour % hours_of_day];
    visits_this_hour = 0;
    const std::size_t most = max_per_day_ - std::accumulate(visits_.begin(), visits_.end(), std::size_t{0});
    if (due.size() > most) {
      std::stable_sort(due.begin(), due.end(), [&](std::size_t a, std::size_t b) {
        return scheduler_->urgency(a, now, states_[a].due, states_[a].last_visit) >
               scheduler_->urgency(b, now, states_[b].due, states_[b].last_visit);
      });
      due.resize(most);
    }
    visits_this_hour = due.size();
    for (const std::size_t source : due) visit(source, now);
  }

  void visit(std::size_t source, double now) {
    State& state = states_[source];
    const std::size_t seen_before = state.seen;
    account(source, now);
    const auto& changes = population_.sources[source].changes;
    state.due =
        scheduler_->visited(source, now, std::span{changes}.subspan(seen_before, state.seen - seen_before));
    state.last_visit = now;
    if (now >= begin_) ++measured_visits_;
  }

  // The time since the last visit, as far as it is measured; and which changes are seen now.
  void account(std::size_t source, double now) {
    State& state = states_[source];
    const SimulatedSource& visited = population_.sources[source];
    if (now > begin_) max_wait_ = std::max(max_wait_, now - std::max(state.last_visit, begin_));
    bool first = true;
    for (; state.seen < visited.changes.size() && visited.changes[state.seen] <= now; ++state.seen) {
      const double came = visited.changes[state.seen];
      const double waited = std::max(0.0, now - std::max(came, begin_));
      if (first) stale_ += visited.weight * waited;
      first = false;
      waited_ += visited.weight * waited;
      if (came >= begin_) items_ += visited.weight;
    }
  }

  SimulationResult result() const {
    double weight = 0;
    for (const SimulatedSource& source : population_.sources) weight += source.weight;
    SimulationResult result;
    result.freshness = 1 - stale_ / (weight * options_.measured_days);
    result.delay_hours = items_ > 0 ? waited_ / items_ * hours_of_day : 0;
    result.visits_per_source_day = static_cast<double>(measured_visits_) / options_.measured_days /
                                   static_cast<double>(population_.sources.size());
    result.max_wait_days = max_wait_;
    return result;
  }

  const Population& population_;
  const SimulationOptions& options_;
  double begin_;
  double end_;
  std::size_t max_per_day_;
  std::unique_ptr<SimulatedScheduler> scheduler_;
  std::vector<State> states_;
  std::array<std::size_t, hours_of_day> visits_{};  // of the last hours, by the hour of the day
  double stale_ = 0;
  double waited_ = 0;
  double items_ = 0;
  double max_wait_ = 0;
  std::size_t measured_visits_ = 0;
};

}  // namespace

SimulationResult simulate(const Population& population, Scheduler scheduler,
                          const SimulationOptions& options) {
  return Simulation{population, scheduler, options}.run();
}

}  // namespace stubkeeper::testing
