#include "tests/month/play_month.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/month/judge.h"
#include "tests/support/program_in_process.h"
#include "tests/world/calendar.h"
#include "tests/world/random.h"
#include "tests/world/section.h"

namespace stubkeeper::month {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using SteadyTime = std::chrono::steady_clock;

constexpr std::chrono::minutes time_of_cron{6 * 60 + 17};
constexpr int max_seconds_off = 90;
constexpr int partly_done = 3;

void write_file(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream{path, std::ios::binary} << bytes;
}

std::string read_file(const fs::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream{path, std::ios::binary}.rdbuf();
  return bytes.str();
}

double seconds_since(SteadyTime::time_point start) {
  return std::chrono::duration<double>(SteadyTime::now() - start).count();
}

std::uintmax_t size_of_store(const fs::path& kb) {
  std::uintmax_t bytes = 0;
  for (const char* name : {"kb.sqlite", "kb.sqlite-wal"}) {
    std::error_code missing;
    const auto size = fs::file_size(kb / name, missing);
    if (!missing) bytes += size;
  }
  return bytes;
}

ProposedChange parse_change(const Json& json) {
  ProposedChange change{json.at("id"), json.at("entry"), json.at("kind"), json.at("new_text"), {}, {}};
  for (const Json& quote : json.at("quotes")) change.quotes.push_back(quote.value("quote", ""));
  for (const Json& flag : json.at("flags")) change.flags.push_back(flag.at("name"));
  return change;
}

class Player {
 public:
  Player(const world::WorldOptions& options, const std::string& folder)
      : month_{world::World::make(options), folder, {}, {}, {}},
        server_(month_.world),
        program_("2026-11-01T00:00:00Z"),
        cron_(options.seed, "cron") {
    program_.program = STUBKEEPER_PROGRAM;
    ::setenv("http_proxy", server_.address().c_str(), 1);
    ::unsetenv("no_proxy");
    ::unsetenv("NO_PROXY");
  }

  Month play() {
    set_day(0);
    begin();
    for (int day = 0; day <= month_.world.options.days; ++day) play_day(day);
    month_.status = run_json({"status"});
    for (const auto& file : fs::recursive_directory_iterator{site_folder()})
      if (file.is_regular_file())
        month_.files[file.path().lexically_relative(site_folder()).generic_string()] = read_file(file.path());
    return std::move(month_);
  }

 private:
  fs::path kb_folder() const { return fs::path{month_.folder} / "kb"; }
  fs::path site_folder() const { return fs::path{month_.folder} / "site"; }

  std::string run(std::vector<std::string> words, bool may_be_partial = false) {
    if (words.front() != "init") words.insert(words.end(), {"--kb", kb_folder().string()});
    const auto result = program_.run(words);
    exit_code_ = result.exit_code;
    if (result.exit_code != 0 && !(may_be_partial && result.exit_code == partly_done))
      throw std::runtime_error{
          fmt::format("{} ended with {}: {}{}", words.front(), result.exit_code, result.out, result.err)};
    return result.out;
  }

  Json run_json(std::vector<std::string> words) {
    words.push_back("--json");
    return Json::parse(run(std::move(words)));
  }

  // Takes the section in.
  void begin() {
    for (const auto& [path, bytes] : world::render_section(month_.world))
      write_file(site_folder() / path, bytes);
    run({"init", kb_folder().string(), "--site", site_folder().string()});
    write_file(kb_folder() / "stubkeeper.toml",
               "[site]\ncontent = \"" + site_folder().string() +
                   "\"\n[fetch]\ndelay_ms = 0\nparallel = 1\n[review]\nreviewer = \"jane\"\n[report]\nwhen = "
                   "\"news\"\n");
    run({"import", site_folder().string()});
    for (const world::Source& source : month_.world.sources) {
      if (!world::is_feed(source.kind)) continue;
      std::vector<std::string> words{"source", "add", source.address(), "--type", "feed"};
      if (source.entry >= 0)
        words.insert(words.end(),
                     {"--entry", month_.world.entries[static_cast<std::size_t>(source.entry)].path});
      run(words);
    }
  }

  void set_day(int day) {
    server_.set_day(day);
    const std::chrono::seconds off{cron_.between(-max_seconds_off, max_seconds_off)};
    program_.clock.set(
        std::chrono::time_point_cast<std::chrono::milliseconds>(world::date_of(day) + time_of_cron + off));
  }

  void play_day(int number) {
    if (number > 0) set_day(number);
    const auto start = SteadyTime::now();
    Day day;
    day.day = number;
    day.mail = run({"refresh"}, true);
    day.exit_code = exit_code_;
    day.refresh_seconds = seconds_since(start);
    day.requests = server_.take_requests();
    day.report = run_json({"report"});
    day.markdown = run({"report", "--format", "markdown"});
    day.proposed = take_proposed();
    review(day);
    run({"export"}, true);
    day.store_bytes = size_of_store(kb_folder());
    day.seconds = seconds_since(start);
    month_.days.push_back(std::move(day));
  }

  // The changes that were not there the day before.
  std::vector<ProposedChange> take_proposed() {
    std::vector<ProposedChange> proposed;
    const Json list = run_json({"review", "list"});
    for (const Json& json : list.at("changes")) {
      ProposedChange change = parse_change(json);
      if (change.id > last_change_) proposed.push_back(std::move(change));
    }
    for (const ProposedChange& change : proposed) last_change_ = std::max(last_change_, change.id);
    return proposed;
  }

  void review(const Day& day) {
    run({"review", "approve", "--all-unflagged"});
    for (const ProposedChange& change : day.proposed) {
      if (change.flags.empty()) continue;
      const world::Event* event = find_event(month_.world, change, day.day);
      if (event != nullptr && world::is_plain(event->kind))
        run({"review", "approve", std::to_string(change.id)}, true);
    }
  }

  Month month_;
  world::WebServer server_;
  testing::ProgramInProcess program_;
  world::Random cron_;
  int exit_code_ = 0;
  int last_change_ = 0;
};

}  // namespace

Month play_month(const world::WorldOptions& options, const std::string& folder) {
  return Player{options, folder}.play();
}

}  // namespace stubkeeper::month
