#include "cron/schedule.h"

#include <fmt/format.h>

#include "base/text/strings.h"

namespace stubkeeper::cron {
namespace {

constexpr int minute = 17;

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

std::string crontab(const std::string& program, const std::string& folder, int hours) {
  const std::string when = hours >= 24  ? fmt::format("{} 6 * * *", minute)
                           : hours == 1 ? fmt::format("{} * * * *", minute)
                                        : fmt::format("{} */{} * * *", minute, hours);
  return fmt::format(
      "# Add this line with `crontab -e`. Cron mails what the run prints: failures only, with --quiet.\n"
      "{} {} refresh --quiet --kb {}\n",
      when, quote_for_shell(program), quote_for_shell(folder));
}

std::string systemd(const std::string& program, const std::string& folder, int hours) {
  return fmt::format(
      "# ~/.config/systemd/user/stubkeeper.service\n"
      "[Unit]\nDescription=stubkeeper refresh\n\n"
      "[Service]\nType=oneshot\nExecStart={} refresh --quiet --kb {}\n"
      "# Done in part is no failure of the service.\nSuccessExitStatus=3\n\n"
      "# ~/.config/systemd/user/stubkeeper.timer; then: systemctl --user enable --now stubkeeper.timer\n"
      "[Unit]\nDescription=stubkeeper refresh, every {} hours\n\n"
      "[Timer]\nOnBootSec=10min\nOnUnitActiveSec={}h\nRandomizedDelaySec=10min\nPersistent=true\n\n"
      "[Install]\nWantedBy=timers.target\n",
      quote_for_systemd(program), quote_for_systemd(folder), hours, hours);
}

std::string launchd(const std::string& program, const std::string& folder, int hours) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<!-- ~/Library/LaunchAgents/stubkeeper.refresh.plist; then: launchctl load that file -->\n"
      "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
      "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
      "<plist version=\"1.0\">\n<dict>\n"
      "  <key>Label</key><string>stubkeeper.refresh</string>\n"
      "  <key>ProgramArguments</key>\n  <array>\n"
      "    <string>{}</string>\n    <string>refresh</string>\n    <string>--quiet</string>\n"
      "    <string>--kb</string>\n    <string>{}</string>\n  </array>\n"
      "  <key>StartInterval</key><integer>{}</integer>\n"
      "</dict>\n</plist>\n",
      escape_xml(program), escape_xml(folder), hours * 3600);
}

}  // namespace

Result<std::string> schedule_text(const std::string& form, const std::string& program,
                                  const std::string& folder, int every_hours) {
  for (const std::string& path : {program, folder}) {
    const bool percent = form == "crontab" && path.find('%') != std::string::npos;
    if (path.find('\n') == std::string::npos && !percent) continue;
    return Error{ErrorCode::invalid_argument,
                 "a path with a line break or '%' in it cannot stand in this file", path,
                 "move it to a path without"};
  }
  if (form == "crontab") return crontab(program, folder, every_hours);
  if (form == "systemd") return systemd(program, folder, every_hours);
  if (form == "launchd") return launchd(program, folder, every_hours);
  return Error{ErrorCode::invalid_argument, "unknown form \"" + form + "\"", "",
               "known: crontab, systemd, launchd"};
}

}  // namespace stubkeeper::cron
