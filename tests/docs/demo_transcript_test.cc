// What the README shows of the demonstration is what the program prints on it: the invented web of
// scripts/demo, served by a loopback server, by a clock that stands still.

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>

#include "cli/environment.h"
#include "cli/program.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/loopback_server.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;
namespace fs = std::filesystem;

namespace {

const std::string root = STUBKEEPER_SOURCE;

class Demonstration {
 public:
  Demonstration() {
    serve("first");
    fs::copy(root + "/scripts/demo/site", folder_ / "site", fs::copy_options::recursive);
    done({"init", kb_, "--site", folder_ / "site/content/research"});
    const std::string file = kb_ + "/stubkeeper.toml";
    std::string toml =
        std::regex_replace(read_file(file), std::regex{"\ndelay_ms = [^\n]*"}, "\ndelay_ms = 0");
    toml =
        std::regex_replace(toml, std::regex{"\nparallel = [^\n]*"}, "$&\nallow_addresses = [\"127.0.0.1\"]");
    write_file(file, toml);
    done({"import", folder_ / "site/content/research"});
    add_sources();
    done({"refresh"});
    done({"review", "approve", "--all-unflagged"});
    done({"export"});
    clock_.set("2026-11-27T10:00:00Z");
    serve("second");
  }

  // What a command prints, its last word replaced by the id of the change that the README shows.
  std::string said(std::vector<std::string> words) {
    if (words.size() == 3 && words[1] == "show") words[2] = id_of("first 60 K2 loops");
    return done(words);
  }

 private:
  std::string done(std::vector<std::string> words) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    if (words.front() != "init") words.insert(words.end(), {"--kb", kb_});
    cli::Environment environment{in,     out, err,    false,        false, false, 80, clock_,
                                 files_, kb_, "jane", "stubkeeper", {},    {},    {}};
    environment.variable = [](const std::string&) { return std::string{}; };
    environment.keep_going = [] { return true; };
    INFO(words.front() + ": " + err.str());
    REQUIRE(cli::run_program(environment, words) == 0);
    return out.str();
  }

  // The web of the first look, or the same some months on.
  void serve(const std::string& look) {
    const fs::path web = root + "/scripts/demo/web/" + look;
    for (const auto& file : fs::recursive_directory_iterator{web}) {
      if (!file.is_regular_file()) continue;
      const std::string kind = file.path().extension().string();
      server_.serve_page("/" + fs::relative(file.path(), web).generic_string(), read_file(file.path()),
                         kind == ".html"   ? "text/html; charset=utf-8"
                         : kind == ".atom" ? "application/atom+xml"
                                           : "application/rss+xml");
    }
  }

  void add_sources() {
    std::istringstream lines{read_file(root + "/scripts/demo/sources.txt")};
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
      done(words);
    }
  }

  std::string id_of(const std::string& words) {
    const auto list = nlohmann::json::parse(done({"review", "list", "--search", words, "--json"}));
    REQUIRE(list["changes"].size() == 1);
    return std::to_string(list["changes"][0]["id"].get<int>());
  }

  TemporaryFolder folder_;
  std::string kb_ = folder_ / "kb";
  FakeClock clock_{"2026-11-26T10:00:00Z"};
  DiskFileSystem files_;
  LoopbackServer server_;
};

// What differs from one run to the next: ports, ids (sources answer in any order), times, the folder.
std::string without_chance(std::string text) {
  const std::pair<const char*, const char*> rules[] = {{"http://127\\.0\\.0\\.1:[0-9]+", "http://WEB"},
                                                       {"--kb\\s+[^\\s]+", "--kb KB"},
                                                       {"(^|\n) *[0-9]+ (!| )", "$1N $2"},
                                                       {"\\b(change|run|source|snapshot) [0-9]+", "$1 N"},
                                                       {"[0-9.]+ s\\b", "T s"},
                                                       {"\\s+", " "},
                                                       {" $", ""}};
  for (const auto& [chance, name] : rules) text = std::regex_replace(text, std::regex{chance}, name);
  return text;
}

struct Shown {
  std::string command;
  std::string answer;
};

// Where the transcript stands in the README.
std::pair<std::size_t, std::size_t> place_of_transcript(const std::string& readme) {
  const std::size_t fence = readme.find("```\n$ stubkeeper refresh");
  REQUIRE(fence != std::string::npos);
  const std::size_t begin = fence + std::string{"```\n"}.size();
  return {begin, readme.find("\n```", begin) + 1};
}

// Its commands, each with what stands below it.
std::vector<Shown> transcript_of_readme() {
  const std::string text = read_file(root + "/README.md");
  const auto [begin, end] = place_of_transcript(text);
  std::istringstream lines{text.substr(begin, end - begin)};
  std::vector<Shown> shown;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("$ stubkeeper ")) {
      shown.push_back({line.substr(std::string{"$ stubkeeper "}.size()), ""});
    } else {
      shown.back().answer += line + "\n";
    }
  }
  return shown;
}

void replace_transcript(const std::string& transcript) {
  std::string text = read_file(root + "/README.md");
  const auto [begin, end] = place_of_transcript(text);
  write_file(root + "/README.md", text.replace(begin, end - begin, transcript));
}

std::vector<std::string> words_of(const std::string& command) {
  std::istringstream stream{command};
  return {std::istream_iterator<std::string>{stream}, {}};
}

}  // namespace

TEST_CASE("README's transcripts are what the program prints on the demonstration") {
  Demonstration demonstration;
  const auto transcript = transcript_of_readme();
  CHECK(transcript.size() == 3);
  std::string rewritten;
  for (const Shown& shown : transcript) {
    auto words = words_of(shown.command);
    // The sources are not due again on the same day.
    if (words.front() == "refresh") words.emplace_back("--force");
    const std::string said = demonstration.said(words);
    rewritten += (rewritten.empty() ? "$ stubkeeper " : "\n$ stubkeeper ") + shown.command + "\n" +
                 std::regex_replace(said, std::regex{"--kb\\s+[^\\s]+"}, "--kb kb");
    if (std::getenv("STUBKEEPER_UPDATE_DOCS") != nullptr) continue;
    INFO(shown.command);
    INFO(said);
    CHECK(without_chance(said) == without_chance(shown.answer));
  }
  if (std::getenv("STUBKEEPER_UPDATE_DOCS") != nullptr) replace_transcript(rewritten);
}
