// How fast and how large, as ratios against a named peer that does comparable work on the same input in the
// same run:
//
//   import, check and an export with nothing to do, of a real section, against Hugo building that section;
//   a refresh of 5,000 unchanged sources on loopback, against `curl --parallel` asking for the same list:
//   with a store that has seen one run and one that has seen twenty more, each also with the check of the
//   whole store, which the first run in a day makes.
//
// Usage: stubkeeper-bench SECTION [RUNS]    (docs/performance.md)

#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "tests/bench/measured_program.h"
#include "tests/bench/table.h"

namespace {

namespace fs = std::filesystem;
using stubkeeper::bench::run_measured;
using stubkeeper::bench::Table;

const std::string program = STUBKEEPER_PROGRAM;
constexpr int sources = 5'000;
constexpr int parallel = 16;
constexpr int earlier_runs = 20;

void measure_section(const fs::path& scratch, const std::string& section, int runs) {
  Table table;
  const fs::path site = scratch / "site";
  fs::copy(fs::path{STUBKEEPER_SOURCE} / "tests/data/site", site, fs::copy_options::recursive);
  fs::create_directories(site / "content");
  fs::copy(section, site / "content/research", fs::copy_options::recursive);
  for (int i = 0; i < runs; ++i) {
    const std::string kb = (scratch / ("kb" + std::to_string(i))).string();
    const std::string content = (site / "content/research").string();
    run_measured({program, "init", kb, "--site", content});
    table.add("stubkeeper import", run_measured({program, "import", "--kb", kb, content}));
    table.add("stubkeeper check", run_measured({program, "check", "--kb", kb}, true));
    run_measured({program, "export", "--kb", kb});
    table.add("stubkeeper export, nothing to do", run_measured({program, "export", "--kb", kb}));
    fs::remove_all(site / "public");
    table.add("hugo", run_measured({"hugo", "--quiet", "--source", site.string()}));
  }
  const auto files = std::count_if(fs::recursive_directory_iterator{section}, {},
                                   [](const fs::directory_entry& item) { return item.is_regular_file(); });
  fmt::print("A section of {} files, {} runs\n", files, runs);
  table.print("hugo");
}

// Pages that are all the same to the network: one ETag, so that one header asks for all of them.
class UnchangedWeb {
 public:
  UnchangedWeb() {
    server_.new_task_queue = [] { return new httplib::ThreadPool(2 * parallel); };
    server_.set_keep_alive_max_count(1'000'000);
    server_.Get(".*", [](const httplib::Request& request, httplib::Response& response) {
      if (request.path == "/robots.txt") {
        response.status = 404;
        return;
      }
      response.set_header("ETag", "\"v1\"");
      if (request.get_header_value("If-None-Match") == "\"v1\"") {
        response.status = 304;
        return;
      }
      response.set_content(
          "<title>Page " + request.path + "</title><main><p>What page " + request.path + " says.</p></main>",
          "text/html");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread{[this] { server_.listen_after_bind(); }};
  }
  ~UnchangedWeb() {
    server_.stop();
    thread_.join();
  }
  std::string address(int page) const { return fmt::format("http://127.0.0.1:{}/pump-{}", port_, page); }

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

// A copy, so that what was noted of the old file does not hold for it: the whole store is checked first.
std::string copy_knowledge_base(const std::string& kb) {
  fs::remove_all(kb + "-copy");
  fs::copy(kb, kb + "-copy", fs::copy_options::recursive);
  return kb + "-copy";
}

void measure_refresh(const fs::path& scratch, int runs) {
  UnchangedWeb web;
  const std::string kb = (scratch / "refresh").string();
  run_measured({program, "init", kb});
  std::ofstream{kb + "/stubkeeper.toml"}
      << "[fetch]\nallow_addresses = [\"127.0.0.1\"]\ndelay_ms = 0\nparallel = " << parallel
      << "\nparallel_per_host = " << parallel << "\n";
  std::vector<std::string> add{program, "source", "add", "--kb", kb, "--type", "page"};
  std::ofstream list{scratch / "curl.txt"};
  for (int page = 0; page < sources; ++page) {
    add.push_back(web.address(page));
    list << "url = \"" << web.address(page) << "\"\noutput = \"/dev/null\"\n";
  }
  list.close();
  const auto refresh = [](const std::string& folder) {
    return run_measured({program, "refresh", "--kb", folder, "--force"});
  };
  run_measured(add);
  refresh(kb);
  const std::string aged = kb + "-aged";
  fs::copy(kb, aged, fs::copy_options::recursive);
  for (int i = 0; i < earlier_runs; ++i) refresh(aged);
  const std::string after_earlier = fmt::format("after {} runs", earlier_runs);
  Table table;
  for (int i = 0; i < runs; ++i) {
    table.add("refresh, all 304", refresh(kb));
    table.add("  the day's first", refresh(copy_knowledge_base(kb)));
    table.add("  " + after_earlier, refresh(aged));
    table.add("  the day's first, " + after_earlier, refresh(copy_knowledge_base(aged)));
    table.add("curl --parallel", run_measured({"curl", "--silent", "--parallel", "--parallel-max",
                                               std::to_string(parallel), "--header", "If-None-Match: \"v1\"",
                                               "--config", (scratch / "curl.txt").string()}));
  }
  fmt::print("{} unchanged sources on loopback, {} at a time, {} runs\n", sources, parallel, runs);
  table.print("curl --parallel");
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::cerr << "usage: stubkeeper-bench SECTION [RUNS]\n";
    return 2;
  }
  const int runs = count > 2 ? std::max(1, std::atoi(words[2])) : 5;
  std::string pattern = (fs::temp_directory_path() / "stubkeeper-bench-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) return 1;
  measure_section(pattern, fs::absolute(words[1]).string(), runs);
  measure_refresh(pattern, runs);
  fs::remove_all(pattern);
  return 0;
}
