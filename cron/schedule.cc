#include "cron/schedule.h"

#include <fmt/format.h>

#include <ctime>

#include "base/sha256.h"
#include "base/text/strings.h"

namespace stubkeeper::cron {
namespace {

constexpr int minute = 17;
constexpr int daily_hour = 6;

std::string quote_for_shell(const std::string& word) {
  return "'" + replace_all(word, "'", R"('\'')") + "'";
}

// systemd.service(5): in double quotes, with C-like escapes; % begins a specifier, $ a variable.
std::string quote_for_systemd(const std::string& word) {
  std::string text = replace_all(replace_all(word, "\\", "\\\\"), "\"", "\\\"");
  return "\"" + replace_all(replace_all(text, "%", "%%"), "$", "$$") + "\"";
}

std::string escape_xml(const std::string& word) {
  return replace_all(replace_all(replace_all(word, "&", "&amp;"), "<", "&lt;"), ">", "&gt;");
}

std::string crontab_marker(const std::string& folder) {
  return "# stubkeeper refreshes " + folder + " (`stubkeeper schedule remove` takes this out)\n";
}

std::string crontab_block(const Schedule& schedule) {
  const int hours = schedule.every_hours;
  const std::string when = hours >= 24  ? fmt::format("{} {} * * *", minute, daily_hour)
                           : hours == 1 ? fmt::format("{} * * * *", minute)
                                        : fmt::format("{} */{} * * *", minute, hours);
  const std::string redirection = schedule.log.empty() ? "" : " >>" + quote_for_shell(schedule.log) + " 2>&1";
  return crontab_marker(schedule.folder) + fmt::format("{} {} refresh --quiet --kb {}{}\n", when,
                                                       quote_for_shell(schedule.program),
                                                       quote_for_shell(schedule.folder), redirection);
}

std::string systemd_service(const Schedule& schedule) {
  const std::string log = schedule.log.empty()
                              ? ""
                              : fmt::format("StandardOutput=append:{}\nStandardError=inherit\n",
                                            replace_all(schedule.log, "%", "%%"));
  return fmt::format(
      "[Unit]\nDescription=stubkeeper refresh\n\n"
      "[Service]\nType=oneshot\nExecStart={} refresh --quiet --kb {}\n{}"
      "# Done in part is no failure of the service.\nSuccessExitStatus=3\n",
      quote_for_systemd(schedule.program), quote_for_systemd(schedule.folder), log);
}

std::string systemd_timer(const Schedule& schedule) {
  const int hours = schedule.every_hours;
  const std::string when = hours >= 24  ? fmt::format("*-*-* {:02}:{}:00", daily_hour, minute)
                           : hours == 1 ? fmt::format("*-*-* *:{}:00", minute)
                                        : fmt::format("*-*-* 00/{}:{}:00", hours, minute);
  return fmt::format(
      "[Unit]\nDescription=stubkeeper refresh, every {} hours\n\n"
      "[Timer]\nOnCalendar={}\nPersistent=true\n\n"
      "[Install]\nWantedBy=timers.target\n",
      hours, when);
}

std::string launchd_agent(const Schedule& schedule) {
  std::string times;
  const int hours = schedule.every_hours;
  for (int hour = hours >= 24 ? daily_hour : 0; hour < 24; hour += hours) {
    times += fmt::format(
        "    <dict><key>Hour</key><integer>{}</integer><key>Minute</key><integer>{}</integer></dict>\n", hour,
        minute);
  }
  const std::string log = escape_xml(schedule.log.empty() ? schedule.folder + "/refresh.log" : schedule.log);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
      "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
      "<plist version=\"1.0\">\n<dict>\n"
      "  <key>Label</key><string>{}</string>\n"
      "  <key>ProgramArguments</key>\n  <array>\n"
      "    <string>{}</string>\n    <string>refresh</string>\n    <string>--quiet</string>\n"
      "    <string>--kb</string>\n    <string>{}</string>\n  </array>\n"
      "  <key>StartCalendarInterval</key>\n  <array>\n{}  </array>\n"
      "  <key>StandardOutPath</key><string>{}</string>\n"
      "  <key>StandardErrorPath</key><string>{}</string>\n"
      "</dict>\n</plist>\n",
      schedule_name(schedule.folder), escape_xml(schedule.program), escape_xml(schedule.folder), times, log,
      log);
}

}  // namespace

