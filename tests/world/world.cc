#include "tests/world/world.h"

#include <algorithm>
#include <array>

namespace stubkeeper::world {

const Fault* World::fault_of(int source) const {
  const auto found = std::ranges::find_if(faults, [&](const Fault& fault) { return fault.source == source; });
  return found == faults.end() ? nullptr : &*found;
}

bool World::is_readable(int source, int day) const {
  const Fault* fault = fault_of(source);
  if (fault == nullptr || fault->kind == FaultKind::moved) return true;
  return day < fault->first_day || day > fault->last_day;
}

bool World::has_noise(int source, NoiseKind kind, int day) const {
  return std::ranges::any_of(noise, [&](const Noise& one) {
    return one.source == source && one.kind == kind && one.first_day <= day;
  });
}

std::vector<const Event*> World::events_on(int day) const {
  std::vector<const Event*> found;
  for (const Event& event : events)
    if (event.day == day) found.push_back(&event);
  return found;
}

std::vector<const Event*> World::told_by(int source, int day) const {
  std::vector<const Event*> found;
  for (const Event& event : events)
    if (event.day <= day && std::ranges::find(event.sources, source) != event.sources.end())
      found.insert(found.begin(), &event);
  return found;
}

std::string World::fact_sentence(int source, Fact fact, int day) const {
  const Source& page = sources[static_cast<std::size_t>(source)];
  for (const Event* event : told_by(source, day))
    if (!event->fact_sentence.empty() && event->fact == fact) return event->fact_sentence;
  return entries[static_cast<std::size_t>(page.entry)].facts.at(fact);
}

bool is_feed(SourceKind kind) {
  return kind == SourceKind::company_feed || kind == SourceKind::wire_feed;
}

std::string_view name_of(EventKind kind) {
  static constexpr std::array<std::string_view, event_kind_count> names{
      "funding",       "launch",     "change of chief", "superseded figure",
      "contradiction", "syndicated", "promotion"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(FaultKind kind) {
  static constexpr std::array<std::string_view, fault_kind_count> names{
      "moved",      "missing",      "gone",          "server error", "paywall",
      "login wall", "consent wall", "bot challenge", "shrunk"};
  return names[static_cast<std::size_t>(kind)];
}

bool is_plain(EventKind kind) {
  return kind != EventKind::contradiction && kind != EventKind::promotion;
}

}  // namespace stubkeeper::world
