// What the documents show of the program is what it prints: in docs/start.md on the demonstration, in README.md on
// one invented page of it. Both by a loopback server and a clock that tests set.

#include <cstdlib>
#include <functional>
#include <iterator>
#include <regex>
#include <sstream>

#include "tests/support/catch.h"
#include "tests/support/demonstration.h"
#include "tests/support/fake_dns.h"
#include "tests/support/program_in_process.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

const std::string root = STUBKEEPER_SOURCE;

bool is_to_be_rewritten() {
  return std::getenv("STUBKEEPER_UPDATE_DOCS") != nullptr;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

// The demonstration at its first look, approved and exported, and then at the second.
class Demonstrated {
 public:
  Demonstrated() {
    demo_.allow_loopback();
    demo_.import_and_add_sources();
    demo_.run_ok({"refresh"});
    demo_.run_ok({"review", "approve", "--all-unflagged"});
    demo_.run_ok({"export"});
    program_.clock.set("2026-11-27T10:00:00Z");
    demo_.serve_second_refresh();
  }

  // What a command prints. The id of the change that is shown is the one that it has here, and the sources,
  // which are not due again on the same day, are looked at all the same.
  std::string output(std::vector<std::string> words) {
    if (words.size() == 3 && words[1] == "show") words[2] = id_of("first 60 K2 loops");
    if (words.front() == "refresh") words.emplace_back("--force");
    return std::regex_replace(demo_.run_ok(std::move(words)), std::regex{"--kb\\s+[^\\s]+"}, "--kb kb");
  }

 private:
  std::string id_of(const std::string& words) {
    const auto list = demo_.json({"review", "list", "--search", words});
    REQUIRE(list["changes"].size() == 1);
    return std::to_string(list["changes"][0]["id"].get<int>());
  }

  ProgramInProcess program_{"2026-11-26T10:00:00Z"};
  Demonstration demo_{[this](const std::vector<std::string>& words) { return program_.run(words); }};
};

// A user's first five commands, in /home/me, on one page of the demonstration's web. The page is
// served from this machine under the name of its own site.
class FirstCommands {
 public:
  FirstCommands() {
    dns_.answer("brickhearth.example", {"127.0.0.1"});
    web_.serve_page("/pilot.html", read_file(root + "/scripts/demo/web/first/brickhearth/pilot.html"));
  }

  std::string output(std::vector<std::string> words) {
    if (words.front() == "init") {
      words[1] = home_ / words[1];
      words.back() = home_ / words.back();
    } else {
      words.insert(words.end(), {"--kb", home_ / "kb"});
    }
    for (std::string& word : words) word = replaced(word, site_, site_ + port_);
    const ProgramResult result = program_.run(words);
    INFO(result.out << result.err);
    REQUIRE(result.exit_code == 0);
    if (words.front() == "init") allow_loopback();
    return replaced(replaced(result.out, home_.path(), "/home/me"), site_ + port_, site_);
  }

 private:
  void allow_loopback() {
    const std::string file = home_ / "kb/stubkeeper.toml";
    write_file(file, std::regex_replace(read_file(file), std::regex{"\ndelay_ms = [^\n]*"},
                                        "\ndelay_ms = 0\nallow_addresses = [\"127.0.0.1\"]"));
  }

  const std::string site_ = "http://brickhearth.example";
  ProgramInProcess program_{"2026-11-26T10:00:00Z"};
  TemporaryFolder home_;
  FakeDns dns_;
  LoopbackServer web_;
  const std::string port_ = web_.host_and_port().substr(web_.host_and_port().find(':'));
};

// What differs from one run to the next: ports, ids (sources answer in any order), times, the folder.
std::string mask_variable_parts(std::string text) {
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

// One line of commands in a document, "stubkeeper init kb && cd kb", and what is printed below it.
struct TranscriptStep {
  std::string line;
  std::string answer;
};

// A block of a document that begins with a line of commands.
struct Transcript {
  std::string file;
  std::string text;  // of the whole file
  std::size_t begin = 0;
  std::size_t end = 0;

  Transcript(const std::string& name, const std::string& first_command)
      : file(root + "/" + name), text(read_file(file)) {
    const std::size_t fence = text.find("```\n$ " + first_command);
    REQUIRE(fence != std::string::npos);
    begin = fence + std::string{"```\n"}.size();
    end = text.find("\n```", begin) + 1;
  }

  std::vector<TranscriptStep> step() const {
    std::istringstream lines{text.substr(begin, end - begin)};
    std::vector<TranscriptStep> all;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("$ ")) {
        all.push_back({line.substr(2), ""});
      } else {
        all.back().answer += line + "\n";
      }
    }
    return all;
  }
};

// The commands of stubkeeper in a line, each in words without the program's name.
std::vector<std::vector<std::string>> commands_of(const std::string& line) {
  std::vector<std::vector<std::string>> commands;
  std::istringstream parts{replaced(line, " && ", "\n")};
  for (std::string part; std::getline(parts, part);) {
    std::istringstream stream{part};
    std::vector<std::string> words{std::istream_iterator<std::string>{stream}, {}};
    if (words.front() != "stubkeeper") continue;
    words.erase(words.begin());
    commands.push_back(std::move(words));
  }
  return commands;
}

// Runs the lines of a transcript one after the other, and compares, or rewrites the document.
void check(const Transcript& transcript,
           const std::function<std::string(std::vector<std::string>)>& said_of) {
  std::string rewritten;
  for (const TranscriptStep& step : transcript.step()) {
    std::string output;
    for (auto& words : commands_of(step.line)) output += said_of(std::move(words));
    rewritten += (rewritten.empty() ? "$ " : "\n$ ") + step.line + "\n" + output;
    if (is_to_be_rewritten()) continue;
    INFO(step.line);
    INFO(output);
    CHECK(mask_variable_parts(output) == mask_variable_parts(step.answer));
  }
  if (!is_to_be_rewritten()) return;
  std::string text = transcript.text;
  write_file(transcript.file, text.replace(transcript.begin, transcript.end - transcript.begin, rewritten));
}

}  // namespace

TEST_CASE("the transcript of docs/start.md is what the program prints on the demonstration") {
  Demonstrated demonstrated;
  const Transcript transcript{"docs/start.md", "stubkeeper refresh"};
  CHECK(transcript.step().size() == 3);
  check(transcript, [&](std::vector<std::string> words) { return demonstrated.output(std::move(words)); });
}

TEST_CASE("README's five commands print what it shows") {
  if (!FakeDns::works) {
    WARN("skipped: this system binds libraries to its own resolver");
    return;
  }
  FirstCommands commands;
  const Transcript transcript{"README.md", "stubkeeper init"};
  CHECK(transcript.step().size() == 5);
  check(transcript, [&](std::vector<std::string> words) { return commands.output(std::move(words)); });
}
