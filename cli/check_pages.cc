#include "cli/check_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <ostream>

#include "base/sha256.h"
#include "base/text/encoding.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "base/version.h"
#include "cli/arguments.h"
#include "cli/session.h"
#include "entries/document.h"
#include "kb/entries/entry_store.h"
#include "kb/export/section_listing.h"
#include "kb/store/knowledge_base.h"

namespace stubkeeper::cli {
namespace {

namespace fs = std::filesystem;

bool matches_paths(const std::string& file, const std::vector<std::string>& paths) {
  return paths.empty() || std::any_of(paths.begin(), paths.end(),
                                      [&](const std::string& path) { return names_file(path, file); });
}

// In the user's cache: files on disk have no knowledge base.
std::string folder_history_file(const Session& session, const std::string& folder) {
  std::string cache = session.environment.variable("XDG_CACHE_HOME");
  const std::string home = session.environment.variable("HOME");
  if (cache.empty() && !home.empty()) cache = home + "/.cache";
  return cache.empty() ? "" : cache + "/stubkeeper/check/" + sha256_hex(folder).substr(0, 16) + ".txt";
}

Result<CheckedPages> list_folder_pages(const Session& session, const CheckScope& scope) {
  CheckedPages found;
  FileSystem& files = session.environment.files;
  found.conventions = entries::built_in_conventions();
  if (!scope.conventions.empty()) {
    STUBKEEPER_ASSIGN(found.conventions,
                      kb::load_conventions(session.absolute_path(scope.conventions), files));
  }
  const std::string root = session.absolute_path(scope.folder);
  STUBKEEPER_ASSIGN(auto listed, kb::list_section(files, root));
  found.folder = root;
  found.history_file = folder_history_file(session, root);
  found.site = listed.roles.site();
  found.all_files = std::move(listed.files);
  for (const FileInfo& info : listed.markdown) {
    if (info.kind != FileKind::regular) {
      found.unreadable.push_back({info.path, info.kind == FileKind::symbolic_link
                                                 ? "is a symbolic link, which is not followed"
                                                 : "is no regular file"});
      continue;
    }
    const std::string path = (fs::path{root} / info.path).string();
    auto bytes = files.read(path, entries::max_page_bytes);
    if (!bytes.ok()) {
      found.unreadable.push_back({info.path, bytes.error().message});
      continue;
    }
    found.pages.push_back({info.path, *std::move(bytes), matches_paths(info.path, scope.paths),
                           [&files, path](const std::string& fixed, const std::string&) {
                             return files.write_atomically(path, fixed);
                           }});
  }
  if (found.pages.empty() && found.unreadable.empty()) {
    return Error{ErrorCode::not_found, "there is no Markdown file in the folder", root,
                 "name the folder of a section"};
  }
  return found;
}

Result<CheckedPages> list_knowledge_base_pages(const Session& session, const CheckScope& scope) {
  CheckedPages found;
  STUBKEEPER_ASSIGN(auto opened, session.open_knowledge_base());
  found.kb = std::move(opened);
  found.conventions = found.kb->store->conventions();
  found.disabled = found.kb->configuration.check.disable;
  found.folder = found.kb->content_folder;
  found.history_file = found.kb->paths.folder + "/check-findings.txt";
  if (!found.folder.empty()) found.site = kb::read_site(session.environment.files, found.folder);
  kb::EntryStore entries{*found.kb->store};
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  for (const kb::Entry& entry : all) {
    if (entry.state == kb::EntryState::removed) continue;
    // A stub is not exported, but a link to it is no error.
    found.all_files.push_back(entry.file);
    const bool named = !scope.paths.empty() && matches_paths(entry.file, scope.paths);
    const bool published = entry.state == kb::EntryState::published;
    if (!published && !named) continue;
    STUBKEEPER_ASSIGN(std::string bytes, entries.current_bytes(entry));
    found.pages.push_back({entry.file, std::move(bytes), named || scope.paths.empty(),
                           [&session, store = found.kb->store.get(), reviewer = found.kb->reviewer,
                            id = entry.id](const std::string& fixed, const std::string& note) -> Status {
                             STUBKEEPER_ASSIGN(
                                 [[maybe_unused]] const auto revision,
                                 kb::EntryStore{*store}.add_revision(id, fixed, kb::AuthorKind::person,
                                                                     reviewer, session.now(), note));
                             return {};
                           }});
  }
  return found;
}

struct RuleCount {
  const entries::CheckRule* rule = nullptr;
  int findings = 0;
  int fixable = 0;
};

// Each rule with its count, the most frequent first, then in the order of the rules.
std::vector<RuleCount> count_by_rule(const CheckResult& result, const entries::CheckRules& rules) {
  std::map<std::string, RuleCount, std::less<>> by_id;
  for (const entries::Finding& finding : result.findings) {
    RuleCount& count = by_id[finding.id];
    ++count.findings;
    if (finding.fixable) ++count.fixable;
  }
  std::vector<RuleCount> counts;
  for (const entries::CheckRule& rule : rules.rules) {
    RuleCount count = by_id[rule.id];
    count.rule = &rule;
    counts.push_back(count);
  }
  std::stable_sort(counts.begin(), counts.end(),
                   [](const RuleCount& a, const RuleCount& b) { return a.findings > b.findings; });
  return counts;
}

std::string format_finding(const entries::Finding& finding) {
  return fmt::format("{}:{}: {}: {} [{}]\n", sanitize_for_terminal(finding.file), finding.line,
                     entries::severity_name(finding.severity), sanitize_for_terminal(finding.message),
                     finding.id);
}

std::string format_count(const RuleCount& count) {
  return fmt::format("{:>6}  {:<7}  {:<20}  {}{}\n", count.findings,
                     entries::severity_name(count.rule->severity), count.rule->id, count.rule->summary,
                     count.fixable > 0 ? " (--fix)" : "");
}

constexpr int max_places_of_group = 3;

// The rules of a severity that found something, each with its first places.
void print_groups(std::ostream& out, const CheckResult& result, const std::vector<RuleCount>& counts,
                  entries::Severity severity) {
  for (const RuleCount& count : counts) {
    if (count.findings == 0 || count.rule->severity != severity) continue;
    out << format_count(count);
    int shown = 0;
    for (const entries::Finding& finding : result.findings) {
      if (finding.id == count.rule->id && shown++ < max_places_of_group)
        out << "  " << format_finding(finding);
    }
    if (shown > max_places_of_group) out << "  and " << shown - max_places_of_group << " more\n";
    out << '\n';
  }
}

const char* sarif_level(entries::Severity severity) {
  return entries::severity_name(severity);  // SARIF's levels have the same names
}

}  // namespace

Result<CheckedPages> pages_to_check(const Session& session, const CheckScope& scope) {
  STUBKEEPER_ASSIGN(CheckedPages found, scope.folder.empty() ? list_knowledge_base_pages(session, scope)
                                                             : list_folder_pages(session, scope));
  for (const std::string& path : scope.paths) {
    const bool any = std::any_of(found.pages.begin(), found.pages.end(),
                                 [&](const CheckedPage& page) { return matches_paths(page.file, {path}); });
    if (any) continue;
    if (found.kb) {
      STUBKEEPER_ASSIGN([[maybe_unused]] const auto entry, find_entry(*found.kb->store, path));
    }
    return Error{ErrorCode::not_found, fmt::format("\"{}\" names no page", path), scope.folder,
                 "name a file, an entry path or a folder below the section's root"};
  }
  return found;
}

int CheckResult::count(entries::Severity severity) const {
  return static_cast<int>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const entries::Finding& finding) { return finding.severity == severity; }));
}

