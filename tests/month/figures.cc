// Plays a month and prints its figures: recall, looks, days with mail, the store by day, time (docs/performance.md).
//
// Usage: stubkeeper-month [--days N] [--entries N] [--seed N] [--changes] [--keep]
// --changes lists all mails and proposed changes, --keep leaves the knowledge base and the section behind.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>

#include "tests/month/judge.h"
#include "tests/month/play_month.h"

namespace {

namespace fs = std::filesystem;
using namespace stubkeeper;

struct Options {
  world::WorldOptions world;
  bool lists_changes = false;
  bool keeps_folder = false;
};

Options parse_options(int argument_count, char** words) {
  Options options;
  const std::map<std::string, int*> numbers{{"--days", &options.world.days},
                                            {"--entries", &options.world.entries}};
  for (int i = 1; i < argument_count; ++i) {
    const std::string word = words[i];
    if (word == "--changes" || word == "--keep") {
      (word == "--keep" ? options.keeps_folder : options.lists_changes) = true;
      continue;
    }
    if (i + 1 == argument_count) throw std::runtime_error{"no option, or without its value: " + word};
    const int value = std::atoi(words[++i]);
    if (value < 1) throw std::runtime_error{word + " takes a number from 1 on"};
    if (word == "--seed") {
      options.world.seed = static_cast<std::uint64_t>(value);
    } else if (const auto number = numbers.find(word); number != numbers.end()) {
      *number->second = value;
    } else {
      throw std::runtime_error{"no option: " + word};
    }
  }
  return options;
}

void print_recall(const month::Month& month) {
  fmt::print("{:<20} {:>8} {:>8} {:>12}\n", "planted", "events", "found", "on its day");
  for (int i = 0; i < world::event_kind_count; ++i) {
    const auto kind = static_cast<world::EventKind>(i);
    int planted = 0;
    int found = 0;
    int in_time = 0;
    for (const world::Event& event : month.world.events) {
      if (event.kind != kind) continue;
      const int day = month::day_found(month, event);
      ++planted;
      found += day >= 0 ? 1 : 0;
      in_time += day == event.day ? 1 : 0;
      if (day < 0 && world::is_plain(kind))
        fmt::print("missed, day {}: {}{}\n", event.day, event.sentence, event.fact_sentence);
    }
    fmt::print("{:<20} {:>8} {:>8} {:>12}\n", world::name_of(kind), planted, found, in_time);
  }
}

// Superseded values that the section still says at the end, and days on which cron sent mail.
void print_sums(const month::Month& month) {
  int superseded = 0;
  int left = 0;
  for (const world::Event& event : month.world.events) {
    if (event.superseded.empty()) continue;
    ++superseded;
    const std::string& path = month.world.entries[static_cast<std::size_t>(event.entry)].path;
    left += month.files.at(path + ".md").find(event.superseded) == std::string::npos ? 0 : 1;
  }
  std::size_t looks = 0;
  std::size_t mails = 0;
  std::size_t certified = 0;
  double seconds = 0;
  double refresh_seconds = 0;
  for (const month::Day& day : month.days) {
    looks += day.requests.size();
    mails += day.mail.empty() ? 0 : 1;
    seconds += day.seconds;
    refresh_seconds += day.refresh_seconds;
    certified += static_cast<std::size_t>(std::ranges::count_if(
        day.proposed, [](const month::ProposedChange& change) { return change.kind == "rechecked"; }));
  }
  fmt::print("\n{} of {} superseded values are still in the section beside the new ones\n", left, superseded);
  fmt::print("{} looks, {} of {} days with mail, {} entries rechecked, {} stale at the end\n", looks, mails,
             month.days.size(), certified, month.status.at("stale").size());
  fmt::print("store: {} KB after the first day, {} KB at the end\n", month.days.front().store_bytes / 1024,
             month.days.back().store_bytes / 1024);
  fmt::print("{:.1f} s, of them {:.1f} s for the refreshes\n", seconds, refresh_seconds);
}

void print_days(const month::Month& month) {
  fmt::print("\n{:>4} {:>6} {:>8} {:>6} {:>9} {:>9} {:>9} {:>9}\n", "day", "looks", "proposed", "mail",
             "snapshots", "store KB", "refresh s", "day s");
  for (const month::Day& day : month.days)
    fmt::print("{:>4} {:>6} {:>8} {:>6} {:>9} {:>9} {:>9.2f} {:>9.2f}\n", day.day, day.requests.size(),
               day.proposed.size(), day.mail.empty() ? "" : "yes", day.report.value("snapshots", 0),
               day.store_bytes / 1024, day.refresh_seconds, day.seconds);
}

void print_changes(const month::Month& month) {
  for (const month::Day& day : month.days) {
    fmt::print("--- day {}, exit code {}\n{}", day.day, day.exit_code, day.mail);
    for (const month::ProposedChange& change : day.proposed) {
      fmt::print("  {} {} {}: {}", change.id, change.entry, change.kind, change.new_text);
      for (const std::string& flag : change.flags) fmt::print(" [{}]", flag);
      fmt::print("\n");
    }
  }
}

int run(const Options& options, const std::string& folder) {
  const auto month = month::play_month(options.world, folder);
  if (options.lists_changes) print_changes(month);
  fmt::print("{} entries, {} sources, {} days, seed {}\n\n", month.world.entries.size(),
             month.world.sources.size(), month.world.options.days, month.world.options.seed);
  print_recall(month);
  const auto noise = month::list_noise(month);
  fmt::print("\n{} changes from noise\n", noise.size());
  for (const std::string& line : noise) fmt::print("  {}\n", line);
  print_sums(month);
  print_days(month);
  return 0;
}

}  // namespace

int main(int argument_count, char** words) {
  std::string folder = (fs::temp_directory_path() / "stubkeeper-month-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) {
    std::cerr << "no temporary folder can be made\n";
    return 1;
  }
  int code = 1;
  try {
    const Options options = parse_options(argument_count, words);
    code = run(options, folder);
    if (options.keeps_folder) {
      fmt::print("\nkept: {}\n", folder);
      return code;
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
  }
  fs::remove_all(folder);
  return code;
}
