#include "tests/month/judge.h"

#include <fmt/format.h>

#include <algorithm>

namespace stubkeeper::month {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return !part.empty() && text.find(part) != std::string::npos;
}

bool tells(const world::Event& event, const std::string& quote) {
  return contains(event.sentence, quote) || contains(event.fact_sentence, quote) ||
         contains(quote, event.sentence) || contains(quote, event.fact_sentence);
}

const world::Source& source_of(const Month& month, const world::Fault& fault) {
  return month.world.sources[static_cast<std::size_t>(fault.source)];
}

// The first day between two on which a source was looked at.
int first_look(const Month& month, const world::Source& source, int first, int last) {
  for (const Day& day : month.days)
    if (day.day >= first && day.day <= last && count_looks(day, source.address()) > 0) return day.day;
  return -1;
}

}  // namespace

const world::Event* find_event(const world::World& world, const ProposedChange& change, int day) {
  for (const world::Event& event : world.events) {
    if (event.day > day || world.entries[static_cast<std::size_t>(event.entry)].path != change.entry)
      continue;
    if (std::ranges::any_of(change.quotes, [&](const std::string& quote) { return tells(event, quote); }))
      return &event;
  }
  return nullptr;
}

bool holds_values(const world::Event& event, const ProposedChange& change) {
  return std::ranges::all_of(event.values,
                             [&](const std::string& value) { return contains(change.new_text, value); });
}

int day_found(const Month& month, const world::Event& event) {
  for (const Day& day : month.days)
    for (const ProposedChange& change : day.proposed)
      if (find_event(month.world, change, day.day) == &event && holds_values(event, change)) return day.day;
  return -1;
}

std::vector<std::string> list_noise(const Month& month) {
  std::vector<std::string> lines;
  for (const Day& day : month.days) {
    if (day.day == 0) continue;
    for (const ProposedChange& change : day.proposed) {
      if (change.kind == "rechecked" || find_event(month.world, change, day.day) != nullptr) continue;
      lines.push_back(fmt::format("day {}, {}, {}: {} ({} flags)", day.day, change.entry, change.kind,
                                  change.new_text, change.flags.size()));
    }
  }
  return lines;
}

int count_looks(const Day& day, const std::string& address) {
  return static_cast<int>(std::ranges::count_if(
      day.requests, [&](const world::WebRequest& request) { return request.address() == address; }));
}

int day_fault_seen(const Month& month, const world::Fault& fault) {
  return first_look(month, source_of(month, fault), fault.first_day, fault.last_day);
}

int day_fault_healed(const Month& month, const world::Fault& fault) {
  return day_fault_seen(month, fault) < 0
             ? -1
             : first_look(month, source_of(month, fault), fault.last_day + 1, month.world.options.days);
}

bool is_failure(world::FaultKind kind) {
  return kind != world::FaultKind::moved;
}

}  // namespace stubkeeper::month
