// The documents say what the program does: each is compared with it.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "base/text/utf8.h"
#include "config/configuration.h"
#include "crawler/content.h"
#include "entries/conventions.h"
#include "llm/flags.h"
#include "llm/providers/provider.h"
#include "tests/support/catch.h"
#include "tests/support/loopback_server.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;
namespace fs = std::filesystem;

namespace {

const std::string root = STUBKEEPER_SOURCE;

std::string document(const std::string& name) {
  return read_file(root + "/" + name);
}

// Those that say it plainly and in short, in lines of at most 100 characters.
std::vector<std::string> written_for_owners() {
  return {"README.md", "docs/index.md", "docs/start.md", "docs/sources.md", "docs/publishing.md"};
}

std::set<std::string> matches(const std::string& text, const std::string& pattern) {
  std::set<std::string> found;
  const std::regex expression{pattern};
  for (std::sregex_iterator match{text.begin(), text.end(), expression}, end; match != end; ++match)
    found.insert((*match)[1]);
  return found;
}

// The names of the commands in a help text.
std::vector<std::string> commands_in(const std::string& help) {
  std::vector<std::string> names;
  const std::size_t begin = help.find("Subcommands:\n");
  if (begin == std::string::npos) return names;
  const std::string list = help.substr(begin, help.find("\n\n", begin) - begin + 1);
  const std::regex line{"\n  ([a-z]+) "};
  for (std::sregex_iterator match{list.begin(), list.end(), line}, end; match != end; ++match)
    names.push_back((*match)[1]);
  return names;
}

// All help texts, as docs/commands.md shows them.
std::string all_help() {
  std::string text =
      "# Commands\n\nWhat `--help` prints, of the program and of each command. Written by the tests "
      "(CONTRIBUTING.md).\n\n```\n" +
      run_stubkeeper({"--help"}).out + "```\n";
  for (const std::string& command : commands_in(run_stubkeeper({"--help"}).out)) {
    const std::string help = run_stubkeeper({command, "--help"}).out;
    text += "\n## " + command + "\n\n```\n" + help + "```\n";
    for (const std::string& nested : commands_in(help)) {
      text += "\n### " + command + " " + nested + "\n\n```\n" +
              run_stubkeeper({command, nested, "--help"}).out + "```\n";
    }
  }
  return text;
}

// Every key of a document with the keys that lead to it: "sources.due", "changes[].quotes[].quote".
void collect_keys(const nlohmann::json& json, const std::string& prefix, std::set<std::string>& keys) {
  if (json.is_array()) {
    for (const auto& item : json) collect_keys(item, prefix + "[]", keys);
  } else if (json.is_object()) {
    for (const auto& [key, value] : json.items()) {
      keys.insert(key);
      collect_keys(value, prefix + "." + key, keys);
    }
  }
}

std::string section_of(const std::string& text, const std::string& heading) {
  const std::size_t begin = text.find("\n## " + heading + "\n");
  INFO("docs/json.md has a section " << heading);
  REQUIRE(begin != std::string::npos);
  return text.substr(begin, text.find("\n## ", begin + 1) - begin);
}

}  // namespace

TEST_CASE("docs/commands.md is what --help prints") {
  const std::string now = all_help();
  const char* update = std::getenv("STUBKEEPER_UPDATE_DOCS");
  if (update != nullptr && std::string{update} == "1") write_file(root + "/docs/commands.md", now);
  CHECK(document("docs/commands.md") == now);
}

TEST_CASE("docs/configuration.md has every key with its type, default and meaning, and no other") {
  const std::string text = document("docs/configuration.md");
  std::set<std::string> keys;
  for (const config::ConfigurationKey& key : config::configuration_keys()) {
    const std::string row = "| `" + std::string{key.name} + "` | " + std::string{key.type} + " | `" +
                            std::string{key.fallback} + "` | " + std::string{key.meaning} + " |";
    INFO(row);
    CHECK(text.find(row) != std::string::npos);
    keys.insert(std::string{key.name});
  }
  CHECK(matches(text, "\n\\| `([a-z_.]+)` ") == keys);
}

