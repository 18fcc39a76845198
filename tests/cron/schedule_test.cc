#include "cron/schedule.h"

#include <cstdlib>
#include <ctime>
#include <map>

#include "cron/schedule_installer.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::cron;
using namespace stubkeeper::testing;

namespace {

// A machine with a crontab; other programs are noted, and succeed.
class FakeMachine final : public SubprocessRunner {
 public:
  std::string crontab;
  bool has_crontab = false;
  std::string failure;  // of `crontab -l`
  std::vector<std::vector<std::string>> others;

  Result<SubprocessResult> run(const SubprocessCommand& command) override {
    const auto& words = command.arguments;
    if (words.front() != "crontab") {
      others.push_back(words);
      return SubprocessResult{};
    }
    if (words.at(1) == "-l" && !failure.empty())
      return SubprocessResult{1, command.with_errors ? failure : ""};
    if (words.at(1) == "-l" && !has_crontab)
      return SubprocessResult{1, command.with_errors ? "no crontab for jane\n" : ""};
    if (words.at(1) == "-l") return SubprocessResult{0, crontab};
    has_crontab = words.at(1) == "-";
    crontab = std::string{command.input};
    return SubprocessResult{};
  }
};

struct Installation {
  TemporaryFolder home;
  DiskFileSystem files;
  FakeMachine machine;
  ScheduleInstaller installer{files, machine, home.path()};
  Schedule schedule{"/opt/stubkeeper/bin/stubkeeper", "/home/jane/kb", 24, ""};
};

}  // namespace

TEST_CASE("a crontab keeps its other lines byte for byte, also one without a line end") {
  for (const std::string before : {"", "MAILTO=jane\n# mine\n5 4 * * * /usr/bin/true  \n", "0 1 * * * x"}) {
    Installation jane;
    jane.machine.crontab = before;
    jane.machine.has_crontab = !before.empty();
    REQUIRE(jane.installer.install(ScheduleForm::crontab, jane.schedule).ok());
    CHECK(jane.machine.crontab.starts_with(before));
    CHECK(jane.machine.crontab.ends_with(
        "\n17 6 * * * '/opt/stubkeeper/bin/stubkeeper' refresh --quiet --kb '/home/jane/kb'\n"));
    CHECK(ok(jane.installer.remove(ScheduleForm::crontab, jane.schedule.folder)));
    CHECK(jane.machine.crontab == (before == "0 1 * * * x" ? before + "\n" : before));
    CHECK(jane.machine.has_crontab == !before.empty());
    CHECK_FALSE(ok(jane.installer.remove(ScheduleForm::crontab, jane.schedule.folder)));
  }
}

TEST_CASE("a second schedule of a knowledge base replaces the first, and another's stays") {
  Installation jane;
  Schedule other = jane.schedule;
  other.folder = "/home/jane/kb2";
  REQUIRE(jane.installer.install(ScheduleForm::crontab, jane.schedule).ok());
  REQUIRE(jane.installer.install(ScheduleForm::crontab, other).ok());
  const std::string two = jane.machine.crontab;
  jane.schedule.every_hours = 6;
  REQUIRE(jane.installer.install(ScheduleForm::crontab, jane.schedule).ok());
  CHECK(find_crontab_line(jane.machine.crontab, jane.schedule.folder).starts_with("17 */6 * * * "));
  CHECK(find_crontab_line(jane.machine.crontab, other.folder) == find_crontab_line(two, other.folder));
  CHECK(ok(jane.installer.remove(ScheduleForm::crontab, jane.schedule.folder)));
  CHECK(find_crontab_line(jane.machine.crontab, jane.schedule.folder).empty());
  CHECK_FALSE(find_crontab_line(jane.machine.crontab, other.folder).empty());
}

TEST_CASE("a crontab that cannot be read is never written") {
  Installation jane;
  jane.machine.crontab = "5 4 * * * /usr/bin/true\n";
  jane.machine.has_crontab = true;
  jane.machine.failure = "crontab: you (jane) are not allowed to use this program\n";
  CHECK_FALSE(jane.installer.install(ScheduleForm::crontab, jane.schedule).ok());
  CHECK_FALSE(jane.installer.remove(ScheduleForm::crontab, jane.schedule.folder).ok());
  CHECK(jane.machine.crontab == "5 4 * * * /usr/bin/true\n");
}

