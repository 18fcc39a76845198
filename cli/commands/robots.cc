#include "base/text/strings.h"
#include "crawler/robots.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text/utf8.h"
#include "cli/commands/commands.h"

namespace stubkeeper::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t max_bytes = 10'000'000;
constexpr std::uint64_t max_batch_bytes = 200'000'000;

struct Options {
  std::string file;
  std::string agent;
  std::vector<std::string> addresses;
  std::string batch;
};

Json decision_json(const std::string& address, const crawler::RobotsDecision& decision) {
  Json rule = nullptr;
  if (decision.rule) {
    rule = {
        {"allow", decision.rule->allow}, {"pattern", decision.rule->pattern}, {"line", decision.rule->line}};
  }
  return {{"url", address}, {"allowed", decision.allowed}, {"rule", rule}};
}

Result<int> decide(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const std::string body,
                    session.environment.files.read(session.absolute_path(options.file), max_bytes));
  const auto robots = crawler::Robots::parse(body);
  Json json = Json::array();
  bool all_allowed = true;
  for (const std::string& address : options.addresses) {
    const auto decision = robots.decide(options.agent, address);
    all_allowed = all_allowed && decision.allowed;
    if (session.options.json) {
      json.push_back(decision_json(address, decision));
      continue;
    }
    session.environment.out << fmt::format(
        "{:<10}  {}  {}\n", decision.allowed ? "allowed" : "disallowed", sanitize_for_terminal(address),
        decision.rule
            ? fmt::format("line {}: {}: {}", decision.rule->line, decision.rule->allow ? "Allow" : "Disallow",
                          sanitize_for_terminal(decision.rule->pattern))
            : "no rule matches");
  }
  if (session.options.json) print_json(session, {{"agent", options.agent}, {"decisions", json}});
  return all_allowed ? done : failed_or_found;
}

// A case of a batch decided, as its line of the output.
Result<std::string> decide_case(std::string_view line, const std::string& where) {
  const Json given = Json::parse(line, nullptr, false);
  const auto is_text = [&](const char* name) { return given.contains(name) && given[name].is_string(); };
  const bool whole = given.is_object() && is_text("robots") && is_text("agent") && given.contains("urls") &&
                     given["urls"].is_array() &&
                     std::all_of(given["urls"].begin(), given["urls"].end(),
                                 [](const Json& url) { return url.is_string(); });
  if (!whole) {
    return Error{ErrorCode::invalid_argument, "the line is no case", where,
                 R"(a case is {"robots": "User-agent: ...", "agent": "name", "urls": ["/a"]})"};
  }
  const auto robots = crawler::Robots::parse(given["robots"].get<std::string>());
  const auto agent = given["agent"].get<std::string>();
  Json decisions = Json::array();
  for (const Json& url : given["urls"]) {
    const auto address = url.get<std::string>();
    decisions.push_back(decision_json(address, robots.decide(agent, address)));
  }
  return Json{{"agent", agent}, {"decisions", decisions}}.dump(-1, ' ', false,
                                                               Json::error_handler_t::replace);
}

Result<int> decide_batch(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const std::string cases,
                    session.environment.files.read(session.absolute_path(options.batch), max_batch_bytes));
  std::size_t number = 0;
  for (const std::string_view line : split(cases, '\n')) {
    ++number;
    if (line.empty()) continue;
    STUBKEEPER_ASSIGN(const std::string decided,
                      decide_case(line, options.batch + ":" + std::to_string(number)));
    session.environment.out << decided << '\n';
  }
  return done;
}

Result<int> robots(const Session& session, const Options& options) {
  if (!options.batch.empty()) return decide_batch(session, options);
  if (options.file.empty() || options.addresses.empty() || options.agent.empty()) {
    return Error{ErrorCode::invalid_argument, "a file, --agent and addresses are required, or --batch", "",
                 "`stubkeeper robots --help` explains it"};
  }
  return decide(session, options);
}

}  // namespace

void add_robots_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      session.add_command(program, "robots", "Check whether robots.txt allows an agent to fetch addresses",
                          R"(  stubkeeper robots robots.txt --agent stubkeeper https://example.org/a /b?c=d
  stubkeeper robots --batch cases.jsonl

Prints the rule that decides (RFC 9309). Exit code 1 if any address is disallowed. With --batch, each line of the file
is a case {"robots": TEXT, "agent": NAME, "urls": [URL...]} and gets a line of JSON; the exit code is 0.)");
  CLI::Option* file = command->add_option("file", options->file, "A robots.txt")->type_name("FILE");
  CLI::Option* urls = command->add_option("url", options->addresses, "Addresses or paths")->type_name("URL");
  CLI::Option* agent =
      command->add_option("--agent", options->agent, "The crawler's product token")->type_name("NAME");
  command->add_option("--batch", options->batch, "Read many cases from a file")
      ->type_name("FILE")
      ->excludes(file)
      ->excludes(urls)
      ->excludes(agent);
  session.on_command(command, options, robots);
}

}  // namespace stubkeeper::cli
