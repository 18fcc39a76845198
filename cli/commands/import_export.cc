#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <ostream>

#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "cli/commands/commands.h"
#include "cli/terminal/item_view.h"
#include "entries/unified_diff.h"
#include "kb/export/evidence_files.h"
#include "kb/export/manifest.h"
#include "kb/export/section_export.h"
#include "kb/export/section_import.h"
#include "kb/export/site_renderer.h"
#include "kb/store/run_lock.h"

namespace stubkeeper::cli {
namespace {

namespace fs = std::filesystem;

// How pages are written for the configured site; nullptr where they are the store's own.
Result<std::unique_ptr<kb::PageRenderer>> site_rendering(const OpenKnowledgeBase& kb) {
  const config::Configuration::Site& site = kb.configuration.site;
  return kb::make_site_renderer(*kb.store, {site.profile == "plain", site.evidence == "footnotes"});
}

// Where the evidence of the section that is exported to `folder` goes: [site] data, else the folder
// "data" beside the folder "content" that holds the section. invalid_argument where neither is
// known.
Result<kb::EvidenceOptions> evidence_options(const Session& session, const OpenKnowledgeBase& kb,
                                             const std::string& folder) {
  kb::EvidenceOptions options;
  options.now = session.now();
  const fs::path section = fs::path{folder + "/"}.lexically_normal().parent_path();
  fs::path content;
  for (fs::path above = section; above.has_filename(); above = above.parent_path()) {
    if (above.filename() != "content") continue;
    content = above;
    break;
  }
  const std::string& data = kb.configuration.site.data;
  if (!data.empty()) {
    options.folder = (fs::path{kb.paths.folder} / data).lexically_normal().string();
  } else if (!content.empty()) {
    options.folder = (content.parent_path() / "data").string();
  } else {
    return Error{ErrorCode::invalid_argument, "there is no telling where the site's data folder is",
                 kb.paths.configuration(), "set [site] data to it, such as data = \"../my-site/data\""};
  }
  // Templates name pages by their path below content/.
  options.section =
      content.empty() ? section.filename().string() : section.lexically_relative(content).generic_string();
  if (options.section == ".") options.section.clear();
  return options;
}

void show_left_out(const Session& session, const kb::LeftOutFiles& left_out) {
  if (left_out.translations > 0)
    session.note(fmt::format("left out {} in another language", pluralize(left_out.translations, "page")));
  if (left_out.resources > 0)
    session.note(fmt::format("left out {} of a bundle, no page", pluralize(left_out.resources, "resource")));
  for (const auto& [ending, count] : left_out.other_endings) {
    session.note(fmt::format("left out {} with another ending ({}); .md is read", pluralize(count, "file"),
                             sanitize_for_terminal(ending)));
  }
}

void print_left_out_sources(const Session& session, const std::vector<kb::LeftOutSource>& sources) {
  constexpr std::size_t max_shown = 10;
  for (std::size_t i = 0; i < sources.size() && i < max_shown; ++i) {
    const kb::LeftOutSource& source = sources[i];
    const std::string more =
        source.entries.size() > 1 ? fmt::format(" and {} more", source.entries.size() - 1) : "";
    session.say(fmt::format("left out {} {}; {}{} names it", sanitize_for_terminal(source.address),
                            sanitize_for_terminal(source.reason),
                            sanitize_for_terminal(source.entries.front()), more));
  }
  if (sources.size() > max_shown)
    session.say(fmt::format("left out {} more sources", sources.size() - max_shown));
}

Result<int> import_section(const Session& session, const std::string& path) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  const std::string folder = session.absolute_path(path);
  // Only the site's own folder has pages as exports write them.
  std::unique_ptr<kb::PageRenderer> renderer;
  if (kb::Manifest::folder_key(folder) == kb::Manifest::folder_key(kb.content_folder)) {
    STUBKEEPER_ASSIGN(renderer, site_rendering(kb));
  }
  STUBKEEPER_ASSIGN(const auto report, kb::import_section(*kb.store, session.environment.files, folder,
                                                          kb.reviewer, session.now(), renderer.get()));
  if (session.options.json) {
    nlohmann::ordered_json json{
        {"entries_added", report.entries_added},         {"entries_revised", report.entries_revised},
        {"entries_unchanged", report.entries_unchanged}, {"sources_added", report.sources_added},
        {"steering_rules", report.steering_rules},       {"skipped", nlohmann::ordered_json::array()}};
    json["moved"] = nlohmann::ordered_json::array();
    for (const kb::MovedFile& moved : report.moved)
      json["moved"].push_back({{"from", moved.from}, {"to", moved.to}});
    for (const kb::SkippedFile& file : report.skipped)
      json["skipped"].push_back({{"file", file.file}, {"reason", file.reason}});
    json["broken"] = nlohmann::ordered_json::array();
    for (const kb::SkippedFile& page : report.broken)
      json["broken"].push_back({{"file", page.file}, {"reason", page.reason}});
    json["left_out"] = {{"translations", report.left_out.translations},
                        {"resources", report.left_out.resources},
                        {"other_endings", report.left_out.other_endings}};
    json["left_out_sources"] = nlohmann::ordered_json::array();
    for (const kb::LeftOutSource& source : report.left_out_sources)
      json["left_out_sources"].push_back(
          {{"address", source.address}, {"reason", source.reason}, {"entries", source.entries}});
    json["approved_changes_out"] = nlohmann::ordered_json::array();
    for (const auto& [file, count] : report.approved_changes_out)
      json["approved_changes_out"].push_back({{"file", file}, {"count", count}});
    print_json(session, json);
  } else {
    session.say(fmt::format("entries  {} added, {} revised, {} unchanged", report.entries_added,
                            report.entries_revised, report.entries_unchanged));
    for (const kb::MovedFile& moved : report.moved)
      session.say("moved    " + sanitize_for_terminal(moved.from) + " to " + sanitize_for_terminal(moved.to));
    session.say(fmt::format("sources  {} added", report.sources_added));
    print_left_out_sources(session, report.left_out_sources);
    session.say(fmt::format("steering {} rules", report.steering_rules));
    for (const auto& [file, count] : report.approved_changes_out) {
      session.say(fmt::format("note     {} takes out {} approved {}", sanitize_for_terminal(file), count,
                              count == 1 ? "change" : "changes"));
    }
    for (const kb::SkippedFile& file : report.skipped) {
      session.environment.err << "skipped  " << sanitize_for_terminal(file.file) << ": "
                              << sanitize_for_terminal(file.reason) << '\n';
    }
    for (const kb::SkippedFile& page : report.broken)
      session.note("broken   " +
                   sanitize_for_terminal(page.file + ": the front matter cannot be read: " + page.reason));
    show_left_out(session, report.left_out);
    if (report.skipped.empty()) session.say("next     stubkeeper refresh");
  }
  return report.skipped.empty() ? done : partially_done;
}

struct ExportOptions {
  std::string to;
  bool dry_run = false;
  bool restore = false;
  bool accept = false;

