#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <ostream>

#include "cli/commands/commands.h"
#include "cli/commands/entry_argument.h"
#include "cli/exit_code.h"
#include "cli/json_output.h"
#include "entries/checks/check.h"
#include "kb/entry_store.h"
#include "schema/base/utf8.h"

namespace stubkeeper::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_bytes_of_a_page = 50'000'000;

struct Options {
  std::vector<std::string> paths;
  std::string folder;
  bool fix = false;
  bool list_rules = false;
};

// A page under check, and how to write it back.
struct CheckedPage {
  std::string file;
  std::string bytes;
  std::function<Status(const std::string& fixed, const std::string& note)> write;
};

struct Pages {
  std::vector<CheckedPage> chosen;
  std::vector<std::string> all_files;
  std::vector<std::string> disabled;
  std::optional<OpenKnowledgeBase> kb;  // keeps the store open that the writers use
};

// Whether a file is one of those that were asked for: by its file, its entry path, or a folder above it.
bool is_asked_for(const std::string& file, const std::vector<std::string>& paths) {
  if (paths.empty()) return true;
  return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
    std::string wanted = path;
    while (!wanted.empty() && wanted.back() == '/') wanted.pop_back();
    return file == wanted || file == wanted + ".md" || file.starts_with(wanted + "/");
  });
}

Result<Pages> pages_of_folder(const Session& session, const Options& options) {
  Pages pages;
  FileSystem& files = session.environment.files;
  const std::string root =
      (fs::path{session.environment.current_folder} / options.folder).lexically_normal().string();
  STUBKEEPER_ASSIGN(const auto listed, files.list_tree(root));
  for (const FileInfo& info : listed) {
    if (info.kind != FileKind::regular || !info.path.ends_with(".md")) continue;
    pages.all_files.push_back(info.path);
    if (!is_asked_for(info.path, options.paths)) continue;
    const std::string path = (fs::path{root} / info.path).string();
    STUBKEEPER_ASSIGN(std::string bytes, files.read(path, most_bytes_of_a_page));
    pages.chosen.push_back(
        {info.path, std::move(bytes), [&files, path](const std::string& fixed, const std::string&) {
           return files.write_atomically(path, fixed);
         }});
  }
  if (pages.all_files.empty()) {
    return Error{ErrorCode::not_found, "there is no Markdown file in the folder", root,
                 "name the folder of a section"};
  }
  return pages;
}

Result<Pages> pages_of_knowledge_base(const Session& session, const Options& options) {
  Pages pages;
  STUBKEEPER_ASSIGN(auto opened, session.open_knowledge_base());
  pages.kb = std::move(opened);
  pages.disabled = pages.kb->configuration.check.disable;
  kb::EntryStore entries{*pages.kb->store};
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  for (const kb::Entry& entry : all) {
    if (entry.state == kb::EntryState::removed) continue;
    // A stub is no page yet, but a link to it is no fault of the page that has it.
    pages.all_files.push_back(entry.file);
    const bool named = !options.paths.empty() && is_asked_for(entry.file, options.paths);
    if (!named && (!options.paths.empty() || entry.state != kb::EntryState::published)) continue;
    STUBKEEPER_ASSIGN(std::string bytes, entries.current_bytes(entry));
    pages.chosen.push_back(
        {entry.file, std::move(bytes),
         [&session, store = pages.kb->store.get(), reviewer = pages.kb->reviewer, id = entry.id](
             const std::string& fixed, const std::string& note) -> Status {
           STUBKEEPER_ASSIGN([[maybe_unused]] const auto revision,
                             kb::EntryStore{*store}.add_revision(id, fixed, kb::AuthorKind::person, reviewer,
                                                                 session.environment.clock.now(), note));
           return {};
         }});
  }
  return pages;
}

// A path that names nothing is a mistake, not a clean check.
Status every_path_names_something(const Session& session, const Options& options, const Pages& pages) {
  for (const std::string& path : options.paths) {
    const bool found = std::any_of(pages.chosen.begin(), pages.chosen.end(),
                                   [&](const CheckedPage& page) { return is_asked_for(page.file, {path}); });
    if (found) continue;
    if (pages.kb) {
      STUBKEEPER_ASSIGN([[maybe_unused]] const auto entry, find_entry(*pages.kb->store, path));
    }
    return Error{ErrorCode::not_found, fmt::format("\"{}\" names no page", path), options.folder,
                 "name a file, an entry path or a folder below the section's root"};
  }
  (void)session;
  return {};
}

int count(const std::vector<entries::Finding>& findings, entries::Severity severity) {
  return static_cast<int>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const entries::Finding& finding) { return finding.severity == severity; }));
}

