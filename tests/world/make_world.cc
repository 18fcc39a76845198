#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "tests/world/calendar.h"
#include "tests/world/forms.h"
#include "tests/world/world.h"

namespace stubkeeper::world {
namespace {

// That the numbers below are for; more entries and more days have more of everything.
constexpr int entries_of_plan = 40;
constexpr int days_of_plan = 30;
constexpr int entries_per_trade_paper = 8;
constexpr int wires = 2;
// Between two events of an entry, so that each is looked for by itself.
constexpr int min_days_between_events = 4;
// A fault begins and ends well within the month, so that it is both seen and seen to end.
constexpr int first_fault_day = 3;

struct EventPlan {
  EventKind kind;
  int count;
};
constexpr std::array<EventPlan, event_kind_count> event_plans{{{EventKind::funding, 8},
                                                               {EventKind::launch, 8},
                                                               {EventKind::change_of_chief, 5},
                                                               {EventKind::superseded_figure, 6},
                                                               {EventKind::contradiction, 3},
                                                               {EventKind::syndicated, 4},
                                                               {EventKind::promotion, 4}}};

struct FaultPlan {
  FaultKind kind;
  int count;
  int days;  // that it lasts; 0 for good
};
constexpr std::array<FaultPlan, fault_kind_count> fault_plans{{{FaultKind::moved, 2, 0},
                                                               {FaultKind::missing, 2, 3},
                                                               {FaultKind::gone, 1, 0},
                                                               {FaultKind::server_error, 1, 2},
                                                               {FaultKind::paywall, 2, 0},
                                                               {FaultKind::login_wall, 1, 0},
                                                               {FaultKind::consent_wall, 1, 5},
                                                               {FaultKind::bot_challenge, 1, 4},
                                                               {FaultKind::shrunk, 1, 0}}};

class Maker {
 public:
  explicit Maker(const WorldOptions& options) : random_(options.seed, "plan"), names_(options.seed) {
    world_.options = options;
  }

  World make() {
    for (int i = 0; i < world_.options.entries; ++i) add_entry(i);
    for (int i = 0; i < wires; ++i)
      add_source(-1, SourceKind::wire_feed, fmt::format("wire-{}.example", i + 1), "/feed.xml");
    add_noise();
    std::vector<int> order;
    for (const Entry& entry : world_.entries)
      if (!entry.sources.empty()) order.push_back(entry.id);
    random_.shuffle(order);
    add_faults(order);
    add_events(order);
    return std::move(world_);
  }

 private:
  int faults_of(const FaultPlan& plan) const {
    return std::max(1, plan.count * world_.options.entries / entries_of_plan);
  }

  int events_of(const EventPlan& plan) const {
    return std::max(
        1, plan.count * world_.options.entries * world_.options.days / (entries_of_plan * days_of_plan));
  }

  int add_source(int entry, SourceKind kind, const std::string& host, const std::string& path) {
    const int id = static_cast<int>(world_.sources.size());
    world_.sources.push_back({id, entry, kind, host, path});
    if (entry >= 0) world_.entries[static_cast<std::size_t>(entry)].sources.push_back(id);
    return id;
  }

  Words words_of(const Entry& entry) {
    return {{"company", entry.company.name},
            {"singular", std::string{entry.company.trade.singular}},
            {"plural", std::string{entry.company.trade.plural}},
            {"town", entry.town},
            {"year", std::to_string(random_.between(1961, 2018))},
            {"number", std::to_string(random_.between(41, 940))},
            {"person", entry.chief}};
  }

  void add_entry(int id) {
    Entry entry;
    entry.id = id;
    entry.company = names_.company();
    entry.path = "makers/" + entry.company.slug;
    entry.town = names_.town();
    entry.chief = names_.person();
    for (int fact = 0; fact < fact_count; ++fact)
      entry.facts[static_cast<Fact>(fact)] =
          write_fact(static_cast<Fact>(fact), form_of(id), words_of(entry));
    for (const int days_ago : {9, 31, 74}) {
      Words words = event_words(entry, -days_ago);
      const auto kind = random_.below(2) == 0 ? EventKind::launch : EventKind::syndicated;
      entry.past_news.push_back(draw_sentence(random_, kind, words));
    }
    entry.due_day = due_day();
    world_.entries.push_back(entry);
    // The last one never had a source.
    if (id + 1 == world_.options.entries) {
      world_.entries.back().due_day = 1;
      return;
    }
    const std::string host = entry.company.slug + ".example";
    add_source(id, SourceKind::about, host, "/about");
    add_source(id, SourceKind::newsroom, host, "/news");
    if (id % 2 == 0) {
      add_source(id, SourceKind::company_feed, host, "/feed.xml");
    } else {
      add_source(id, SourceKind::profile, fmt::format("paper-{}.example", id / entries_per_trade_paper + 1),
                 "/companies/" + entry.company.slug);
    }
  }

  static int form_of(int entry) { return entry; }

  Words event_words(const Entry& entry, int day) {
    static constexpr auto rounds = std::to_array<std::string_view>(
        {"seed round", "Series A round", "Series B round", "growth round", "bridge loan"});
    Words words = words_of(entry);
    words["date"] = written_date(day);
    words["later"] = written_date(day + random_.between(10, 40));
    words["amount"] = fmt::format("${} million", random_.between(11, 180));
    words["round"] = random_.pick(rounds);
    words["investor"] = names_.investor();
    words["customer"] = names_.customer();
    words["product"] = names_.product();
    words["rating"] = fmt::format("{} {}", random_.between(12, 890), entry.company.trade.unit);
    return words;
  }

