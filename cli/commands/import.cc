#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "base/text/utf8.h"
#include "cli/commands/commands.h"
#include "cli/exit_code.h"
#include "cli/json_output.h"
#include "cli/site.h"
#include "kb/export/manifest.h"
#include "kb/export/section_import.h"

namespace stubkeeper::cli {
namespace {

Result<int> import(const Session& session, const std::string& path) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  const std::string folder =
      (std::filesystem::path{session.environment.current_folder} / path).lexically_normal().string();
  // Only the site's own folder is as exports write it.
  std::unique_ptr<kb::PageRenderer> renderer;
  if (kb::Manifest::folder_key(folder) == kb::Manifest::folder_key(kb.content_folder)) {
    STUBKEEPER_ASSIGN(renderer, site_rendering(kb));
  }
  STUBKEEPER_ASSIGN(const auto report,
                    kb::import_section(*kb.store, session.environment.files, folder, kb.reviewer,
                                       session.environment.clock.now(), renderer.get()));
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
    print_json(session, json);
  } else {
    session.say(fmt::format("entries  {} added, {} revised, {} unchanged", report.entries_added,
                            report.entries_revised, report.entries_unchanged));
    for (const kb::MovedFile& moved : report.moved)
      session.say("moved    " + sanitize_for_terminal(moved.from) + " to " + sanitize_for_terminal(moved.to));
    session.say(fmt::format("sources  {} added", report.sources_added));
    session.say(fmt::format("steering {} rules", report.steering_rules));
    for (const kb::SkippedFile& file : report.skipped) {
      session.environment.err << "skipped  " << sanitize_for_terminal(file.file) << ": " << sanitize_for_terminal(file.reason)
                              << '\n';
    }
    if (report.skipped.empty()) session.say("next     stubkeeper refresh");
  }
  return report.skipped.empty() ? done : partially_done;
}

}  // namespace

void add_import_command(CLI::App& program, Session& session) {
  auto path = std::make_shared<std::string>();
  CLI::App* command = session.add_command(
      program, "import", "Take in an existing section: entries, sources, steering",
      "  stubkeeper import ../my-site/content/research\n\n"
      "The files stay as they are. Each .md file becomes an entry or a section page, its source_urls become "
      "sources,\n"
      "and {{< steering >}} blocks become rules. Run it again to take in what you edited by hand since.");
  command->add_option("path", *path, "Folder of the section")->required()->type_name("PATH");
  command->callback(
      [&session, path] { session.chosen = [&session, path] { return import(session, *path); }; });
}

}  // namespace stubkeeper::cli
