#pragma once

#include <optional>
#include <string>

#include "base/file_system.h"
#include "base/subprocess.h"
#include "cron/schedule.h"

namespace stubkeeper::cron {

// Installs and removes the schedule of a knowledge base, by crontab(1), systemctl(1) or launchctl(1). Borrows
// files and runner.
class ScheduleInstaller {
 public:
  ScheduleInstaller(FileSystem& files, SubprocessRunner& runner, std::string home)
      : files_(files), runner_(runner), home_(std::move(home)) {}

  // Adds the schedule, or replaces that of the same knowledge base. Other lines of a crontab keep their bytes.
  Status install(ScheduleForm form, const Schedule& schedule);
  // Takes it away; false where there is none.
  Result<bool> remove(ScheduleForm form, const std::string& folder);
  // Where the schedule of a knowledge base is: the crontab's line, or the file of a timer or agent.
  Result<std::optional<std::string>> find(ScheduleForm form, const std::string& folder);

 private:
  Result<std::string> read_crontab();
  Status write_crontab(const std::string& text);
  Status run(const std::vector<std::string>& arguments, const std::string& input = "");
  std::string path_of(const ScheduleFile& file) const { return home_ + "/" + file.path; }

  FileSystem& files_;
  SubprocessRunner& runner_;
  std::string home_;
};

}  // namespace stubkeeper::cron
