// What `check` shows, remembers, asks and changes.

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/faulty_file_system.h"
#include "tests/support/program_in_process.h"
#include "tests/support/pseudo_terminal.h"

using namespace stubkeeper::testing;

namespace {

bool holds(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

int count_of(const std::string& text, const std::string& words) {
  int count = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++count;
  return count;
}

// A section on disk with many findings of a few checks.
struct LintedFolder {
  TemporaryFolder folder;
  std::string section = folder / "section";
  std::map<std::string, std::string> variables{{"XDG_CACHE_HOME", folder / "cache"}};

  LintedFolder() {
    write_file(section + "/_index.md", page("<!-- TODO: more -->"));
    for (const char* name : {"a", "b", "c", "d", "e"})
      write_file(section + "/heat/" + name + ".md", page("See [x]({{< relref \"nowhere.md\" >}})."));
  }
  static std::string page(const std::string& text) {
    return "---\ntitle: \"Pumps\"\n---\n\n## Summary\n\n" + text + "\n";
  }
  ProgramResult check(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"check", "--folder", section});
    return run_stubkeeper(arguments, {"", variables, ""});
  }
};

}  // namespace

TEST_CASE(
    "check shows errors and warnings by rule, with their first three places, and notes where asked for") {
  const LintedFolder linted;
  const auto grouped = linted.check({});
  CHECK(grouped.exit_code == 1);
  CHECK(holds(grouped.out, "     5  error    relref-target"));
  CHECK(count_of(grouped.out, "[relref-target]") == 3);
  CHECK(holds(grouped.out, "heat/a.md:7: error: relref \"nowhere.md\" leads to no page [relref-target]"));
  CHECK(holds(grouped.out, "  and 2 more\n"));
  CHECK(grouped.out.find("error ") < grouped.out.find("warning "));
  CHECK_FALSE(holds(grouped.out, "[todo]"));
  CHECK(holds(grouped.err, "check --all"));
  const auto all = linted.check({"--all"});
  CHECK(count_of(all.out, "[relref-target]") == 5);
  CHECK(holds(all.out, "[todo]"));
  const auto counts = linted.check({"--counts"});
  CHECK(count_of(counts.out, "relref-target") == 1);
  CHECK_FALSE(holds(counts.out, "heat/a.md"));
}

TEST_CASE("check --since last shows what the last run did not find") {
  const LintedFolder linted;
  CHECK(holds(linted.check({"--since", "last"}).err, "no earlier run is known"));
  const auto nothing = linted.check({"--new"});
  CHECK(nothing.exit_code == 0);
  CHECK(nothing.out.empty());
  write_file(linted.section + "/heat/a.md",
             LintedFolder::page("Moved.\n\nSee [x]({{< relref \"nowhere.md\" >}}).\n\n```\ncode"));
  // A run of one check, and one of another page, forget nothing of the others.
  CHECK(linted.check({"--only", "relref-form"}).exit_code == 0);
  linted.check({"heat/b.md"});
  const auto fresh = linted.check({"--since", "last"});
  CHECK(fresh.exit_code == 1);
  CHECK(holds(fresh.out, "[markup-unclosed]"));
  CHECK_FALSE(holds(fresh.out, "[relref-target]"));
  CHECK(linted.check({"--new"}).exit_code == 0);
}

TEST_CASE("check --since a revision shows what was not found there") {
  const LintedFolder linted;
  const auto git = [&](std::vector<std::string> words) {
    words.insert(words.begin(),
                 {"git", "-C", linted.section, "-c", "user.name=jane", "-c", "user.email=j@x.example"});
    REQUIRE(run_program(words).exit_code == 0);
  };
  const std::string long_name(90, 'n');
  write_file(linted.section + "/" + long_name + "/" + long_name + ".md",
             LintedFolder::page("See [x](./gone/)."));
  git({"init", "--quiet"});
  git({"add", "."});
  git({"commit", "--quiet", "--message", "first"});
  write_file(linted.section + "/heat/e.md", LintedFolder::page("<<<<<<< HEAD"));
  const auto fresh = linted.check({"--since", "HEAD"});
  CHECK(fresh.exit_code == 1);
  CHECK(count_of(fresh.out, "[conflict-marker]") == 1);
  CHECK(count_of(fresh.out, ": error:") + count_of(fresh.out, ": warning:") == 1);
  CHECK(linted.check({"--since", "no-such-branch"}).exit_code == 2);
  CHECK(linted.check({"--since=--output=x"}).exit_code == 2);
}

