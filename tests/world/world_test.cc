#include "tests/world/world.h"

#include <set>

#include "tests/support/catch.h"
#include "tests/world/calendar.h"
#include "tests/world/section.h"
#include "tests/world/web.h"

using namespace stubkeeper::world;

namespace {

// The bytes of a world: its section, and every source on every day.
std::string bytes_of(const World& world) {
  std::string bytes;
  for (const auto& [path, file] : render_section(world)) bytes += path + "\n" + file;
  for (int day = 0; day <= world.options.days; ++day) {
    for (const Source& source : world.sources) {
      const WebAnswer answer = answer_request(world, source.host, source.path, day);
      bytes += std::to_string(answer.status) + answer.location + answer.etag + answer.body;
    }
  }
  return bytes;
}

const World& full_world() {
  static const World world = World::make({1, 40, 30});
  return world;
}

std::string body_of(const World& world, int source, int day) {
  const Source& of = world.sources[static_cast<std::size_t>(source)];
  return answer_request(world, of.host, of.path, day).body;
}

}  // namespace

TEST_CASE("the same seed gives the same bytes, and another one others") {
  const WorldOptions options{7, 12, 6};
  CHECK(bytes_of(World::make(options)) == bytes_of(World::make(options)));
  CHECK(bytes_of(World::make(options)) != bytes_of(World::make({8, 12, 6})));
}

TEST_CASE(
    "a world of the plan has all kinds of events and faults, and forty entries have about 120 sources") {
  const World& world = full_world();
  CHECK(world.entries.size() == 40);
  CHECK(world.sources.size() >= 115);
  std::set<EventKind> kinds;
  for (const Event& event : world.events) kinds.insert(event.kind);
  CHECK(kinds.size() == event_kind_count);
  std::set<FaultKind> faults;
  for (const Fault& fault : world.faults) faults.insert(fault.kind);
  CHECK(faults.size() == fault_kind_count);
}

TEST_CASE("an event is told from its day on, by the places that the key names") {
  const World& world = full_world();
  for (const Event& event : world.events) {
    INFO(event.sentence << event.fact_sentence);
    for (const int source : event.sources) {
      const bool is_about = world.sources[static_cast<std::size_t>(source)].kind == SourceKind::about;
      const std::string& sentence = is_about ? event.fact_sentence : event.sentence;
      CHECK(body_of(world, source, event.day).find(sentence) != std::string::npos);
      CHECK(body_of(world, source, event.day - 1).find(sentence) == std::string::npos);
    }
  }
}

TEST_CASE("a superseded figure stands on its page until the day before") {
  const World& world = full_world();
  for (const Event& event : world.events) {
    if (event.kind != EventKind::superseded_figure) continue;
    CHECK(body_of(world, event.sources.front(), event.day - 1).find(event.superseded) != std::string::npos);
    CHECK(body_of(world, event.sources.front(), event.day).find(event.superseded) == std::string::npos);
  }
}

TEST_CASE("a source with a fault does not send its page, and does so before and after") {
  const World& world = full_world();
  for (const Fault& fault : world.faults) {
    const Source& source = world.sources[static_cast<std::size_t>(fault.source)];
    const Entry& entry = world.entries[static_cast<std::size_t>(source.entry)];
    INFO(name_of(fault.kind));
    const std::string& founded = entry.facts.at(Fact::founded);
    CHECK(body_of(world, source.id, fault.first_day - 1).find(founded) != std::string::npos);
    CHECK(body_of(world, source.id, fault.first_day).find(founded) == std::string::npos);
    CHECK(world.is_readable(source.id, fault.first_day) == (fault.kind == FaultKind::moved));
    if (fault.last_day < world.options.days)
      CHECK(body_of(world, source.id, fault.last_day + 1).find(founded) != std::string::npos);
    if (fault.kind != FaultKind::moved) continue;
    const WebAnswer moved = answer_request(world, source.host, source.path, fault.first_day);
    CHECK(moved.status == 301);
    const std::string path = moved.location.substr(moved.location.find('/', 7));
    CHECK(answer_request(world, source.host, path, fault.first_day).body.find(founded) != std::string::npos);
    CHECK(answer_request(world, source.host, path, fault.first_day - 1).status == 404);
  }
}

TEST_CASE("noise changes the bytes of a page and no sentence of it") {
  const World& world = full_world();
  REQUIRE_FALSE(world.noise.empty());
  for (const Noise& noise : world.noise) {
    if (noise.first_day == 0 || world.fault_of(noise.source) != nullptr) continue;
    const Source& source = world.sources[static_cast<std::size_t>(noise.source)];
    if (source.kind == SourceKind::profile || !world.told_by(source.id, world.options.days).empty()) continue;
    CHECK(world.has_noise(source.id, noise.kind, noise.first_day));
    CHECK_FALSE(world.has_noise(source.id, noise.kind, noise.first_day - 1));
    if (source.kind != SourceKind::about) continue;
    const Entry& entry = world.entries[static_cast<std::size_t>(source.entry)];
    for (const Fact fact : {Fact::founded, Fact::employees, Fact::capacity})
      CHECK(body_of(world, source.id, noise.first_day).find(entry.facts.at(fact)) != std::string::npos);
    CHECK(body_of(world, source.id, noise.first_day) != body_of(world, source.id, noise.first_day - 1));
  }
}

TEST_CASE("days are counted from a Sunday") {
  CHECK(iso_date(0) == "2026-11-01");
  CHECK(written_date(30) == "1 December 2026");
  CHECK(mail_date(2) == "Tue, 03 Nov 2026 06:00:00 +0000");
  CHECK(iso_date(-1) == "2026-10-31");
  CHECK(is_weekend(0));
  CHECK_FALSE(is_weekend(1));
  CHECK(is_weekend(6));
}
