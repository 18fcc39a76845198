// A month on cron (docs/performance.md), played once for all of these tests.

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <set>

#include "tests/month/judge.h"
#include "tests/month/letters.h"
#include "tests/month/play_month.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"
#include "tests/world/calendar.h"

using namespace stubkeeper;
using month::Day;
using month::Month;
using month::ProposedChange;
using world::Event;
using world::EventKind;
using world::Fault;
using world::FaultKind;
using world::Source;

namespace {

constexpr int days = 30;
// As many as a build with sanitizers plays in a minute; the section that the world was made for has 40.
constexpr int entries = 20;

const Month& played() {
  static const testing::TemporaryFolder folder;
  static const Month month = month::play_month({1, entries, days}, folder.path());
  return month;
}

const world::Entry& entry_of(const Event& event) {
  return played().world.entries[static_cast<std::size_t>(event.entry)];
}

std::string address_of(const Fault& fault) {
  return played().world.sources[static_cast<std::size_t>(fault.source)].address();
}

std::string describe(const Event& event) {
  return "day " + std::to_string(event.day) + ", " + entry_of(event).path + ": " + event.sentence +
         event.fact_sentence;
}

std::vector<int> days_that_mail_names(const std::string& address) {
  std::vector<int> named;
  for (const Day& day : played().days)
    if (month::names_address(day.mail, address)) named.push_back(day.day);
  return named;
}

// The days on which a fault is news: when it begins, when the source is called gone, when it ends, when it moved.
std::set<int> news_days(const Fault& fault) {
  std::set<int> news;
  const int seen = month::day_fault_seen(played(), fault);
  if (seen < 0) return news;
  if (fault.kind == FaultKind::moved) {
    constexpr int days_until_moved = 3;
    news.insert(seen + days_until_moved - 1);
    return news;
  }
  news.insert(seen);
  if (const int healed = month::day_fault_healed(played(), fault); healed >= 0) news.insert(healed);
  return news;
}

std::vector<std::string> rechecked_on(const Day& day) {
  std::vector<std::string> paths;
  for (const ProposedChange& change : day.proposed)
    if (change.kind == "rechecked") paths.push_back(change.entry);
  return paths;
}

// Whether the last look at a source, at or before a day, brought its page.
bool was_read(const Source& source, int day) {
  const auto& all = played().days;
  for (auto at = all.rbegin(); at != all.rend(); ++at)
    if (at->day <= day && month::count_looks(*at, source.address()) > 0)
      return played().world.is_readable(source.id, at->day);
  // One that moved is asked for at its new address.
  const Fault* fault = played().world.fault_of(source.id);
  return fault != nullptr && fault->kind == FaultKind::moved;
}

}  // namespace

TEST_CASE("all that is planted as plain is proposed on the day that it is there, and published") {
  for (const Event& event : played().world.events) {
    if (!world::is_plain(event.kind)) continue;
    INFO(describe(event));
    CHECK(month::day_found(played(), event) == event.day);
    const std::string& page = played().files.at(entry_of(event).path + ".md");
    for (const std::string& value : event.values) {
      INFO(value);
      CHECK(page.find(value) != std::string::npos);
    }
  }
}

TEST_CASE("of a release that several places print, one is proposed without a flag") {
  for (const Event& event : played().world.events) {
    if (event.kind != EventKind::syndicated) continue;
    INFO(describe(event));
    int proposed = 0;
    for (const Day& day : played().days)
      for (const ProposedChange& change : day.proposed)
        if (change.flags.empty() && month::find_event(played().world, change, day.day) == &event) ++proposed;
    CHECK(proposed == 1);
  }
}

TEST_CASE("noise proposes nothing") {
  for (const std::string& line : month::list_noise(played())) FAIL_CHECK(line);
}

TEST_CASE("advertising is not proposed without a flag") {
  for (const Day& day : played().days) {
    for (const ProposedChange& change : day.proposed) {
      const Event* event = month::find_event(played().world, change, day.day);
      if (event == nullptr || event->kind != EventKind::promotion) continue;
      INFO(change.new_text);
      CHECK_FALSE(change.flags.empty());
    }
  }
}

TEST_CASE("the first look at pages that say what their entries say proposes nothing") {
  for (const ProposedChange& change : played().days.front().proposed) FAIL_CHECK(change.new_text);
}

TEST_CASE("a page that answers is looked at once a day, however the minutes of cron fall") {
  constexpr int days_that_may_lack = 2;
  for (const Source& source : played().world.sources) {
    if (played().world.fault_of(source.id) != nullptr) continue;
    INFO(source.address());
    int days_looked_at = 0;
    for (const Day& day : played().days) {
      const int looks = month::count_looks(day, source.address());
      CHECK(looks <= 1);
      if (day.day > 0) days_looked_at += looks;
    }
    CHECK(days_looked_at >= days - days_that_may_lack);
  }
}

