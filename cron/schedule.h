#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace stubkeeper::cron {

enum class ScheduleForm { crontab, systemd, launchd };
const char* schedule_form_name(ScheduleForm form);

// A run of `PROGRAM refresh --quiet --kb FOLDER` every so many hours (1..24), at minute 17: daily at 06:17, else
// at the hours that `every_hours` divides, from 00:17 on. Local time.
struct Schedule {
  std::string program;  // absolute, as cron's PATH is /usr/bin:/bin
  std::string folder;   // of the knowledge base, absolute
  int every_hours = 24;
  std::string log;  // a file for what runs print; "": cron's mail, systemd's journal
};

// A file, or the lines of a crontab.
struct ScheduleFile {
  std::string path;  // below the home folder: ".config/systemd/user/..."; "" for the crontab
  std::string text;
};

// The files of a schedule: a block of a crontab (crontab(5)), a systemd user service with its timer
// (systemd.timer(5), Persistent, so that a run missed in sleep is made up for), a launchd agent
// (launchd.plist(5), which does the same). Paths are quoted for each. Error: invalid_argument for a path with a
// line break or (crontab) '%'.
Result<std::vector<ScheduleFile>> schedule_files(ScheduleForm form, const Schedule& schedule);

// A crontab with the block of a knowledge base added, replaced (`block`) or removed (an empty one). Other lines
// keep their bytes.
std::string replace_crontab_block(const std::string& crontab, const std::string& folder,
                                  const std::string& block);

// The line of a crontab that refreshes a knowledge base, as replace_crontab_block() wrote it; "" for none.
std::string find_crontab_line(const std::string& crontab, const std::string& folder);

// The name of the units and the agent of a knowledge base: one for each folder.
std::string schedule_name(const std::string& folder);

// The next time after `now` at which such a schedule runs, by the machine's time zone.
Timestamp next_scheduled_run(int every_hours, Timestamp now);

}  // namespace stubkeeper::cron