TEST_CASE("docs/model.md has every provider with its format, address, key and batches, and no other") {
  const std::string text = document("docs/model.md");
  std::string rows;
  for (const llm::Provider& provider : llm::providers()) {
    const auto code = [](std::string_view name) {
      return name.empty() ? "" : "`" + std::string{name} + "` ";
    };
    rows += "| " + code(provider.name) + "| " + code(provider.protocol) + "| " + code(provider.base_url) +
            "| " + code(provider.key_variable) + "| " + (provider.make_batches != nullptr ? "yes" : "no") +
            " |\n";
  }
  CHECK(text.find("| --- |\n" + rows + "\n") != std::string::npos);
}

TEST_CASE("docs/checks.md is made of the rules") {
  const std::string text = document("docs/checks.md");
  // What stands above the first group is written by hand.
  std::string made = text.substr(0, text.find("\n## ") + 1);
  std::string group;
  for (const entries::CheckRule& rule : entries::built_in_conventions().checks.rules) {
    if (rule.group != group) made += (group.empty() ? "## " : "\n## ") + rule.group + "\n";
    group = rule.group;
    made += "\n### `" + rule.id + "`\n" + entries::severity_name(rule.severity) + ": " + rule.summary + ". " +
            rule.documentation + (rule.fix.empty() ? "" : " `--fix` " + rule.fix + ".") + "\n";
  }
  const char* update = std::getenv("STUBKEEPER_UPDATE_DOCS");
  if (update != nullptr && std::string{update} == "1") write_file(root + "/docs/checks.md", made);
  CHECK(document("docs/checks.md") == made);
}

TEST_CASE("docs/review.md has every flag with its meaning, and no other") {
  const std::string text = document("docs/review.md");
  std::set<std::string> names;
  for (const llm::FlagKind& kind : llm::flag_kinds()) {
    CHECK(text.find("| `" + std::string{kind.name} + "` | " + std::string{kind.meaning} + " |") !=
          std::string::npos);
    names.insert(std::string{kind.name});
  }
  CHECK(matches(text, "\n\\| `([a-z-]+)` ") == names);
}

TEST_CASE("docs/crawler.md has every flag on what is no content with its advice and no other") {
  const std::string text = document("docs/crawler.md");
  std::set<std::string> names;
  for (const crawler::NonContentInfo& kind : crawler::list_non_content_kinds()) {
    CHECK(text.find(" | " + std::string{kind.advice} + " |") != std::string::npos);
    names.insert(std::string{kind.id});
  }
  const std::size_t table = text.find("| flag | what was sent");
  REQUIRE(table != std::string::npos);
  CHECK(matches(text.substr(table, text.find("\n\n", table) - table), "\n\\| `([a-z-]+)` ") == names);
}

TEST_CASE("docs/dependencies.md has a line for every package that the scripts install") {
  const std::string text = document("docs/dependencies.md");
  const std::string script = document("scripts/install-packages");
  for (const char* list : {"build_debian=\"", "tests_debian=\""}) {
    const std::size_t begin = script.find(list) + std::string{list}.size();
    const std::string packages = script.substr(begin, script.find('"', begin) - begin);
    for (const std::string& package : matches(packages, "([a-z0-9+.-]+)")) {
      INFO(package);
      CHECK(text.find("`" + package + "`") != std::string::npos);
    }
  }
  for (const std::string& package : matches(text, "\n\\| `([a-z0-9+.-]+)`")) {
    INFO(package);
    CHECK(script.find(package) != std::string::npos);
  }
}

TEST_CASE("docs/architecture.md names every folder and every file that it points to is there") {
  const std::string text = document("docs/architecture.md");
  for (const char* folder : {"cli", "cron", "crawler", "llm", "kb", "entries", "schema"})
    CHECK(text.find("\n" + std::string{folder} + " ") != std::string::npos);
  for (const std::string& file :
       matches(text, "`((?:cli|cron|crawler|llm|kb|entries|schema|tests)/[a-z_/]+(?:\\.[a-z]+)?)`")) {
    INFO(file);
    CHECK(fs::exists(root + "/" + file));
  }
}

