#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>

#include "base/text/nearest_name.h"
#include "base/text/strings.h"
#include "cli/check_pages.h"
#include "cli/commands/commands.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  CheckScope scope;
  std::vector<std::string> only;
  bool fix = false;
  bool list_rules = false;
  bool sarif = false;
  bool counts = false;
};

int list_rules(const Session& session, const entries::CheckRules& rules) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const entries::CheckRule& rule : rules.rules) {
    list.push_back(
        {{"check", rule.id},
         {"severity", entries::severity_name(rule.severity)},
         {"summary", rule.summary},
         {"documentation", rule.documentation},
         {"fix", rule.fix.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(rule.fix)}});
    if (!session.options.json) {
      session.environment.out << fmt::format("{:<22}  {:<7}  {}{}\n", rule.id,
                                             entries::severity_name(rule.severity), rule.summary,
                                             rule.fix.empty() ? "" : " (--fix " + rule.fix + ")");
    }
  }
  if (session.options.json) print_json(session, {{"checks", list}});
  return done;
}

// All rules but those that are named, if any are.
Result<std::vector<std::string>> rules_to_disable(const std::vector<std::string>& only,
                                                  const entries::CheckRules& rules) {
  const std::vector<std::string> known = rules.ids();
  for (const std::string& id : only) {
    if (contains(known, id)) continue;
    const auto near = nearest_name(id, known);
    return Error{ErrorCode::invalid_argument, fmt::format("there is no check \"{}\"", id), "",
                 near ? fmt::format("did you mean \"{}\"?", *near) : "--list-rules lists them"};
  }
  std::vector<std::string> others;
  std::copy_if(known.begin(), known.end(), std::back_inserter(others), [&](const std::string& id) {
    return !only.empty() && !contains(only, id);
  });
  return others;
}

// Checks a page, and with --fix fixes it first; fixes of the same bytes take a round each.
Result<std::vector<entries::Finding>> check_and_fix_page(CheckedPage& page,
                                                         const entries::CheckContext& context,
                                                         int& fixed_files) {
  const auto find = [&] {
    return entries::check_page(page.file, entries::Document::parse(page.bytes), context);
  };
  std::vector<entries::Finding> findings = find();
  if (!context.with_fixes) return findings;
  const std::string before = page.bytes;
  constexpr int max_rounds = 10;
  for (int round = 0; round < max_rounds; ++round) {
    std::string fixed = entries::apply_fixes(page.bytes, findings);
    if (fixed == page.bytes) break;
    page.bytes = std::move(fixed);
    findings = find();
  }
  if (page.bytes == before) return findings;
  if (const Status written = page.write(page.bytes, "check --fix"); !written.ok()) return written.error();
  ++fixed_files;
  return findings;
}

Result<int> check(const Session& session, const Options& options) {
  if (options.list_rules && options.scope.folder.empty() && options.scope.conventions.empty())
    return list_rules(session, entries::built_in_conventions().checks);
  STUBKEEPER_ASSIGN(CheckedPages pages, pages_to_check(session, options.scope));
  const entries::CheckRules& rules = pages.conventions.checks;
  if (options.list_rules) return list_rules(session, rules);
  STUBKEEPER_ASSIGN(std::vector<std::string> disabled, rules_to_disable(options.only, rules));
  disabled.insert(disabled.end(), pages.disabled.begin(), pages.disabled.end());
  const entries::PageIndex index{pages.all_files};
  entries::SectionIndex facts;
  for (const CheckedPage& page : pages.pages) facts.add(pages.conventions.style, page.file, page.bytes);
  const entries::CheckContext context{pages.conventions,       index,    facts,
                                      iso_date(session.now()), disabled, options.fix};
  CheckResult result;
  result.unreadable = std::move(pages.unreadable);
  for (CheckedPage& page : pages.pages) {
    if (!page.chosen) continue;
    ++result.pages;
    auto findings = check_and_fix_page(page, context, result.fixed_files);
    if (!findings.ok()) {
      result.unreadable.push_back({page.file, findings.error().message});
      continue;
    }
    std::move(findings->begin(), findings->end(), std::back_inserter(result.findings));
    // A large section need not stay in memory whole.
    page.bytes = std::string{};
  }
  if (options.sarif) {
    print_as_sarif(session, result, rules);
  } else if (session.options.json) {
    print_as_json(session, result, rules);
  } else {
    print_as_text(session, result, rules, options.counts);
  }
  if (!result.unreadable.empty()) return partially_done;
  const bool something =
      result.count(entries::Severity::error) + result.count(entries::Severity::warning) > 0;
  return something ? failed_or_found : done;
}

}  // namespace

void add_check_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(
      program, "check", "Lint entries and sections",
      R"(  stubkeeper check                              every published page of the knowledge base
  stubkeeper check energy/batteries             one folder of it
  stubkeeper check --counts                     how many findings there are of each check
  stubkeeper check --only relref-target         one check
  stubkeeper check --folder content/research    files on disk, without a knowledge base
  stubkeeper check --fix                        fix what can be fixed, as a revision of yours
  stubkeeper check --sarif > check.sarif        for code hosts (SARIF 2.1.0)

Findings are lines of "file:line: severity: message [check]"; docs/checks.md explains each check. Exit code 1 if there
are errors or warnings, 3 if a file could not be read. [check] disable and [check.severity] in stubkeeper.toml turn
checks off and change their severity; a folder conventions/ beside it has the rules' own words, tables and parts
(docs/conventions.md).)");
  command->add_option("path", options->scope.paths, "Pages or folders; all without any")->type_name("PATH");
  command->add_option("--folder", options->scope.folder, "Check the files of this folder instead")
      ->type_name("DIR");
  command->add_option("--conventions", options->scope.conventions, "With --folder: your conventions")
      ->type_name("DIR")
      ->needs("--folder");
  command->add_option("--only", options->only, "Only these checks")->type_name("CHECK")->delimiter(',');
  command->add_flag("--fix", options->fix, "Fix what can be fixed");
  command->add_flag("--counts", options->counts, "Print only the number of findings of each check");
  command->add_flag("--sarif", options->sarif, "Print SARIF 2.1.0");
  command->add_flag("--list-rules", options->list_rules, "List the checks and exit");
  session.on_command(command, options, check);
}

}  // namespace stubkeeper::cli