  kb::OlderTextDecision older_texts() const {
    using Decision = kb::OlderTextDecision;
    if (restore) return Decision::restore;
    return accept ? Decision::accept : Decision::ask;
  }
};

Result<std::string> destination(const Session& session, const OpenKnowledgeBase& kb, const std::string& to) {
  if (!to.empty()) return session.absolute_path(to);
  if (!kb.content_folder.empty()) return kb.content_folder;
  return Error{ErrorCode::invalid_argument, "there is no folder to export to", kb.paths.configuration(),
               "set [site] content to the section's folder in your site, or give --to DIR"};
}

nlohmann::ordered_json to_json(const kb::ExportReport& report, bool dry_run) {
  nlohmann::ordered_json json{{"dry_run", dry_run},
                              {"moved_from", report.moved_from},
                              {"unchanged", report.unchanged},
                              {"files", nlohmann::ordered_json::array()},
                              {"unknown_files", report.unknown_files}};
  for (const kb::ExportItem& item : report.items) {
    nlohmann::ordered_json conflicts = nlohmann::ordered_json::array();
    for (const entries::MergeConflict& conflict : item.conflicts) {
      conflicts.push_back({{"place", conflict.place},
                           {"base", conflict.base},
                           {"ours", conflict.ours},
                           {"theirs", conflict.theirs}});
    }
    json["files"].push_back({{"file", item.file},
                             {"action", kb::export_action_name(item.action)},
                             {"detail", item.detail},
                             {"broken", item.broken},
                             {"approved_changes_out", item.approved_changes_out},
                             {"conflicts", conflicts}});
  }
  return json;
}

// The pages, then what the site's data says of them.
Result<kb::ExportReport> export_all(const Session& session, const OpenKnowledgeBase& kb,
                                    const std::string& folder, const ExportOptions& options) {
  const bool with_data = kb.configuration.site.evidence == "data";
  kb::EvidenceOptions evidence;
  if (with_data) {
    STUBKEEPER_ASSIGN(evidence, evidence_options(session, kb, folder));
    evidence.dry_run = options.dry_run;
  }
  STUBKEEPER_ASSIGN(const auto renderer, site_rendering(kb));
  STUBKEEPER_ASSIGN(auto report, kb::export_section(*kb.store, session.environment.files,
                                                    {folder, kb.reviewer, session.now(), options.dry_run,
                                                     renderer.get(), options.older_texts()}));
  if (!with_data) return report;
  STUBKEEPER_ASSIGN(auto data, kb::export_evidence(*kb.store, session.environment.files, evidence));
  for (kb::ExportItem& item : data.items) {
    item.file = fs::path{evidence.folder}.filename().string() + "/" + item.file;
    report.items.push_back(std::move(item));
  }
  report.unchanged += data.unchanged;
  return report;
}

Result<int> export_entries(const Session& session, const ExportOptions& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const std::string folder, destination(session, kb, options.to));
  STUBKEEPER_ASSIGN(const auto lock, kb::RunLock::acquire(kb.paths.export_lock()));
  STUBKEEPER_ASSIGN(const auto report, export_all(session, kb, folder, options));
  if (session.options.json) {
    print_json(session, to_json(report, options.dry_run));
  } else {
    if (!report.moved_from.empty()) {
      session.note("the files of     " + sanitize_for_terminal(report.moved_from) +
                   ", which is gone; they are taken for those");
    }
    for (const kb::ExportItem& item : report.items) {
      const bool trouble =
          item.action == kb::ExportAction::conflict || item.action == kb::ExportAction::failed ||
          item.action == kb::ExportAction::deleted_on_disk || item.action == kb::ExportAction::older_text;
      const std::string line =
          fmt::format("{:<15}  {}", kb::export_action_name(item.action), sanitize_for_terminal(item.file));
      if (!item.broken.empty()) {
        const bool is_taken_in =
            item.action == kb::ExportAction::import_edit || item.action == kb::ExportAction::merge;
        session.environment.err << fmt::format(
            "{:<15}  {}: {}; {}Hugo stops at it\n", "broken", sanitize_for_terminal(item.file),
            sanitize_for_terminal(item.broken), is_taken_in ? "taken in as it is, and " : "");
      }
      if (trouble) {
        session.environment.err << line << "\n  " << sanitize_for_terminal(item.detail) << '\n'
                                << format_hunks(item.conflicts);
      } else {
        session.say(item.detail.empty() ? line : line + "  (" + sanitize_for_terminal(item.detail) + ")");
        if (options.dry_run && item.action != kb::ExportAction::create &&
            item.action != kb::ExportAction::move && item.action != kb::ExportAction::remove) {
          session.say(
              sanitize_for_terminal(entries::unified_diff(item.old_bytes, item.new_bytes, item.file)));
        }
      }
    }
    using enum kb::ExportAction;
    session.say(
        fmt::format("{} {} written, {} taken in, {} unchanged, {} for you to look at", folder,
                    report.count(create) + report.count(update) + report.count(merge) + report.count(remove),
                    report.count(import_edit) + report.count(merge), report.unchanged,
                    report.count(conflict) + report.count(deleted_on_disk) + report.count(failed) +
                        report.count(older_text)));
    for (const std::string& file : report.unknown_files)
      session.note("unknown          " + sanitize_for_terminal(file) +
                   "  (no entry; `stubkeeper import` takes it in)");
    if (report.count(older_text) > 0 && !options.dry_run)
      session.note("next             stubkeeper export --restore, or --accept");
    if (report.count(conflict) + report.count(deleted_on_disk) > 0 && !options.dry_run)
      session.note("next             stubkeeper review list");
  }
  if (options.dry_run) return report.items.empty() ? done : failed_or_found;
  return report.needs_attention() ? partially_done : done;
}

}  // namespace

