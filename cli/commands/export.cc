#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <ostream>

#include "base/text/utf8.h"
#include "cli/commands/commands.h"
#include "cli/exit_code.h"
#include "cli/json_output.h"
#include "cli/site.h"
#include "cli/terminal/conflict_view.h"
#include "entries/unified_diff.h"
#include "kb/export/section_export.h"
#include "kb/store/run_lock.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  std::string to;
  bool dry_run = false;
};

Result<std::string> destination(const Session& session, const OpenKnowledgeBase& kb, const std::string& to) {
  if (!to.empty())
    return (std::filesystem::path{session.environment.current_folder} / to).lexically_normal().string();
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
                             {"conflicts", conflicts}});
  }
  return json;
}

// The pages, then what the site's data says of them.
Result<kb::ExportReport> export_all(const Session& session, const OpenKnowledgeBase& kb,
                                    const std::string& folder, bool dry_run) {
  const bool with_data = kb.configuration.site.evidence == "data";
  kb::EvidenceOptions evidence;
  if (with_data) {
    STUBKEEPER_ASSIGN(evidence, evidence_options(session, kb, folder));
    evidence.dry_run = dry_run;
  }
  STUBKEEPER_ASSIGN(const auto renderer, site_rendering(kb));
  STUBKEEPER_ASSIGN(auto report, kb::export_section(*kb.store, session.environment.files,
                                                    {folder, kb.reviewer, session.environment.clock.now(),
                                                     dry_run, renderer.get()}));
  if (!with_data) return report;
  STUBKEEPER_ASSIGN(auto data, kb::export_evidence(*kb.store, session.environment.files, evidence));
  for (kb::ExportItem& item : data.items) {
    item.file = std::filesystem::path{evidence.folder}.filename().string() + "/" + item.file;
    report.items.push_back(std::move(item));
  }
  report.unchanged += data.unchanged;
  return report;
}

Result<int> export_entries(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const std::string folder, destination(session, kb, options.to));
  STUBKEEPER_ASSIGN(const auto lock, kb::RunLock::acquire(kb.paths.export_lock()));
  STUBKEEPER_ASSIGN(const auto report, export_all(session, kb, folder, options.dry_run));
  if (session.options.json) {
    print_json(session, to_json(report, options.dry_run));
  } else {
    if (!report.moved_from.empty()) {
      session.note("the files of     " + sanitize_for_terminal(report.moved_from) +
                   ", which is gone; they are taken for those");
    }
    for (const kb::ExportItem& item : report.items) {
      const bool trouble = item.action == kb::ExportAction::conflict ||
                           item.action == kb::ExportAction::failed ||
                           item.action == kb::ExportAction::deleted_on_disk;
      const std::string line =
          fmt::format("{:<15}  {}", kb::export_action_name(item.action), sanitize_for_terminal(item.file));
      if (trouble) {
        session.environment.err << line << "\n  " << sanitize_for_terminal(item.detail) << '\n'
                                << format_hunks(item.conflicts);
      } else {
        session.say(item.detail.empty() ? line : line + "  (" + sanitize_for_terminal(item.detail) + ")");
        if (options.dry_run && item.action != kb::ExportAction::create &&
            item.action != kb::ExportAction::move && item.action != kb::ExportAction::remove) {
          session.say(sanitize_for_terminal(entries::unified_diff(item.old_bytes, item.new_bytes, item.file)));
        }
      }
    }
    using enum kb::ExportAction;
    session.say(
        fmt::format("{} {} written, {} taken in, {} unchanged, {} for you to look at", folder,
                    report.count(create) + report.count(update) + report.count(merge) + report.count(remove),
                    report.count(import_edit) + report.count(merge), report.unchanged,
                    report.count(conflict) + report.count(deleted_on_disk) + report.count(failed)));
    for (const std::string& file : report.unknown_files)
      session.note("unknown          " + sanitize_for_terminal(file) + "  (no entry; `stubkeeper import` takes it in)");
    if (report.count(conflict) + report.count(deleted_on_disk) > 0 && !options.dry_run)
      session.note("next             stubkeeper review list");
  }
  if (options.dry_run) return report.items.empty() ? done : failed_or_found;
  return report.needs_attention() ? partially_done : done;
}

}  // namespace

void add_export_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(
      program, "export", "Write the section: approved entries, and only files whose bytes change",
      "  stubkeeper export\n"
      "  stubkeeper export --dry-run                 what it would do, with differences; exit code 1 when "
      "there is any\n"
      "  stubkeeper export --to /tmp/section\n\n"
      "A file that you edited since the last export is taken in as your revision. Where the store has "
      "something "
      "newer too,\n"
      "the two are merged block by block; where both changed the same block, the file is left alone and "
      "waits\n"
      "in review (exit code 3), as a file does that you deleted. One that you moved takes its entry with it. "
      "Your "
      "edit is\nnever overwritten.");
  command->add_option("--to", options->to, "Folder to write to (else [site] content)")->type_name("DIR");
  command->add_flag("--dry-run", options->dry_run, "Say what would be done, and write nothing");
  command->callback([&session, options] {
    session.chosen = [&session, options] { return export_entries(session, *options); };
  });
}

}  // namespace stubkeeper::cli