std::string counted(int number, const char* thing) {
  return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

void print(const Session& session, const std::vector<entries::Finding>& findings, std::size_t pages,
           int fixed_files) {
  using enum entries::Severity;
  if (session.options.json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const entries::Finding& finding : findings) {
      list.push_back({{"file", finding.file},
                      {"line", finding.line},
                      {"severity", entries::severity_name(finding.severity)},
                      {"check", finding.id},
                      {"message", finding.message},
                      {"fixable", finding.fixable}});
    }
    print_json(session, {{"pages", pages},
                         {"errors", count(findings, error)},
                         {"warnings", count(findings, warning)},
                         {"notes", count(findings, note)},
                         {"fixed_files", fixed_files},
                         {"findings", list}});
    return;
  }
  int fixable = 0;
  for (const entries::Finding& finding : findings) {
    if (finding.fixable) ++fixable;
    session.environment.out << fmt::format("{}:{}: {}: {} [{}]\n", printable(finding.file), finding.line,
                                           entries::severity_name(finding.severity),
                                           printable(finding.message), finding.id);
  }
  session.note(fmt::format(
      "{}: {}, {}, {}", counted(static_cast<int>(pages), "page"), counted(count(findings, error), "error"),
      counted(count(findings, warning), "warning"), counted(count(findings, note), "note")));
  if (fixed_files > 0) session.note(counted(fixed_files, "page") + " mended");
  if (fixable > 0) session.note(fmt::format("`stubkeeper check --fix` mends {} of them", fixable));
}

int list_rules(const Session& session) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const entries::CheckRule& rule : entries::check_rules().checks) {
    list.push_back(
        {{"check", rule.id},
         {"severity", entries::severity_name(rule.severity)},
         {"summary", rule.summary},
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

Result<int> check(const Session& session, const Options& options) {
  if (options.list_rules) return list_rules(session);
  STUBKEEPER_ASSIGN(Pages pages, options.folder.empty() ? pages_of_knowledge_base(session, options)
                                                        : pages_of_folder(session, options));
  STUBKEEPER_TRY(every_path_names_something(session, options, pages));
  const entries::PageIndex index{pages.all_files};
  const entries::CheckContext context{index, iso_date(session.environment.clock.now()), pages.disabled,
                                      options.fix};
  std::vector<entries::Finding> all;
  int fixed_files = 0;
  for (CheckedPage& page : pages.chosen) {
    const auto find = [&] {
      return entries::check_page(page.file, entries::Document::parse(page.bytes), context);
    };
    std::vector<entries::Finding> findings = find();
    if (options.fix) {
      const std::string before = page.bytes;
      // Fixes of the same bytes wait for each other.
      constexpr int most_rounds = 10;
      for (int round = 0; round < most_rounds; ++round) {
        std::string fixed = entries::apply_fixes(page.bytes, findings);
        if (fixed == page.bytes) break;
        page.bytes = std::move(fixed);
        findings = find();
      }
      if (page.bytes != before) {
        STUBKEEPER_TRY(page.write(page.bytes, "check --fix"));
        ++fixed_files;
      }
    }
    std::move(findings.begin(), findings.end(), std::back_inserter(all));
  }
  print(session, all, pages.chosen.size(), fixed_files);
  const bool something = count(all, entries::Severity::error) + count(all, entries::Severity::warning) > 0;
  return something ? failed_or_found : done;
}

}  // namespace

void add_check_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(
      program, "check", "Lint entries and sections",
      "  stubkeeper check                              every published page of the knowledge base\n"
      "  stubkeeper check energy/batteries             one folder of it\n"
      "  stubkeeper check --folder content/research    files on disk, without a knowledge base\n"
      "  stubkeeper check --fix                        mend what can be mended, as a revision of yours\n\n"
      "Findings are lines of \"file:line: severity: message [check]\"; docs/checks.md explains each check. "
      "Exit code 1 "
      "where\nthere are errors or warnings; notes alone are none. [check] disable in stubkeeper.toml turns "
      "checks off.");
  command->add_option("path", options->paths, "Pages or folders; without any, all")->type_name("PATH");
  command
      ->add_option("--folder", options->folder,
                   "Check the files of this folder instead of the knowledge base")
      ->type_name("DIR");
  command->add_flag("--fix", options->fix, "Mend what can be mended");
  command->add_flag("--list-rules", options->list_rules, "List the checks and exit");
  command->callback(
      [&session, options] { session.chosen = [&session, options] { return check(session, *options); }; });
}

}  // namespace stubkeeper::cli
