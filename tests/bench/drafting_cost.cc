// What a task costs a model to read, on a real section with real pages as sources, against the naive way: the
// entry's whole file and the whole pages.
//
// Usage: stubkeeper-drafting-bench DATA [EVERY]                 the table; every EVERYth entry (default 5)
//        stubkeeper-drafting-bench DATA request ENTRY PAGE [N...] [HTML]   one request's body, with the
//        passages N new and HTML put into the page; its hash goes to standard error
//
// DATA is a folder as STUBKEEPER_TEST_DATA names it. An entry is given as many pages as it has sources (at
// most 8), drawn from the real pages in turn; one of them gets new passages, which stand in the middle of it.
// Both ways ask with the same prompt, the same answer schema and the same endpoint class; pages count by
// their text as it is read, without their markup, which spares the naive way most of their bytes. Tokens are
// bytes of the request divided by four. The recorded tasks (tests/llm/recordings) are held against the
// entry's file and that one page alone, the least that the naive way can send.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <vector>

#include "crawler/passages.h"
#include "llm/drafting/prompt.h"
#include "llm/providers/provider.h"
#include "tests/data/real_tasks.h"
#include "tests/data/recordings.h"

namespace {

using namespace stubkeeper;
using testing::RealTaskName;
using testing::RealTasks;

constexpr std::size_t max_pages = 8;
constexpr std::size_t min_passage_bytes = 120;

std::string request_body(const llm::ModelRequest& request) {
  static const auto endpoint =
      std::move(*llm::make_endpoint(*llm::find_provider("openai"), {"http://127.0.0.1:8080/v1", "model", 0}));
  return endpoint->make_http_request(request).body;
}

// The naive way: everything.
llm::ModelRequest naive(const RealTasks::PreparedTask& made, const std::vector<std::string>& pages, bool steering) {
  llm::ModelRequest request;
  request.instructions = llm::drafting_prompt().text;
  request.schema_name = "draft";
  request.answer_schema = llm::drafting_answer_schema();
  request.max_output_tokens = 4000;
  if (steering)
    for (const llm::SteeringRule& rule : made.task.steering)
      request.input += "## " + rule.heading + "\n\n" + rule.text + "\n\n";
  request.input += made.entry_bytes;
  for (const std::string& page : pages) request.input += "\n\n" + page;
  return request;
}

// Passages from the middle of a page that say something.
std::vector<std::size_t> middle_passages(const std::string& text, std::size_t count) {
  const auto ranges = crawler::split_passages(text);
  const auto related = crawler::mark_related_pages(text, ranges);
  std::vector<std::size_t> chosen;
  for (std::size_t i = ranges.size() / 2; i < ranges.size() && chosen.size() < count; ++i)
    if (!related[i] && ranges[i].end - ranges[i].begin >= min_passage_bytes) chosen.push_back(i);
  return chosen;
}

struct Row {
  std::string name;
  std::vector<double> ours;
  std::vector<double> naive;
  std::vector<double> naive_without_steering;
};

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void print(const Row& row) {
  const double ours = std::accumulate(row.ours.begin(), row.ours.end(), 0.0);
  const auto share = [&](const std::vector<double>& of) {
    const double all = std::accumulate(of.begin(), of.end(), 0.0);
    return all == 0 ? 0 : 100 * ours / all;
  };
  fmt::print("{:<34}{:>6}{:>9.0f}{:>9.0f}{:>9.0f}{:>8.1f} %{:>8.1f} %\n", row.name, row.ours.size(),
             median(row.ours) / 4, median(row.naive) / 4, median(row.naive_without_steering) / 4,
             share(row.naive), share(row.naive_without_steering));
}

Status print_table(const RealTasks& tasks, std::size_t every) {
  std::vector<std::string> names;
  std::vector<std::string> texts;
  for (const std::string& name : tasks.pages()) {
    auto text = tasks.text(name);
    if (!text.ok() || middle_passages(*text, 3).size() < 3) continue;
    names.push_back(name);
    texts.push_back(*std::move(text));
  }
  std::vector<Row> rows{{"update, 1 new passage", {}, {}, {}},
                        {"update, 3 new passages", {}, {}, {}},
                        {"first sight of a page", {}, {}, {}}};
  std::size_t next = 0;
  std::size_t number = 0;
  for (const auto& [entry, sources] : tasks.entries_with_sources()) {
    if (sources == 0 || number++ % every != 0) continue;
    std::vector<std::string> pages;
    const std::size_t changed = next;
    for (std::size_t i = 0; i < std::min(sources, max_pages); ++i)
      pages.push_back(texts[next++ % texts.size()]);
    for (std::size_t kind = 0; kind < rows.size(); ++kind) {
      RealTaskName name{entry, names[changed % names.size()], {}, ""};
      if (kind < 2) name.new_passages = middle_passages(pages.front(), kind == 0 ? 1 : 3);
      STUBKEEPER_ASSIGN(const auto made, tasks.make(name));
      if (made.task.passages.empty()) continue;
      rows[kind].ours.push_back(static_cast<double>(request_body(testing::make_drafting_request(made.task)).size()));
      rows[kind].naive.push_back(static_cast<double>(request_body(naive(made, pages, true)).size()));
      rows[kind].naive_without_steering.push_back(
          static_cast<double>(request_body(naive(made, pages, false)).size()));
    }
  }
  fmt::print("{:<34}{:>6}{:>9}{:>9}{:>9}{:>10}{:>10}\n", "tokens a task (bytes / 4), median", "tasks", "ours",
             "naive", "no rules", "of naive", "no rules");
  for (const Row& row : rows) print(row);
  fmt::print("{:<34}{:>6}{:>9}\n", "unchanged source", "-", 0);
  return {};
}

// The recorded answers: what each task and each of its changes cost, both ways, with the answer.
Status print_recordings(const RealTasks& tasks, const std::string& folder) {
  STUBKEEPER_ASSIGN(const auto recordings, testing::load_recordings(folder));
  fmt::print("\n{:<58}{:>8}{:>8}{:>9}{:>9}{:>9}\n", "recorded tasks, tokens with the answer", "changes",
             "ours", "a change", "naive", "of naive");
  double all_ours = 0;
  double all_naive = 0;
  std::size_t all_changes = 0;
  for (const testing::Recording& recording : recordings) {
    STUBKEEPER_ASSIGN(const auto made, tasks.make(recording.task));
    const double answer = static_cast<double>(recording.answer.size()) / 4;
    const double ours = static_cast<double>(request_body(testing::make_drafting_request(made.task)).size()) / 4 + answer;
    const double whole =
        static_cast<double>(request_body(naive(made, {made.page_text}, false)).size()) / 4 + answer;
    const std::size_t changes = nlohmann::json::parse(recording.outcome)["changes"].size();
    fmt::print("{:<58}{:>8}{:>8.0f}{:>9}{:>9.0f}{:>7.1f} %\n",
               fmt::format("{} ({}{})", recording.task.entry, recording.task.page,
                           recording.task.new_passages.empty() ? ", whole" : ""),
               changes, ours, changes == 0 ? "-" : fmt::format("{:.0f}", ours / static_cast<double>(changes)),
               whole, 100 * ours / whole);
    all_ours += ours;
    all_naive += whole;
    all_changes += changes;
  }
  if (all_changes > 0)
    fmt::print("{:<58}{:>8}{:>8.0f}{:>9.0f}{:>9.0f}{:>7.1f} %\n", "all", all_changes, all_ours,
               all_ours / static_cast<double>(all_changes), all_naive, 100 * all_ours / all_naive);
  return {};
}

Status print_request(const RealTasks& tasks, int count, char** arguments) {
  RealTaskName name{arguments[3], arguments[4], {}, ""};
  for (int i = 5; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument.starts_with('<')) {
      name.injected_html = argument;
    } else {
      name.new_passages.push_back(static_cast<std::size_t>(std::strtoul(arguments[i], nullptr, 10)));
    }
  }
  STUBKEEPER_ASSIGN(const auto made, tasks.make(name));
  fmt::print(stderr, "{}\n", testing::hash_request(testing::make_drafting_request(made.task)));
  fmt::print("{}\n", request_body(testing::make_drafting_request(made.task)));
  return {};
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    fmt::print(stderr, "usage: stubkeeper-drafting-bench DATA [EVERY | request ENTRY PAGE [N...]]\n");
    return 2;
  }
  const auto tasks = RealTasks::open(arguments[1]);
  if (!tasks.ok()) {
    fmt::print(stderr, "{}\n", tasks.error().text());
    return 1;
  }
  const bool one = count > 4 && std::string{arguments[2]} == "request";
  const std::size_t every =
      count > 2 && !one ? static_cast<std::size_t>(std::max(1, std::atoi(arguments[2]))) : 5;
  Status done = one ? print_request(**tasks, count, arguments) : print_table(**tasks, every);
  if (done.ok() && !one) done = print_recordings(**tasks, STUBKEEPER_SOURCE "/tests/llm/recordings");
  if (!done.ok()) fmt::print(stderr, "{}\n", done.error().text());
  return done.ok() ? 0 : 1;
}