const char* schedule_form_name(ScheduleForm form) {
  switch (form) {
    case ScheduleForm::crontab:
      return "crontab";
    case ScheduleForm::systemd:
      return "systemd";
    case ScheduleForm::launchd:
      return "launchd";
  }
  return "";
}

std::string schedule_name(const std::string& folder) {
  return "stubkeeper-" + sha256_hex(folder).substr(0, 8);
}

Result<std::vector<ScheduleFile>> schedule_files(ScheduleForm form, const Schedule& schedule) {
  for (const std::string& path : {schedule.program, schedule.folder, schedule.log}) {
    const bool percent = form == ScheduleForm::crontab && path.find('%') != std::string::npos;
    if (path.find('\n') == std::string::npos && !percent) continue;
    return Error{ErrorCode::invalid_argument, "a path with a line break or '%' cannot be in this file", path,
                 "move it to a path without"};
  }
  const std::string name = schedule_name(schedule.folder);
  switch (form) {
    case ScheduleForm::crontab:
      return std::vector<ScheduleFile>{{"", crontab_block(schedule)}};
    case ScheduleForm::systemd:
      return std::vector<ScheduleFile>{
          {".config/systemd/user/" + name + ".service", systemd_service(schedule)},
          {".config/systemd/user/" + name + ".timer", systemd_timer(schedule)}};
    case ScheduleForm::launchd:
      return std::vector<ScheduleFile>{{"Library/LaunchAgents/" + name + ".plist", launchd_agent(schedule)}};
  }
  return std::vector<ScheduleFile>{};
}

std::string find_crontab_line(const std::string& crontab, const std::string& folder) {
  const std::string marker = crontab_marker(folder);
  const std::size_t at = crontab.find(marker);
  if (at == std::string::npos || (at > 0 && crontab[at - 1] != '\n')) return "";
  const std::size_t begin = at + marker.size();
  const std::string line = crontab.substr(begin, crontab.find('\n', begin) - begin);
  return line.find(" refresh ") == std::string::npos ? "" : line;
}

std::string replace_crontab_block(const std::string& crontab, const std::string& folder,
                                  const std::string& block) {
  const std::string marker = crontab_marker(folder);
  const std::size_t at = crontab.find(marker);
  if (at == std::string::npos || (at > 0 && crontab[at - 1] != '\n')) {
    const bool ended = crontab.empty() || crontab.ends_with('\n') || block.empty();
    return crontab + (ended ? "" : "\n") + block;
  }
  std::size_t end = at + marker.size();
  if (!find_crontab_line(crontab, folder).empty()) {
    const std::size_t line_end = crontab.find('\n', end);
    end = line_end == std::string::npos ? crontab.size() : line_end + 1;
  }
  return crontab.substr(0, at) + block + crontab.substr(end);
}

Timestamp next_scheduled_run(int every_hours, Timestamp now) {
  using std::chrono::system_clock;
  const std::time_t begin = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  std::tm local{};
  ::localtime_r(&begin, &local);
  for (int hour = local.tm_hour;; ++hour) {
    const bool is_run = every_hours >= 24 ? hour % 24 == daily_hour : hour % 24 % every_hours == 0;
    if (!is_run) continue;
    std::tm candidate = local;
    candidate.tm_hour = hour;
    candidate.tm_min = minute;
    candidate.tm_sec = 0;
    candidate.tm_isdst = -1;
    const Timestamp time{std::chrono::seconds{std::mktime(&candidate)}};
    if (time > now) return time;
  }
}

}  // namespace stubkeeper::cron
