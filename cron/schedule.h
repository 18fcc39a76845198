#pragma once

#include <string>

#include "base/result.h"

namespace stubkeeper::cron {

// A schedule for `PROGRAM refresh --quiet --kb FOLDER` every `every_hours` hours (1..24), off the full hour.
// Forms: a crontab line ("crontab"), a systemd user service and timer ("systemd"), a launchd agent
// ("launchd"), each with a comment on where to put it and paths quoted for it. Error: invalid_argument for
// another form, and for a path with a line break or (crontab) '%'.
Result<std::string> schedule_text(const std::string& form, const std::string& program,
                                  const std::string& folder, int every_hours);

}  // namespace stubkeeper::cron
