#include "crawler/robots.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "cli/commands/commands.h"
#include "cli/exit_code.h"
#include "cli/json_output.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  std::string file;
  std::string agent;
  std::vector<std::string> addresses;
};

Result<int> decide(const Session& session, const Options& options) {
  const std::string path =
      (std::filesystem::path{session.environment.current_folder} / options.file).lexically_normal().string();
  STUBKEEPER_ASSIGN(const std::string body, session.environment.files.read(path, 10'000'000));
  const auto robots = crawler::Robots::parse(body);
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  bool all_allowed = true;
  for (const std::string& address : options.addresses) {
    const auto decision = robots.decide(options.agent, address);
    all_allowed = all_allowed && decision.allowed;
    if (session.options.json) {
      nlohmann::ordered_json rule = nullptr;
      if (decision.rule) {
        rule = {{"allow", decision.rule->allow},
                {"pattern", decision.rule->pattern},
                {"line", decision.rule->line}};
      }
      json.push_back({{"url", address}, {"allowed", decision.allowed}, {"rule", rule}});
      continue;
    }
    session.environment.out << fmt::format(
        "{:<10}  {}  {}\n", decision.allowed ? "allowed" : "disallowed", printable(address),
        decision.rule
            ? fmt::format("line {}: {}: {}", decision.rule->line, decision.rule->allow ? "Allow" : "Disallow",
                          printable(decision.rule->pattern))
            : "no rule matches");
  }
  if (session.options.json) print_json(session, {{"agent", options.agent}, {"decisions", json}});
  return all_allowed ? done : failed_or_found;
}

}  // namespace

void add_robots_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(
      program, "robots", "May an agent fetch these? With the rule of robots.txt that decides",
      "  stubkeeper robots robots.txt --agent stubkeeper https://example.org/a /b?c=d\n\n"
      "Exit code 1 where any of them is disallowed. RFC 9309.");
  command->add_option("file", options->file, "A robots.txt")->required()->type_name("FILE");
  command->add_option("url", options->addresses, "Addresses or paths")->required()->type_name("URL");
  command->add_option("--agent", options->agent, "The crawler's product token")
      ->required()
      ->type_name("NAME");
  command->callback(
      [&session, options] { session.chosen = [&session, options] { return decide(session, *options); }; });
}

}  // namespace stubkeeper::cli
