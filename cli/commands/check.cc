#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "base/text/nearest_name.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "cli/check_pages.h"
#include "cli/commands/commands.h"
#include "cli/git_revision.h"
#include "cli/known_findings.h"
#include "cli/terminal/keyboard.h"
#include "cli/terminal/prompt.h"
#include "entries/unified_diff.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  CheckScope scope;
  std::vector<std::string> only;
  std::string since;  // "last" or a revision of git
  bool is_new = false;
  bool fix = false;
  bool dry_run = false;
  bool list_rules = false;
  bool sarif = false;
  bool counts = false;
  bool all = false;
};

// More pages than these are fixed only where the person at the terminal says so.
constexpr std::size_t max_unasked_fixes = 20;
constexpr std::uint64_t max_history_bytes = 100'000'000;

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
  std::copy_if(known.begin(), known.end(), std::back_inserter(others),
               [&](const std::string& id) { return !only.empty() && !contains(only, id); });
  return others;
}

// A page's findings, and what --fix makes of it.
struct PageOutcome {
  std::vector<entries::Finding> findings;
  bool is_fixed = false;  // else what follows is not set
  std::string before;
  std::string fixed;
  std::vector<entries::Finding> findings_after;
};

// Fixes of the same bytes take a round each.
PageOutcome check_and_fix_page(const CheckedPage& page, const entries::CheckContext& context) {
  const auto find = [&](const std::string& bytes) {
    return entries::check_page(page.file, entries::Document::parse(bytes), context);
  };
  PageOutcome outcome;
  outcome.findings = find(page.bytes);
  if (!context.with_fixes) return outcome;
  outcome.fixed = page.bytes;
  outcome.findings_after = outcome.findings;
  constexpr int max_rounds = 10;
  for (int round = 0; round < max_rounds; ++round) {
    std::string fixed = entries::apply_fixes(outcome.fixed, outcome.findings_after);
    if (fixed == outcome.fixed) break;
    outcome.fixed = std::move(fixed);
    outcome.findings_after = find(outcome.fixed);
  }
  outcome.is_fixed = outcome.fixed != page.bytes;
  if (outcome.is_fixed) outcome.before = page.bytes;
  return outcome;
}

bool asks_before_fixing(const Session& session, std::size_t pages) {
  const Environment& environment = session.environment;
  return pages > max_unasked_fixes && environment.in_is_terminal && environment.out_is_terminal &&
         !session.options.json;
}

bool is_fix_confirmed(const Session& session, std::size_t pages) {
  Environment& environment = session.environment;
  const auto keyboard = open_keyboard(environment);
  return ask_confirmation(*keyboard, environment.out,
                          fmt::format("fix {} (--fix --dry-run shows the differences)?",
                                      pluralize(static_cast<std::int64_t>(pages), "page")));
}

// The findings of what the folder's files were in a revision.
Result<KnownFindings> find_in_revision(const Session& session, const CheckedPages& pages,
                                       const std::string& revision, const entries::CheckContext& context) {
  if (pages.folder.empty())
    return Error{ErrorCode::invalid_argument, "there is no folder whose revision could be read", "",
                 "set [site] content, or use --since last"};
  STUBKEEPER_ASSIGN(const auto files,
                    read_git_revision(session.environment.subprocesses, pages.folder, revision));
  std::vector<std::string> names = pages.all_files;
  std::erase_if(names, [](const std::string& name) { return name.ends_with(".md"); });
  entries::SectionIndex facts;
  for (const auto& [file, text] : files) {
    names.push_back(file);
    facts.add(pages.conventions.style, file, text);
  }
  const entries::PageIndex index{names, pages.site};
  const entries::CheckContext then{context.conventions, index, facts, context.today, context.disabled, false};
  KnownFindings known;
  for (const auto& [file, text] : files)
    known.add(entries::check_page(file, entries::Document::parse(text), then));
  return known;
}

// Keeps what this run found of the pages and rules that it looked at, for the next one. A folder that cannot be
// written keeps nothing.
void remember_findings(const Session& session, const CheckedPages& pages, const CheckResult& result,
                       const std::vector<std::string>& disabled, const Result<std::string>& before) {
  if (pages.history_file.empty()) return;
  KnownFindings known{before.ok() ? *before : ""};
  std::map<std::string, bool> is_chosen;
  for (const CheckedPage& page : pages.pages) is_chosen[page.file] = page.chosen;
  known.keep_if([&](const std::string& file, const std::string& check) {
    const auto page = is_chosen.find(file);
    return page != is_chosen.end() && (!page->second || contains(disabled, check));
  });
  known.add(result.findings);
  const std::string text = known.print();
  if (before.ok() && *before == text) return;
  [[maybe_unused]] const Status written =
      session.environment.files.write_atomically(pages.history_file, text);
}

// Carries out the fixes, shows them, or leaves them; gives the findings as they are then.
void apply_outcomes(const Session& session, const Options& options, CheckedPages& pages,
                    std::vector<PageOutcome>& outcomes, CheckResult& result) {
  const auto fixed = static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [](const PageOutcome& each) { return each.is_fixed; }));
  const bool writes = !options.dry_run && fixed > 0 &&
                      (!asks_before_fixing(session, fixed) || is_fix_confirmed(session, fixed));
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    PageOutcome& outcome = outcomes[i];
    const CheckedPage& page = pages.pages[i];
    if (outcome.is_fixed && options.dry_run && !session.options.json && !options.sarif) {
      session.environment.out << sanitize_for_terminal(
          entries::unified_diff(outcome.before, outcome.fixed, page.file));
    }
    if (outcome.is_fixed && writes) {
      if (const Status written = page.write(outcome.fixed, "check --fix"); written.ok()) {
        outcome.findings = std::move(outcome.findings_after);
        ++result.fixed_files;
      } else {
        result.unreadable.push_back({page.file, written.error().message});
      }
    }
    if (outcome.is_fixed && options.dry_run) ++result.fixed_files;
    std::move(outcome.findings.begin(), outcome.findings.end(), std::back_inserter(result.findings));
  }
}