void add_import_command(CLI::App& program, Session& session) {
  auto path = std::make_shared<std::string>();
  CLI::App* command =
      session.add_command(program, "import", "Import an existing section: entries, sources, steering",
                          R"(  stubkeeper import ../my-site/content/research

The files are not changed. Each .md file becomes an entry or a section page, its source_urls become sources, and
{{< steering >}} blocks become rules. Pages in another language, resources of bundles and files with other endings are
left out and counted. Run it again to import what you edited by hand since.)");
  command->add_option("path", *path, "Folder of the section")->required()->type_name("PATH");
  session.on_command(command, path, import_section);
}

void add_export_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* command =
      session.add_command(program, "export", "Export approved entries: only files whose bytes change",
                          R"(  stubkeeper export
  stubkeeper export --dry-run                 what it would do, with differences; exit code 1 if there are any
  stubkeeper export --to /tmp/section
  stubkeeper export --restore                 writes the approved text over files that git put back

A file that you edited since the last export becomes your revision of the entry. If the store has a newer text too, the
two are merged block by block; if both changed the same block, the file is left alone and waits in review (exit code 3),
as a deleted file does. A moved file takes its entry with it. Your edit is never overwritten.

A file that is as it was before changes you approved, as git puts it back, is left alone too, until you say which text
is right: --restore the approved one, or --accept the older one.)");
  command->add_option("--to", options->to, "Folder to write to (else [site] content)")->type_name("DIR");
  command->add_flag("--dry-run", options->dry_run, "Show what would be done, and write nothing");
  CLI::Option* restore = command->add_flag("--restore", options->restore,
                                           "Write the approved text where a file is as it was before");
  command->add_flag("--accept", options->accept, "Take the older text where a file is as it was before")
      ->excludes(restore);
  session.on_command(command, options, export_entries);
}

}  // namespace stubkeeper::cli
