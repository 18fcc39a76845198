#pragma once

#include <string>

#include "base/result.h"

namespace stubkeeper::cron {

// Text that runs `PROGRAM refresh --quiet --kb FOLDER` every `every_hours` hours (1..24), off the full hour
// so that not everybody's run meets at once: a crontab line ("crontab"), a systemd user service and timer
// ("systemd") or a launchd agent ("launchd"), each with a comment on where to put it. Paths are quoted for
// the form. invalid_argument for another form, or for a path with a line break or (crontab) '%' in it, which
// cron cannot take.
Result<std::string> schedule_text(const std::string& form, const std::string& program,
                                  const std::string& folder, int every_hours);

}  // namespace stubkeeper::cron