void print_as_text(const Session& session, const CheckResult& result, const entries::CheckRules& rules,
                   CheckListing listing) {
  using enum entries::Severity;
  std::ostream& out = session.environment.out;
  const std::vector<RuleCount> counts = count_by_rule(result, rules);
  if (listing == CheckListing::all) {
    for (const entries::Finding& finding : result.findings) out << format_finding(finding);
    if (result.findings.size() > 1) out << '\n';
  }
  if (listing == CheckListing::grouped) {
    for (const entries::Severity severity : {error, warning}) print_groups(out, result, counts, severity);
  } else if (listing == CheckListing::counts || result.findings.size() > 1) {
    for (const RuleCount& count : counts) {
      if (count.findings > 0) out << format_count(count);
    }
  }
  for (const UnreadablePage& page : result.unreadable)
    session.environment.err << "skipped  " << sanitize_for_terminal(page.file) << ": "
                            << sanitize_for_terminal(page.reason) << '\n';
  session.note(fmt::format("{}: {}, {}, {}", pluralize(static_cast<int>(result.pages), "page"),
                           pluralize(result.count(error), "error"),
                           pluralize(result.count(warning), "warning"),
                           pluralize(result.count(note), "note")));
  if (result.fixed_files > 0) session.note(pluralize(result.fixed_files, "page") + " fixed");
  int fixable = 0;
  bool is_shortened = result.count(note) > 0;
  for (const RuleCount& count : counts) {
    fixable += count.fixable;
    is_shortened = is_shortened || count.findings > max_places_of_group;
  }
  if (listing == CheckListing::grouped && is_shortened)
    session.note("`stubkeeper check --all` shows all of them, `--since last` those since the last run");
  if (fixable > 0) session.note(fmt::format("`stubkeeper check --fix` fixes {} of them", fixable));
}