TEST_CASE("a systemd timer is written, enabled, found and taken away again") {
  Installation jane;
  REQUIRE(jane.installer.install(ScheduleForm::systemd, jane.schedule).ok());
  const auto timer = ok(jane.installer.find(ScheduleForm::systemd, jane.schedule.folder));
  REQUIRE(timer);
  CHECK(read_file(*timer).find("OnCalendar=*-*-* 06:17:00\nPersistent=true\n") != std::string::npos);
  CHECK(jane.machine.others.back() ==
        std::vector<std::string>{"systemctl", "--user", "enable", "--now",
                                 schedule_name(jane.schedule.folder) + ".timer"});
  CHECK(ok(jane.installer.remove(ScheduleForm::systemd, jane.schedule.folder)));
  CHECK_FALSE(ok(jane.installer.find(ScheduleForm::systemd, jane.schedule.folder)));
}

TEST_CASE("a launchd agent runs at wake for what was missed, and writes its log") {
  Installation jane;
  jane.schedule.every_hours = 12;
  REQUIRE(jane.installer.install(ScheduleForm::launchd, jane.schedule).ok());
  const auto agent = ok(jane.installer.find(ScheduleForm::launchd, jane.schedule.folder));
  REQUIRE(agent);
  const std::string plist = read_file(*agent);
  CHECK(plist.find("<key>Hour</key><integer>12</integer>") != std::string::npos);
  CHECK(plist.find("<key>StandardOutPath</key><string>/home/jane/kb/refresh.log</string>") !=
        std::string::npos);
}

TEST_CASE("systemd's own verifier takes service and timer, with odd characters in their paths") {
  if (std::system("command -v systemd-analyze >/dev/null 2>&1") != 0)
    FAIL("systemd-analyze is not installed");
  TemporaryFolder folder;
  write_file(folder / "a b%c/stubkeeper", "#!/bin/sh\n");
  std::filesystem::permissions(folder / "a b%c/stubkeeper", std::filesystem::perms::owner_all);
  const Schedule schedule{folder / "a b%c/stubkeeper", "/home/jane/my $kb \"1\"", 6, folder / "log file"};
  std::string command = "systemd-analyze verify --man=no";
  for (const ScheduleFile& file : ok(schedule_files(ScheduleForm::systemd, schedule))) {
    const std::string path = folder / std::filesystem::path{file.path}.filename().string();
    write_file(path, file.text);
    command += " '" + path + "'";
  }
  CHECK(std::system((command + " >'" + (folder / "out") + "' 2>&1").c_str()) == 0);
  CHECK(read_file(folder / "out").empty());
}

TEST_CASE("the next run is at minute 17, at six or at the hours of the interval") {
  ::setenv("TZ", "UTC", 1);
  ::tzset();
  const auto next = [](int hours, const std::string& now) {
    return rfc3339(next_scheduled_run(hours, *parse_rfc3339(now)));
  };
  CHECK(next(24, "2026-11-30T06:16:59Z") == "2026-11-30T06:17:00Z");
  CHECK(next(24, "2026-11-30T06:17:00Z") == "2026-12-01T06:17:00Z");
  CHECK(next(6, "2026-11-30T06:20:00Z") == "2026-11-30T12:17:00Z");
  CHECK(next(6, "2026-11-30T18:20:00Z") == "2026-12-01T00:17:00Z");
  CHECK(next(1, "2026-12-31T23:59:00Z") == "2027-01-01T00:17:00Z");
}

TEST_CASE("a path that a crontab cannot hold is refused by name") {
  for (const std::string folder : {"/home/jane/50%", "/home/jane/a\nb"}) {
    const auto files = schedule_files(ScheduleForm::crontab, {"/usr/bin/stubkeeper", folder, 24, ""});
    REQUIRE_FALSE(files.ok());
    CHECK(files.error().where == folder);
  }
}