TEST_CASE("the commands in README and in the owner's pages are commands and their scripts run") {
  const auto commands = commands_in(run_stubkeeper({"--help"}).out);
  for (const std::string& name : written_for_owners()) {
    const std::string text = document(name);
    for (const std::string& command : matches(text, "(?:\n|`|\\$ |&& )stubkeeper ([a-z]+)")) {
      INFO(name << ": " << command);
      CHECK(std::find(commands.begin(), commands.end(), command) != commands.end());
    }
    for (const std::string& script : matches(text, "(scripts/[a-z-]+)")) {
      INFO(name << ": " << script);
      CHECK((fs::status(root + "/" + script).permissions() & fs::perms::owner_exec) != fs::perms::none);
    }
  }
}

TEST_CASE("links between documents lead to files") {
  std::vector<std::string> names{"README.md", "CHANGELOG.md", "CONTRIBUTING.md"};
  for (const auto& file : fs::directory_iterator{root + "/docs"}) {
    // The checks' examples have links of their own.
    const std::string name = file.path().filename().string();
    if (name.ends_with(".md") && name != "checks.md") names.push_back("docs/" + name);
  }
  for (const std::string& name : names) {
    for (const std::string& link :
         matches(document(name), "\\]\\(((?!https?:|#)[^)#\\s]+)(?:#[^)\\s]*)?\\)")) {
      INFO(name << ": " << link);
      CHECK(fs::exists(fs::path{root} / fs::path{name}.parent_path() / link));
    }
  }
}

TEST_CASE("README installs by its twelfth line, in two commands") {
  const std::string text = document("README.md");
  std::istringstream lines{text.substr(0, text.find("\n```\n", text.find("```") + 3))};
  int number = 0;
  int commands = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.starts_with("scripts/") || line.starts_with("sudo ")) ++commands;
  }
  CHECK(commands == 2);
  CHECK(number <= 12);
}

TEST_CASE("prose in README and in the owner's pages has short lines and short paragraphs") {
  for (const std::string& name : written_for_owners()) {
    std::istringstream lines{document(name)};
    bool code = false;
    int of_paragraph = 0;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("```")) code = !code;
      const bool prose = !code && !line.empty() && line.find_first_of("`|<#") != 0;
      if (!prose) {
        of_paragraph = 0;
        continue;
      }
      if (line.starts_with("- ") || line.find_first_not_of("0123456789") == line.find(". ")) of_paragraph = 0;
      INFO(name << ": " << line);
      CHECK(utf8_length(line) <= 100);
      CHECK(++of_paragraph <= 6);
    }
  }
}

TEST_CASE("CHANGELOG.md begins with the version that --version prints") {
  const std::string text = document("CHANGELOG.md");
  const std::string version = run_stubkeeper({"--version"}).out;
  const std::size_t heading = text.find("\n## [");
  REQUIRE(heading != std::string::npos);
  const std::size_t begin = heading + std::string{"\n## ["}.size();
  CHECK(version == "stubkeeper " + text.substr(begin, text.find(']', begin) - begin) + "\n");
}