TEST_CASE("check --fix --dry-run shows the differences and writes nothing") {
  const LintedFolder linted;
  const std::string page = LintedFolder::page("See [b]({{< relref \"/section/heat/b.md\" >}}).");
  write_file(linted.section + "/heat/a.md", page);
  const auto shown = linted.check({"--fix", "--dry-run", "--only", "relref-prefix"});
  CHECK(holds(shown.out,
              "-See [b]({{< relref \"/section/heat/b.md\" >}}).\n+See [b]({{< relref \"b.md\" >}}).\n"));
  CHECK(holds(shown.err, "1 page would be fixed"));
  CHECK(read_file(linted.section + "/heat/a.md") == page);
  CHECK(linted.check({"--dry-run"}).exit_code == 2);
  CHECK(linted.check({"--fix", "--only", "relref-prefix"}).exit_code == 0);
  CHECK(holds(read_file(linted.section + "/heat/a.md"), "relref \"b.md\""));
}

TEST_CASE("what check --fix could not write is still found") {
  const LintedFolder linted;
  write_file(linted.section + "/heat/a.md",
             LintedFolder::page("See [b]({{< relref \"/section/heat/b.md\" >}})."));
  FaultyFileSystem files;
  files.disk_full = true;
  ProgramInProcess program{"2026-11-24T10:00:00Z", &files};
  const auto result =
      program.run({"check", "--folder", linted.section, "--fix", "--only", "relref-prefix", "--all"});
  INFO(result.out << result.err);
  CHECK(result.exit_code == 3);
  CHECK(count_of(result.out, "[relref-prefix]") == 1);
  CHECK(holds(result.err, "there is no space left"));
}

TEST_CASE("check --fix asks at a terminal before it changes more than twenty pages") {
  const LintedFolder linted;
  const std::string page = LintedFolder::page("See [b]({{< relref \"/section/heat/b.md\" >}}).");
  for (int i = 0; i < 21; ++i) write_file(linted.section + "/heat/p" + std::to_string(i) + ".md", page);
  auto variables = linted.variables;
  variables["TERM"] = "xterm";
  const std::vector<std::string> words{"check", "--folder", linted.section,
                                       "--fix", "--only",   "relref-prefix"};
  for (const char* key : {"n", "y"}) {
    PseudoTerminal terminal{words, variables};
    terminal.wait_for("fix 21 pages (--fix --dry-run shows the differences)? y or n: ");
    terminal.type(key);
    CHECK(terminal.wait_for_end() == (*key == 'y' ? 0 : 1));
    CHECK((read_file(linted.section + "/heat/p0.md") == page) == (*key == 'n'));
  }
}

TEST_CASE("check of a Hugo site in two languages leaves translations and resources of bundles alone") {
  const LintedFolder linted;
  const std::string section = linted.folder / "site/content/research";
  write_file(linted.folder / "site/hugo.toml", "[languages.en]\n[languages.de]\n");
  const std::map<std::string, std::string> pages{{"_index.de.md", "Wir."},
                                                 {"pumps/one/index.de.md", "Wir."},
                                                 {"pumps/one/sub.md", "A resource."},
                                                 {"pumps/two.de.md", "Wir."}};
  for (const auto& [file, text] : pages) write_file(section + "/" + file, LintedFolder::page(text));
  for (const char* file : {"_index.md", "pumps/_index.md", "pumps/one/index.md"})
    write_file(section + "/" + file, LintedFolder::page("We."));
  const auto found = run_stubkeeper({"check", "--folder", section, "--all"}, {"", linted.variables, ""});
  run_stubkeeper({"check", "--folder", section, "--fix"}, {"", linted.variables, ""});
  for (const auto& [file, text] : pages) {
    INFO(file);
    CHECK_FALSE(holds(found.out, file + ":"));
    CHECK(read_file(section + "/" + file) == LintedFolder::page(text));
  }
  CHECK(holds(found.out, "pumps/one/index.md:"));
}