  // A working day of the month, or one long after it.
  int due_day() {
    if (random_.below(2) == 0) return world_.options.days + 60;
    return working_day(2, world_.options.days - 1);
  }

  int working_day(int first, int last) {
    for (;;) {
      const int day = random_.between(first, last);
      if (!is_weekend(day)) return day;
    }
  }

  void add_noise() {
    for (const Source& source : world_.sources) {
      if (is_feed(source.kind)) continue;
      if (source.id % 3 != 0) world_.noise.push_back({NoiseKind::clock, source.id, 0});
      if (source.id % 3 == 2) world_.noise.push_back({NoiseKind::boxes, source.id, 0});
      const int first = working_day(2, world_.options.days);
      if (source.id % 11 == 4) world_.noise.push_back({NoiseKind::redesign, source.id, first});
      if (source.id % 7 == 3) world_.noise.push_back({NoiseKind::typo, source.id, first});
      if (source.id % 9 == 5) world_.noise.push_back({NoiseKind::reordered, source.id, first});
    }
  }

  // Takes entries from the end of the list; events happen to the others.
  void add_faults(std::vector<int>& order) {
    const int last_day = world_.options.days;
    const int last_first_day = std::max(first_fault_day, last_day / 2);
    for (const FaultPlan& plan : fault_plans) {
      for (int i = 0; i < faults_of(plan) && order.size() > 2; ++i) {
        Entry& entry = world_.entries[static_cast<std::size_t>(order.back())];
        order.pop_back();
        Fault fault;
        fault.kind = plan.kind;
        fault.first_day = working_day(first_fault_day, last_first_day);
        fault.last_day = plan.days == 0 ? last_day + 1000 : fault.first_day + plan.days - 1;
        // A wall is where there is much to read.
        const bool is_wall = plan.kind >= FaultKind::paywall;
        fault.source = is_wall ? entry.sources.back() : entry.sources.front();
        if (is_wall && is_feed(world_.sources[static_cast<std::size_t>(fault.source)].kind))
          fault.source = entry.sources.front();
        world_.faults.push_back(fault);
        // It is stale while the source cannot be read.
        entry.due_day = working_day(fault.first_day + 1, fault.first_day + 4);
      }
    }
  }

  void add_events(const std::vector<int>& order) {
    std::vector<EventKind> kinds;
    for (const EventPlan& plan : event_plans)
      kinds.insert(kinds.end(), static_cast<std::size_t>(events_of(plan)), plan.kind);
    std::size_t at = 0;
    for (const EventKind kind : kinds) {
      Entry& entry = world_.entries[static_cast<std::size_t>(order[at++ % order.size()])];
      add_event(entry, kind);
    }
    std::stable_sort(world_.events.begin(), world_.events.end(),
                     [](const Event& a, const Event& b) { return a.day < b.day; });
    for (std::size_t i = 0; i < world_.events.size(); ++i) world_.events[i].id = static_cast<int>(i);
  }

  bool is_free(const Entry& entry, int day) const {
    return std::ranges::none_of(world_.events, [&](const Event& event) {
      return event.entry == entry.id && std::abs(event.day - day) < min_days_between_events;
    });
  }

  void add_event(Entry& entry, EventKind kind) {
    Event event;
    event.kind = kind;
    event.entry = entry.id;
    constexpr int tries = 100;
    event.day = working_day(1, world_.options.days);
    for (int i = 0; i < tries && !is_free(entry, event.day); ++i)
      event.day = working_day(1, world_.options.days);
    Words words = event_words(entry, event.day);
    const auto values = [&](std::initializer_list<const char*> names) {
      for (const char* name : names) event.values.push_back(words.at(name));
    };
    const int about = entry.sources[0];
    const int newsroom = entry.sources[1];
    event.sources = {newsroom};
    switch (kind) {
      case EventKind::funding:
        values({"amount", "investor"});
        // Told on a page, in a feed, or by both.
        if (random_.below(2) == 0) event.sources.push_back(entry.sources[2]);
        break;
      case EventKind::launch:
        values({"product", "rating"});
        if (random_.below(3) == 0) event.sources = {entry.sources[2]};
        break;
      case EventKind::change_of_chief:
        words["former"] = entry.chief;
        do words["person"] = names_.person();
        while (words["person"] == entry.chief);
        event.superseded = entry.chief;
        values({"person"});
        event.sources.push_back(about);
        event.fact = Fact::chief;
        event.fact_sentence = write_fact(event.fact, form_of(entry.id), words);
        break;
      case EventKind::superseded_figure:
        event.sources = {about};
        event.fact = random_.below(2) == 0 ? Fact::employees : Fact::capacity;
        event.superseded = entry.facts.at(event.fact);
        event.fact_sentence = write_fact(event.fact, form_of(entry.id), words);
        values({"number"});
        break;
      case EventKind::contradiction:
        event.sources = {entry.sources[2]};
        values({"year"});
        break;
      case EventKind::syndicated:
        values({"customer", "number"});
        for (const Source& source : world_.sources)
          if (source.kind == SourceKind::wire_feed) event.sources.push_back(source.id);
        break;
      case EventKind::promotion:
        break;
    }
    if (kind != EventKind::superseded_figure) {
      event.headline = draw_headline(random_, kind, words);
      event.sentence = draw_sentence(random_, kind, words);
    }
    world_.events.push_back(std::move(event));
  }

  World world_;
  Random random_;
  Names names_;
};

}  // namespace

World World::make(const WorldOptions& options) {
  return Maker{options}.make();
}

}  // namespace stubkeeper::world