TEST_CASE("docs/json.md names every key that a command prints") {
  const TemporaryFolder folder;
  LoopbackServer server;
  const std::string kb = folder / "kb";
  server.serve_page("/a",
                    "<title>Pumpwerk</title><meta property=article:published_time "
                    "content=2019-05-07><main><p>Pumpwerk is a maker of pumps in Basel with 120 "
                    "employees.</p><p>Pumpwerk opened a works in Graz on 3 May 2019.</p></main>");
  const std::string text = document("docs/json.md");
  const auto check_keys = [&](const std::string& heading, std::vector<std::string> words) {
    words.push_back("--json");
    if (words.front() != "extract" && words.front() != "robots" && words.front() != "verify" && words.front() != "init")
      words.insert(words.end(), {"--kb", kb});
    const auto result = run_stubkeeper(words);
    INFO(heading << ": " << result.out << result.err);
    const auto json = nlohmann::json::parse(result.out, nullptr, false);
    REQUIRE_FALSE(json.is_discarded());
    std::set<std::string> keys;
    collect_keys(json, "", keys);
    REQUIRE_FALSE(keys.empty());
    // What a section takes over from another by name is looked up there too.
    std::string section = section_of(text, heading);
    for (const char* other : {"review list", "source list"}) {
      if (section.find(other) != std::string::npos ||
          (heading == "source show" && std::string{other} == "source list"))
        section += section_of(text, other);
    }
    for (const std::string& key : keys) {
      INFO("key " << key << " of " << heading);
      const bool named = section.find("`" + key + "`") != std::string::npos ||
                         section.find("`" + key + "[]`") != std::string::npos ||
                         section.find("." + key + "`") != std::string::npos ||
                         section.find("`" + key + ".") != std::string::npos;
      CHECK(named);
    }
    return json;
  };
  check_keys("init, revert, backup, restore", {"init", kb, "--site", folder / "site"});
  write_file(kb + "/stubkeeper.toml", "[site]\ncontent = \"" + (folder / "site") +
                                          "\"\n[fetch]\ndelay_ms = 0\nallow_addresses = [\"127.0.0.1\"]\n");
  write_file(folder / "section/old.md", "---\ntitle: Old\nlast_reviewed: 2020-01-01\nsource_urls:\n  - \"" +
                                            server.address("/missing") + "\"\n---\n");
  write_file(folder / "section/bad\nname.md", "x");
  check_keys("import", {"import", folder / "section"});
  check_keys("source add",
             {"source", "add", server.address("/a"), "--entry", "pumps/basel", "--title", "Pumpwerk"});
  check_keys("source test", {"source", "test", server.address("/a")});
  check_keys("refresh", {"refresh"});
  check_keys("source list", {"source", "list"});
  check_keys("source show", {"source", "show", "1"});
  check_keys("status", {"status", "--entries"});
  const auto changes = check_keys("review list", {"review", "list"});
  REQUIRE_FALSE(changes["changes"].empty());
  check_keys("review show", {"review", "show", "1"});
  check_keys("review approve", {"review", "approve", "1", "77"});
  check_keys("review resolve", {"review", "resolve", "c77"});
  check_keys("why", {"why", "pumps/basel"});
  check_keys("history", {"history", "pumps/basel"});
  check_keys("export", {"export"});
  check_keys("check", {"check"});
  check_keys("check", {"check", "--list-rules"});
  check_keys("doctor", {"doctor"});
  check_keys("prune", {"prune", "--older-than", "1y"});
  check_keys("schedule", {"schedule"});
  check_keys("init, revert, backup, restore", {"revert", "pumps/basel", "1"});
  check_keys("init, revert, backup, restore", {"backup", folder / "saved"});
  check_keys("init, revert, backup, restore", {"restore", folder / "saved"});
  write_file(folder / "robots.txt", "User-agent: *\nDisallow: /\n");
  check_keys("robots", {"robots", folder / "robots.txt", "--agent", "x", "/a"});
  write_file(folder / "feed.xml",
             "<rss version=\"2.0\"><channel><item><guid>1</guid></item></channel></rss>");
  check_keys("extract", {"extract", folder / "feed.xml"});
  write_file(folder / "claims.jsonl", R"({"text": "It has 3 works.", "quotes": ["It has 2 works."]})" "\n");
  check_keys("verify", {"verify", folder / "claims.jsonl"});
}

TEST_CASE("the examples of docs/conventions.md are read, and every file that it names is one") {
  const std::string text = document("docs/conventions.md");
  entries::Conventions conventions = entries::built_in_conventions();
  int examples = 0;
  for (std::size_t at = text.find("```toml\n# conventions/"); at != std::string::npos;
       at = text.find("```toml\n# conventions/", at + 1)) {
    const std::size_t name = at + std::string{"```toml\n# conventions/"}.size();
    const std::size_t end = text.find("```", name);
    const std::size_t line = text.find('\n', name);
    const Status read = entries::override_conventions(conventions, text.substr(name, line - name),
                                                      text.substr(line, end - line), "docs/conventions.md");
    INFO((read.ok() ? "" : read.error().text()));
    CHECK(read.ok());
    ++examples;
  }
  CHECK(examples == 4);
  const auto files = matches(text, "\n\\| `conventions/([a-z_./]+)` ");
  CHECK(files.size() == 8);
  for (const std::string& file : files) CHECK(fs::exists(root + "/schema/" + file));
}