TEST_CASE("a source that fails is looked at less and less, and after a week at the latest") {
  constexpr int max_days_between = 8;
  for (const Fault& fault : played().world.faults) {
    if (fault.last_day <= days || fault.kind == FaultKind::moved || fault.kind == FaultKind::gone) continue;
    INFO(address_of(fault));
    std::vector<int> looks;
    for (const Day& day : played().days)
      if (day.day >= fault.first_day && month::count_looks(day, address_of(fault)) > 0)
        looks.push_back(day.day);
    REQUIRE(looks.size() >= 3);
    for (std::size_t i = 2; i < looks.size(); ++i) {
      CHECK(looks[i] - looks[i - 1] >= looks[i - 1] - looks[i - 2]);
      CHECK(looks[i] - looks[i - 1] <= max_days_between);
    }
  }
}

TEST_CASE("no entry is certified over a source that was not read") {
  int certified = 0;
  for (const Day& day : played().days) {
    for (const std::string& path : rechecked_on(day)) {
      ++certified;
      const auto entry = std::ranges::find(played().world.entries, path, &world::Entry::path);
      REQUIRE(entry != played().world.entries.end());
      bool any_was_read = false;
      for (const int id : entry->sources) {
        const Source& source = played().world.sources[static_cast<std::size_t>(id)];
        const Fault* fault = played().world.fault_of(id);
        const bool is_gone = fault != nullptr && fault->kind == FaultKind::gone && day.day > fault->first_day;
        INFO("day " << day.day << ", " << source.address());
        if (!is_gone) CHECK(was_read(source, day.day));
        any_was_read = any_was_read || was_read(source, day.day);
      }
      CHECK(any_was_read);
    }
  }
  CHECK(certified > 0);
}

TEST_CASE("an entry whose sources were all read is certified when it falls due") {
  for (const world::Entry& entry : played().world.entries) {
    const bool has_trouble = entry.sources.empty() || std::ranges::any_of(entry.sources, [](int source) {
                               return played().world.fault_of(source) != nullptr;
                             });
    const bool has_events = std::ranges::any_of(played().world.events,
                                                [&](const Event& event) { return event.entry == entry.id; });
    if (has_trouble || has_events || entry.due_day > days) continue;
    INFO(entry.path << ", due on day " << entry.due_day);
    for (const Day& day : played().days) {
      const auto paths = rechecked_on(day);
      CHECK(std::ranges::count(paths, entry.path) == (day.day == entry.due_day ? 1 : 0));
    }
  }
}

TEST_CASE("a failure is told when it begins, and told again only when it ends") {
  for (const Fault& fault : played().world.faults) {
    INFO(world::name_of(fault.kind) << " from day " << fault.first_day << " to " << fault.last_day << ": "
                                    << address_of(fault));
    const std::set<int> expected = news_days(fault);
    CHECK_FALSE(expected.empty());
    CHECK(days_that_mail_names(address_of(fault)) == std::vector<int>(expected.begin(), expected.end()));
  }
}

TEST_CASE("cron sends mail on the days with news, and on no other") {
  int quiet_days = 0;
  for (const Day& day : played().days) {
    if (day.day == 0) continue;
    bool is_news = !rechecked_on(day).empty();
    for (const Event* event : played().world.events_on(day.day))
      is_news = is_news || event->kind != EventKind::promotion || !day.proposed.empty();
    bool is_failure = false;
    for (const Fault& fault : played().world.faults) {
      is_news = is_news || news_days(fault).contains(day.day);
      is_failure =
          is_failure || (month::is_failure(fault.kind) && month::day_fault_seen(played(), fault) == day.day);
    }
    INFO("day " << day.day << "\n" << day.mail);
    CHECK(day.mail.empty() == !is_news);
    CHECK(day.exit_code == (is_failure ? 3 : 0));
    quiet_days += is_news ? 0 : 1;
  }
  CHECK(quiet_days >= 5);
}

TEST_CASE("each stale entry says what it waits for") {
  std::map<std::string, std::string> expected;
  for (const world::Entry& entry : played().world.entries) {
    if (entry.due_day > days) continue;
    if (entry.sources.empty()) expected[entry.path] = "no-sources";
    for (const int source : entry.sources)
      if (!played().world.is_readable(source, days) &&
          played().world.fault_of(source)->kind != FaultKind::gone)
        expected[entry.path] = "failing-source";
  }
  std::map<std::string, std::string> found;
  for (const auto& stale : played().status.at("stale")) {
    found[stale.at("entry")] = stale.at("waits_for");
    CHECK_FALSE(stale.at("reason").get<std::string>().empty());
    CHECK_FALSE(stale.at("advice").get<std::string>().empty());
  }
  // What waits for the owner's word is not in the key.
  for (const auto& [path, reason] : found) {
    INFO(path);
    CHECK((expected.contains(path) ? expected.at(path) : "review") == reason);
  }
  for (const auto& [path, reason] : expected) {
    INFO(path << ": " << reason);
    CHECK(found.contains(path));
  }
}

TEST_CASE("the letters of the month read as they did") {
  for (const int day : month::days_with_kept_letters) {
    INFO("day " << day);
    month::check_letter(played(), day);
  }
}
