#include "tests/support/demonstration.h"

#include <filesystem>
#include <regex>
#include <sstream>

#include "tests/support/catch.h"

namespace stubkeeper::testing {
namespace {

namespace fs = std::filesystem;

const std::string of_project = STUBKEEPER_SOURCE "/scripts/demo";

std::string content_type_of(const fs::path& file) {
  if (file.extension() == ".html") return "text/html; charset=utf-8";
  return file.extension() == ".atom" ? "application/atom+xml" : "application/rss+xml";
}

}  // namespace

Demonstration::Demonstration(Program program) : program_(std::move(program)) {
  fs::copy(of_project + "/site", site_, fs::copy_options::recursive);
  serve("first");
  run_ok({"init", kb_, "--site", research()});
}

void Demonstration::serve_second_refresh() {
  serve("second");
}

void Demonstration::serve(const std::string& look) {
  const fs::path web = of_project + "/web/" + look;
  int served = 0;
  for (const auto& file : fs::recursive_directory_iterator{web}) {
    if (!file.is_regular_file()) continue;
    server_.serve_page("/" + fs::relative(file.path(), web).generic_string(), read_file(file.path().string()),
                       content_type_of(file.path()));
    ++served;
  }
  REQUIRE(served > 0);
}

void Demonstration::allow_loopback() {
  const std::string file = kb_ + "/stubkeeper.toml";
  std::string toml = read_file(file);
  toml = std::regex_replace(toml, std::regex{"\ndelay_ms = [^\n]*"}, "\ndelay_ms = 0");
  toml = std::regex_replace(toml, std::regex{"\nparallel = [^\n]*"}, "$&\nallow_addresses = [\"127.0.0.1\"]");
  write_file(file, toml);
}

void Demonstration::import_and_add_sources() {
  run_ok({"import", research()});
  std::istringstream lines{read_file(of_project + "/sources.txt")};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream fields{line};
    std::string kind;
    std::string path;
    std::string entry;
    std::string title;
    fields >> kind >> path >> entry >> std::ws;
    std::getline(fields, title);
    std::vector<std::string> words{"source", "add", server_.address("/" + path), "--type", kind};
    if (entry != "-") words.insert(words.end(), {"--entry", entry, "--title", title});
    run_ok(std::move(words));
  }
}

std::string Demonstration::run_ok(std::vector<std::string> words) {
  if (words.front() != "init") words.insert(words.end(), {"--kb", kb_});
  const ProgramResult result = program_(words);
  INFO(words.front() << ": " << result.out << result.err);
  REQUIRE(result.exit_code == 0);
  return result.out;
}

nlohmann::json Demonstration::json(std::vector<std::string> words) {
  words.emplace_back("--json");
  auto parsed = nlohmann::json::parse(run_ok(std::move(words)), nullptr, false);
  REQUIRE_FALSE(parsed.is_discarded());
  return parsed;
}

}  // namespace stubkeeper::testing
