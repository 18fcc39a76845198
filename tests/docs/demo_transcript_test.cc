// What the README shows of the demonstration is what the program prints on it: the invented web of
// scripts/demo, served by a loopback server, by a clock that stands still.

#include <cstdlib>
#include <iterator>
#include <regex>
#include <sstream>

#include "tests/support/catch.h"
#include "tests/support/demonstration.h"
#include "tests/support/program_in_process.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

const std::string root = STUBKEEPER_SOURCE;

// The demonstration at its first look, approved and exported, by a clock that stands still.
class Transcript {
 public:
  Transcript() {
    demo_.allow_loopback();
    demo_.import_and_add_sources();
    demo_.run_ok({"refresh"});
    demo_.run_ok({"review", "approve", "--all-unflagged"});
    demo_.run_ok({"export"});
    program_.clock.set("2026-11-27T10:00:00Z");
    demo_.serve_second_refresh();
  }

  // What a command prints, its last word replaced by the id of the change that the README shows.
  std::string output(std::vector<std::string> words) {
    if (words.size() == 3 && words[1] == "show") words[2] = id_of("first 60 K2 loops");
    return demo_.run_ok(std::move(words));
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

struct TranscriptStep {
  std::string command;
  std::string answer;
};

// Where the transcript stands in the README.
std::pair<std::size_t, std::size_t> find_transcript(const std::string& readme) {
  const std::size_t fence = readme.find("```\n$ stubkeeper refresh");
  REQUIRE(fence != std::string::npos);
  const std::size_t begin = fence + std::string{"```\n"}.size();
  return {begin, readme.find("\n```", begin) + 1};
}

// Its commands, each with what stands below it.
std::vector<TranscriptStep> parse_readme_transcript() {
  const std::string text = read_file(root + "/README.md");
  const auto [begin, end] = find_transcript(text);
  std::istringstream lines{text.substr(begin, end - begin)};
  std::vector<TranscriptStep> step;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("$ stubkeeper ")) {
      step.push_back({line.substr(std::string{"$ stubkeeper "}.size()), ""});
    } else {
      step.back().answer += line + "\n";
    }
  }
  return step;
}

void replace_transcript(const std::string& transcript) {
  std::string text = read_file(root + "/README.md");
  const auto [begin, end] = find_transcript(text);
  write_file(root + "/README.md", text.replace(begin, end - begin, transcript));
}

std::vector<std::string> words_of(const std::string& command) {
  std::istringstream stream{command};
  return {std::istream_iterator<std::string>{stream}, {}};
}

}  // namespace

TEST_CASE("README's transcripts are what the program prints on the demonstration") {
  Transcript transcript_runner;
  const auto transcript = parse_readme_transcript();
  CHECK(transcript.size() == 3);
  std::string rewritten;
  for (const TranscriptStep& step : transcript) {
    auto words = words_of(step.command);
    // The sources are not due again on the same day.
    if (words.front() == "refresh") words.emplace_back("--force");
    const std::string output = transcript_runner.output(words);
    rewritten += (rewritten.empty() ? "$ stubkeeper " : "\n$ stubkeeper ") + step.command + "\n" +
                 std::regex_replace(output, std::regex{"--kb\\s+[^\\s]+"}, "--kb kb");
    if (std::getenv("STUBKEEPER_UPDATE_DOCS") != nullptr) continue;
    INFO(step.command);
    INFO(output);
    CHECK(mask_variable_parts(output) == mask_variable_parts(step.answer));
  }
  if (std::getenv("STUBKEEPER_UPDATE_DOCS") != nullptr) replace_transcript(rewritten);
}
