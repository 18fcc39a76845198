#include "cron/schedule_installer.h"

#include "base/text/ascii.h"
#include "base/text/strings.h"

namespace stubkeeper::cron {

Status ScheduleInstaller::run(const std::vector<std::string>& arguments, const std::string& input) {
  SubprocessCommand command;
  command.arguments = arguments;
  command.input = input;
  command.with_errors = true;
  const auto result = runner_.run(command);
  const std::string shown = "`" + join(arguments, " ") + "`";
  if (!result.ok())
    return Error{result.error().code, shown + " " + result.error().message, "",
                 "`stubkeeper schedule show` prints what to put where"};
  if (result->exit_code == 0) return {};
  return Error{ErrorCode::io, shown + " failed: " + std::string{trim_ascii(result->output)}, "",
               "`stubkeeper schedule show` prints what to put where"};
}

// crontab -l fails where the user has none yet. Any other failure must not be taken for an empty crontab.
Result<std::string> ScheduleInstaller::read_crontab() {
  SubprocessCommand command;
  command.arguments = {"crontab", "-l"};
  auto result = runner_.run(command);
  if (result.ok() && result->exit_code == 0) return std::move(result->output);
  command.with_errors = true;
  if (result.ok()) result = runner_.run(command);
  if (!result.ok())
    return Error{result.error().code, "`crontab -l` " + result.error().message, "",
                 "install cron, or use `--form systemd`"};
  if (result->output.find("no crontab") != std::string::npos) return std::string{};
  return Error{ErrorCode::io, "`crontab -l` failed: " + std::string{trim_ascii(result->output)}, "",
               "`stubkeeper schedule show` prints the line for another way"};
}

Status ScheduleInstaller::write_crontab(const std::string& text) {
  return text.empty() ? run({"crontab", "-r"}) : run({"crontab", "-"}, text);
}

Status ScheduleInstaller::install(ScheduleForm form, const Schedule& schedule) {
  STUBKEEPER_ASSIGN(const auto schedule_text, schedule_files(form, schedule));
  if (form == ScheduleForm::crontab) {
    STUBKEEPER_ASSIGN(const std::string before, read_crontab());
    return write_crontab(replace_crontab_block(before, schedule.folder, schedule_text.front().text));
  }
  for (const ScheduleFile& file : schedule_text)
    STUBKEEPER_TRY(files_.write_atomically(path_of(file), file.text));
  if (form == ScheduleForm::launchd) {
    // Loaded already: an agent is read anew only where it was unloaded.
    static_cast<void>(run({"launchctl", "unload", path_of(schedule_text.front())}));
    return run({"launchctl", "load", "-w", path_of(schedule_text.front())});
  }
  STUBKEEPER_TRY(run({"systemctl", "--user", "daemon-reload"}));
  return run({"systemctl", "--user", "enable", "--now", schedule_name(schedule.folder) + ".timer"});
}

Result<bool> ScheduleInstaller::remove(ScheduleForm form, const std::string& folder) {
  STUBKEEPER_ASSIGN(const auto found, find(form, folder));
  if (!found) return false;
  if (form == ScheduleForm::crontab) {
    STUBKEEPER_ASSIGN(const std::string before, read_crontab());
    STUBKEEPER_TRY(write_crontab(replace_crontab_block(before, folder, "")));
    return true;
  }
  STUBKEEPER_ASSIGN(const auto schedule_text, schedule_files(form, {"", folder, 24, ""}));
  if (form == ScheduleForm::launchd) {
    STUBKEEPER_TRY(run({"launchctl", "unload", "-w", path_of(schedule_text.front())}));
  } else {
    STUBKEEPER_TRY(run({"systemctl", "--user", "disable", "--now", schedule_name(folder) + ".timer"}));
  }
  for (const ScheduleFile& file : schedule_text) STUBKEEPER_TRY(files_.remove_file(path_of(file)));
  if (form == ScheduleForm::systemd) STUBKEEPER_TRY(run({"systemctl", "--user", "daemon-reload"}));
  return true;
}

Result<std::optional<std::string>> ScheduleInstaller::find(ScheduleForm form, const std::string& folder) {
  if (form == ScheduleForm::crontab) {
    const auto crontab = read_crontab();
    if (!crontab.ok() && crontab.error().code == ErrorCode::not_found) return std::optional<std::string>{};
    if (!crontab.ok()) return crontab.error();
    const std::string line = find_crontab_line(*crontab, folder);
    return line.empty() ? std::optional<std::string>{} : std::optional{line};
  }
  STUBKEEPER_ASSIGN(const auto schedule_text, schedule_files(form, {"", folder, 24, ""}));
  const std::string path = path_of(schedule_text.back());
  STUBKEEPER_ASSIGN(const auto info, files_.info(path));
  return info ? std::optional{path} : std::optional<std::string>{};
}

}  // namespace stubkeeper::cron
