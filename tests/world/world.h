#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/world/names.h"

namespace stubkeeper::world {

// Something that a page says of a company while it is true.
enum class Fact { definition, founded, employees, countries, capacity, chief };
inline constexpr int fact_count = 6;

// One way a source can be made.
enum class SourceKind { about, newsroom, profile, company_feed, wire_feed };

// A source: an address of the web that is played.
struct Source {
  int id = 0;      // its place in World::sources
  int entry = -1;  // the entry that it is of; -1 of a wire, which writes about all
  SourceKind kind = SourceKind::about;
  std::string host;
  std::string path;
  std::string address() const { return "http://" + host + path; }
};

// A page of the section at the beginning.
struct Entry {
  int id = 0;
  std::string path;  // "makers/harvane"
  Names::Company company;
  std::string town;
  std::string chief;
  std::map<Fact, std::string> facts;   // the sentences of day 0
  std::vector<std::string> past_news;  // older items of its newsroom, the newest first
  std::vector<int> sources;
  int due_day = 0;  // on which it becomes stale
};

enum class EventKind {
  funding,
  launch,
  change_of_chief,
  superseded_figure,
  contradiction,
  syndicated,
  promotion
};
inline constexpr int event_kind_count = 7;

// Something that happens in a world, and the places that tell it from that day on.
struct Event {
  int id = 0;
  EventKind kind = EventKind::funding;
  int day = 0;
  int entry = 0;
  std::vector<int> sources;
  std::string headline;
  std::string sentence;             // of the news; "" where only a fact of the company's own page changes
  Fact fact = Fact::definition;     // that changes on that page, with
  std::string fact_sentence;        // its new sentence, or ""
  std::vector<std::string> values;  // that the entry has to hold afterwards
  std::string superseded;           // the value that is not true any more, or ""
};

enum class FaultKind {
  moved,
  missing,
  gone,
  server_error,
  paywall,
  login_wall,
  consent_wall,
  bot_challenge,
  shrunk
};
inline constexpr int fault_kind_count = 9;

// A source that does not send its page, from its first to its last day.
struct Fault {
  FaultKind kind = FaultKind::missing;
  int source = 0;
  int first_day = 0;
  int last_day = 0;
};

enum class NoiseKind { clock, boxes, redesign, typo, reordered };

// Changes of a page that say nothing, from a day on.
struct Noise {
  NoiseKind kind = NoiseKind::clock;
  int source = 0;
  int first_day = 0;
};

struct WorldOptions {
  std::uint64_t seed = 1;
  int entries = 40;
  int days = 30;  // day 0 comes before them
};

// A section of entries and a web that changes by days: all that happens, and so the key to what is true when.
struct World {
  WorldOptions options;
  std::vector<Entry> entries;
  std::vector<Source> sources;
  std::vector<Event> events;  // by day
  std::vector<Fault> faults;  // at most one of a source
  std::vector<Noise> noise;

  // The same options give the same world.
  static World make(const WorldOptions& options);

  const Fault* fault_of(int source) const;
  // Whether the source's own page is sent on that day, at its address or where that leads.
  bool is_readable(int source, int day) const;
  bool has_noise(int source, NoiseKind kind, int day) const;
  std::vector<const Event*> events_on(int day) const;
  // Those that a source tells on that day, the newest first.
  std::vector<const Event*> told_by(int source, int day) const;
  // The sentence that a source has for a fact on that day.
  std::string fact_sentence(int source, Fact fact, int day) const;
};

bool is_feed(SourceKind kind);
std::string_view name_of(EventKind kind);
std::string_view name_of(FaultKind kind);
// Whether a reader of the source's page finds it there in so many words: no rumour, contradiction or advertising.
bool is_plain(EventKind kind);

}  // namespace stubkeeper::world
