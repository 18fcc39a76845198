// The review page over 10,000 waiting changes: its first view after the start, the next change, an approval
// with the change that it leads to, the queue and the overview, each as its whole answer over loopback; and
// beside them `stubkeeper review list` of the same changes, which is a process of its own. Wall clock.
//
// Usage: stubkeeper-serve-bench [RUNS]    (docs/performance.md)

#include <fmt/format.h>
#include <httplib.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/bench/generated_section.h"
#include "tests/bench/measured_program.h"
#include "tests/bench/table.h"
#include "tests/bench/value_or_exit.h"
#include "tests/bench/waiting_changes.h"

namespace {

namespace fs = std::filesystem;
using stubkeeper::bench::fail_benchmark;
using stubkeeper::bench::run_measured;
using stubkeeper::bench::Table;

const std::string program = STUBKEEPER_PROGRAM;
constexpr int entries = 1'000;

// `stubkeeper serve`, and a browser that has shown its token.
class Served {
 public:
  explicit Served(const std::string& kb) {
    int ends[2];
    if (pipe(ends) != 0) fail_benchmark("no pipe");
    process_ = fork();
    if (process_ == 0) {
      dup2(ends[1], 1);
      execl(program.c_str(), program.c_str(), "serve", "--no-open", "--json", "--kb", kb.c_str(),
            static_cast<char*>(nullptr));
      _exit(127);
    }
    close(ends[1]);
    std::string printed;
    char byte = 0;
    nlohmann::json startup_report;
    while (!startup_report.is_object() && read(ends[0], &byte, 1) == 1) {
      printed += byte;
      if (byte == '\n') startup_report = nlohmann::json::parse(printed, nullptr, false);
    }
    close(ends[0]);
    if (!startup_report.is_object()) fail_benchmark("serve does not listen");
    const std::string address = startup_report["address"];
    port_ = std::stoi(address.substr(std::string{"http://127.0.0.1:"}.size()));
    const auto entered = client().Post("/enter", headers(), httplib::Params{{"token", startup_report["token"]}});
    if (!entered || entered->status != 303) fail_benchmark("the token is not taken");
    const std::string cookie = entered->get_header_value("Set-Cookie");
    cookie_ = cookie.substr(0, cookie.find(';'));
  }
  ~Served() {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  std::string get(const std::string& path) {
    const auto got = client().Get(path, headers());
    if (!got || got->status != 200) fail_benchmark("no page at " + path);
    return got->body;
  }
  // Where it leads to.
  std::string post(const httplib::Params& fields) {
    const auto got = client().Post("/review", headers(), fields);
    if (!got || got->status != 303) fail_benchmark("a decision was not taken");
    return got->get_header_value("Location");
  }

 private:
  httplib::Client client() const { return httplib::Client{"127.0.0.1", port_}; }
  httplib::Headers headers() const { return {{"Cookie", cookie_}, {"Sec-Fetch-Site", "same-origin"}}; }
  pid_t process_ = -1;
  int port_ = 0;
  std::string cookie_;
};

std::string field(const std::string& page, const std::string& name) {
  const std::string before = "name=\"" + name + "\" value=\"";
  const std::size_t begin = page.find(before);
  if (begin == std::string::npos) fail_benchmark("the page has no field " + name);
  const std::size_t value = begin + before.size();
  return page.substr(value, page.find('"', value) - value);
}

template <typename Work>
void measure(Table& table, const std::string& name, Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  stubkeeper::bench::Cost cost;
  cost.milliseconds = took.count();
  table.add(name, cost);
}

void measure_pages(const std::string& kb, Table& table) {
  Served served{kb};
  std::string page;
  measure(table, "first view", [&] { page = served.get("/review"); });
  for (int i = 0; i < 10; ++i) {
    const std::string next = "/review?from=" + field(page, "next");
    measure(table, "next change", [&] { page = served.get(next); });
  }
  for (int i = 0; i < 10; ++i) {
    const httplib::Params fields{{"csrf", field(page, "csrf")},
                                 {"id", field(page, "id")},
                                 {"seen", field(page, "seen")},
                                 {"next", field(page, "next")},
                                 {"do", "approve"}};
    measure(table, "approve, and the next", [&] { page = served.get(served.post(fields)); });
  }
  measure(table, "queue", [&] { served.get("/queue"); });
  measure(table, "overview", [&] { served.get("/overview"); });
}

}  // namespace

int main(int argument_count, char** words) {
  const int runs = argument_count > 1 ? std::max(1, std::atoi(words[1])) : 5;
  std::string pattern = (fs::temp_directory_path() / "stubkeeper-serve-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) fail_benchmark("no temporary folder can be made");
  const std::string content = pattern + "/research";
  const std::string kb = pattern + "/kb";
  stubkeeper::bench::make_section(content, entries);
  run_measured({program, "init", kb, "--site", content});
  run_measured({program, "import", "--quiet", "--kb", kb, content});
  stubkeeper::bench::propose_changes(kb);
  Table table;
  for (int run = 0; run < runs; ++run) {
    table.add("stubkeeper review list", run_measured({program, "review", "list", "--kb", kb}));
    measure_pages(kb, table);
  }
  fs::remove_all(pattern);
  fmt::print("10,000 waiting changes of 1,000 entries, {} runs, wall clock (MB: of `review list` alone)\n",
             runs);
  table.print("stubkeeper review list");
  return 0;
}