void print_as_json(const Session& session, const CheckResult& result, const entries::CheckRules& rules) {
  using enum entries::Severity;
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const entries::Finding& finding : result.findings) {
    list.push_back({{"file", finding.file},
                    {"line", finding.line},
                    {"severity", entries::severity_name(finding.severity)},
                    {"check", finding.id},
                    {"message", finding.message},
                    {"fixable", finding.fixable}});
  }
  nlohmann::ordered_json counts = nlohmann::ordered_json::array();
  for (const RuleCount& count : count_by_rule(result, rules)) {
    counts.push_back({{"check", count.rule->id},
                      {"severity", entries::severity_name(count.rule->severity)},
                      {"count", count.findings}});
  }
  nlohmann::ordered_json unreadable = nlohmann::ordered_json::array();
  for (const UnreadablePage& page : result.unreadable)
    unreadable.push_back({{"file", page.file}, {"reason", page.reason}});
  print_json(session, {{"pages", result.pages},
                       {"errors", result.count(error)},
                       {"warnings", result.count(warning)},
                       {"notes", result.count(note)},
                       {"fixed_files", result.fixed_files},
                       {"counts", counts},
                       {"skipped", unreadable},
                       {"findings", list}});
}

void print_as_sarif(const Session& session, const CheckResult& result, const entries::CheckRules& rules) {
  using nlohmann::ordered_json;
  ordered_json described = ordered_json::array();
  std::map<std::string, std::size_t> index;
  for (const entries::CheckRule& rule : rules.rules) {
    index[rule.id] = described.size();
    described.push_back({{"id", rule.id},
                         {"shortDescription", {{"text", rule.summary}}},
                         {"help", {{"text", rule.documentation}, {"markdown", rule.documentation}}},
                         {"defaultConfiguration", {{"level", sarif_level(rule.severity)}}},
                         {"properties", {{"tags", ordered_json::array({rule.group})}}}});
  }
  ordered_json results = ordered_json::array();
  for (const entries::Finding& finding : result.findings) {
    const ordered_json place{
        {"physicalLocation",
         {{"artifactLocation", {{"uri", percent_encode_path(finding.file)}, {"uriBaseId", "SECTION"}}},
          {"region", {{"startLine", finding.line}}}}}};
    results.push_back({{"ruleId", finding.id},
                       {"ruleIndex", index[finding.id]},
                       {"level", sarif_level(finding.severity)},
                       {"message", {{"text", finding.message}}},
                       {"locations", ordered_json::array({place})}});
  }
  ordered_json notifications = ordered_json::array();
  for (const UnreadablePage& page : result.unreadable) {
    notifications.push_back({{"level", "error"}, {"message", {{"text", page.file + ": " + page.reason}}}});
  }
  const ordered_json run{
      {"tool", {{"driver", {{"name", "stubkeeper"}, {"version", program_version()}, {"rules", described}}}}},
      {"columnKind", "utf16CodeUnits"},
      {"invocations", ordered_json::array({{{"executionSuccessful", result.unreadable.empty()},
                                            {"toolExecutionNotifications", notifications}}})},
      {"results", results}};
  print_json(session, {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                       {"version", "2.1.0"},
                       {"runs", ordered_json::array({run})}});
}

}  // namespace stubkeeper::cli