Result<int> check(const Session& session, const Options& options) {
  if (options.list_rules && options.scope.folder.empty() && options.scope.conventions.empty())
    return list_rules(session, entries::built_in_conventions().checks);
  STUBKEEPER_ASSIGN(CheckedPages pages, pages_to_check(session, options.scope));
  const entries::CheckRules& rules = pages.conventions.checks;
  if (options.list_rules) return list_rules(session, rules);
  STUBKEEPER_ASSIGN(std::vector<std::string> disabled, rules_to_disable(options.only, rules));
  disabled.insert(disabled.end(), pages.disabled.begin(), pages.disabled.end());
  const entries::PageIndex index{pages.all_files, pages.site};
  entries::SectionIndex facts;
  for (const CheckedPage& page : pages.pages) facts.add(pages.conventions.style, page.file, page.bytes);
  const entries::CheckContext context{pages.conventions,       index,    facts,
                                      iso_date(session.now()), disabled, options.fix};
  const auto history = session.environment.files.read(pages.history_file, max_history_bytes);
  const std::string since = options.is_new ? "last" : options.since;
  KnownFindings known;
  if (since == "last") {
    if (history.ok()) known = KnownFindings{*history};
    if (!history.ok()) session.note("no earlier run is known here; all findings are new");
  } else if (!since.empty()) {
    STUBKEEPER_ASSIGN(known, find_in_revision(session, pages, since, context));
  }

  CheckResult result;
  result.unreadable = std::move(pages.unreadable);
  std::vector<PageOutcome> outcomes(pages.pages.size());
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    CheckedPage& page = pages.pages[i];
    page.chosen = page.chosen && index.files().role(page.file) != entries::FileRole::resource;
    if (!page.chosen) continue;
    ++result.pages;
    outcomes[i] = check_and_fix_page(page, context);
    // A large section need not stay in memory whole.
    page.bytes = std::string{};
  }
  apply_outcomes(session, options, pages, outcomes, result);
  if (!options.dry_run) remember_findings(session, pages, result, disabled, history);
  if (!since.empty()) result.findings = known.select_new(result.findings);
  if (options.sarif) {
    print_as_sarif(session, result, rules);
  } else if (session.options.json) {
    print_as_json(session, result, rules);
  } else if (options.dry_run) {
    session.note(pluralize(result.fixed_files, "page") + " would be fixed");
  } else {
    print_as_text(session, result, rules,
                  options.counts ? CheckListing::counts
                  : options.all  ? CheckListing::all
                                 : CheckListing::grouped);
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
  stubkeeper check --all                        all findings, notes too, a line each
  stubkeeper check --counts                     how many findings there are of each check
  stubkeeper check --since last                 only what the last run did not find
  stubkeeper check --since main                 only what is new since that revision of git
  stubkeeper check --only relref-target         one check
  stubkeeper check --folder content/research    files on disk, without a knowledge base
  stubkeeper check --fix                        fix what can be fixed, as a revision of yours
  stubkeeper check --fix --dry-run              the differences that this makes, and nothing else
  stubkeeper check --sarif > check.sarif        for code hosts (SARIF 2.1.0)

Errors and warnings come by check, with their number and the first three places, as lines of "file:line: severity:
message [check]"; docs/checks.md explains each check. At a terminal --fix asks before it changes more than 20 pages.
Exit code 1 if there are errors or warnings, 3 if a file could not be read. [check] disable and [check.severity] in
stubkeeper.toml turn checks off and change their severity; a folder conventions/ beside it has the rules' own words,
tables and parts (docs/conventions.md).)");
  command->add_option("path", options->scope.paths, "Pages or folders; all without any")->type_name("PATH");
  command->add_option("--folder", options->scope.folder, "Check the files of this folder instead")
      ->type_name("DIR");
  command->add_option("--conventions", options->scope.conventions, "With --folder: your conventions")
      ->type_name("DIR")
      ->needs("--folder");
  command->add_option("--only", options->only, "Only these checks")->type_name("CHECK")->delimiter(',');
  CLI::Option* since =
      command
          ->add_option("--since", options->since, "Only what is new since the last run, or a revision of git")
          ->type_name("last|REV");
  command->add_flag("--new", options->is_new, "The same as --since last")->excludes(since);
  CLI::Option* fix = command->add_flag("--fix", options->fix, "Fix what can be fixed");
  command->add_flag("--dry-run", options->dry_run, "With --fix: show the differences, and write nothing")
      ->needs(fix);
  command->add_flag("--all", options->all, "Print every finding, notes too");
  command->add_flag("--counts", options->counts, "Print only the number of findings of each check");
  command->add_flag("--sarif", options->sarif, "Print SARIF 2.1.0");
  command->add_flag("--list-rules", options->list_rules, "List the checks and exit");
  session.on_command(command, options, check);
}

}  // namespace stubkeeper::cli
