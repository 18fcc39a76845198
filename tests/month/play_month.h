#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/world/web_server.h"
#include "tests/world/world.h"

namespace stubkeeper::month {

// A change as `review list --json` has it.
struct ProposedChange {
  int id = 0;
  std::string entry;
  std::string kind;
  std::string new_text;
  std::vector<std::string> quotes;
  std::vector<std::string> flags;  // their names
};

// A day of the month: one run by cron, the owner's review, and an export.
struct Day {
  int day = 0;
  int exit_code = 0;
  std::string mail;       // the output of the run
  nlohmann::json report;  // of the run, as `report --json` has it
  std::string markdown;   // the same as a document
  std::vector<ProposedChange> proposed;
  std::vector<world::WebRequest> requests;
  std::uintmax_t store_bytes = 0;
  double refresh_seconds = 0;
  double seconds = 0;  // of the whole day
};

// A played month, by whose world its days are judged.
struct Month {
  world::World world;
  std::string folder;                        // with the knowledge base
  std::vector<Day> days;                     // the first one is day 0, on which the section was taken in
  nlohmann::json status;                     // at the end
  std::map<std::string, std::string> files;  // of the section at the end
};

// Plays the days of a world with the program: it runs once a day, 24 hours apart but for 90 seconds, the owner approves
// all that is not flagged and of the rest what is planted as true, and the section is exported. The folder has to
// be empty. Sets http_proxy in this process. Error: throws std::runtime_error where the program fails.
Month play_month(const world::WorldOptions& options, const std::string& folder);

}  // namespace stubkeeper::month
