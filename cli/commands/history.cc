#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/text/utf8.h"
#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/terminal/item_view.h"
#include "entries/block_diff.h"
#include "kb/entries/entry_store.h"
#include "review/json.h"

namespace stubkeeper::cli {
namespace {

Result<int> history(const Session& session, const std::string& path) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto entry, find_entry(*kb.store, path));
  STUBKEEPER_ASSIGN(const auto revisions, kb::EntryStore{*kb.store}.revisions(entry.id));
  if (session.options.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const kb::Revision& revision : revisions) {
      json.push_back({{"number", revision.number},
                      {"at", rfc3339(revision.created_at)},
                      {"author", revision.author},
                      {"author_kind", kb::author_kind_name(revision.author_kind)},
                      {"note", revision.note},
                      {"sha256", revision.body_sha256},
                      {"current", revision.id == entry.current_revision_id}});
    }
    print_json(session,
               {{"entry", entry.path}, {"state", kb::entry_state_name(entry.state)}, {"revisions", json}});
    return done;
  }
  for (auto revision = revisions.rbegin(); revision != revisions.rend(); ++revision) {
    session.environment.out << fmt::format(
        "{:>4}  {}  {:<6}  {:<16}  {}\n", revision->number, rfc3339(revision->created_at),
        kb::author_kind_name(revision->author_kind), sanitize_for_terminal(revision->author),
        sanitize_for_terminal(revision->note));
  }
  return done;
}

struct DiffOptions {
  std::string entry;
  int from = 0;
  int to = 0;  // 0: the current one
};

Result<int> diff(const Session& session, const DiffOptions& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto entry, find_entry(*kb.store, options.entry));
  kb::EntryStore entries{*kb.store};
  STUBKEEPER_ASSIGN(const auto from, entries.revision_by_number(entry.id, options.from));
  STUBKEEPER_ASSIGN(const auto to, options.to == 0 ? entries.revision(entry.current_revision_id)
                                                   : entries.revision_by_number(entry.id, options.to));
  STUBKEEPER_ASSIGN(const auto before, entries.bytes(from));
  STUBKEEPER_ASSIGN(const auto after, entries.bytes(to));
  auto difference = entries::block_diff(before, after);
  std::erase_if(difference, [](const entries::BlockDifference& block) {
    return block.kind == entries::BlockDifference::Kind::kept;
  });
  if (session.options.json) {
    print_json(session, {{"entry", entry.path},
                         {"from", from.number},
                         {"to", to.number},
                         {"difference", review::difference_json(difference)}});
    return done;
  }
  const Environment& environment = session.environment;
  const int columns = environment.out_is_terminal ? environment.columns : 200;
  for (const std::string& line : difference_lines(difference, columns, environment.colour()))
    environment.out << line << '\n';
  if (difference.empty()) session.note("they do not differ");
  return done;
}

struct RevertOptions {
  std::string entry;
  int revision = 0;
};

Result<int> revert(const Session& session, const RevertOptions& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto entry, find_entry(*kb.store, options.entry));
  kb::EntryStore entries{*kb.store};
  STUBKEEPER_ASSIGN(const auto old, entries.revision_by_number(entry.id, options.revision));
  STUBKEEPER_ASSIGN(const auto bytes, entries.bytes(old));
  STUBKEEPER_ASSIGN(const auto made,
                    entries.add_revision(entry.id, bytes, kb::AuthorKind::person, kb.reviewer, session.now(),
                                         fmt::format("back to revision {}", old.number)));
  return print_result(
      session, {{"entry", entry.path}, {"revision", made.number}},
      fmt::format("{} is now revision {}, with the text of revision {}; `stubkeeper export` writes it",
                  entry.path, made.number, old.number));
}

}  // namespace

void add_history_command(CLI::App& program, Session& session) {
  auto path = std::make_shared<std::string>();
  CLI::App* command = session.add_command(program, "history",
                                          "List the revisions of an entry, newest first: when, by whom, why",
                                          "  stubkeeper history datacenters/cooling/corintis");
  command->add_option("entry", *path, "Path of the entry")->required()->type_name("ENTRY");
  session.on_command(command, path, history);
}

void add_diff_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App* command =
      session.add_command(program, "diff", "Show what changed between two revisions of an entry",
                          R"(  stubkeeper diff datacenters/cooling/corintis 3        since revision 3
  stubkeeper diff datacenters/cooling/corintis 3 5)");
  command->add_option("entry", options->entry, "Path of the entry")->required()->type_name("ENTRY");
  command->add_option("from", options->from, "Number of a revision, as `history` shows it")
      ->required()
      ->type_name("A")
      ->check(validate_id);
  command->add_option("to", options->to, "Number of another one; else the current one")
      ->type_name("B")
      ->check(validate_id);
  session.on_command(command, options, diff);
}

void add_revert_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<RevertOptions>();
  CLI::App* command =
      session.add_command(program, "revert", "Restore an earlier revision's text, as a new revision",
                          R"(  stubkeeper history datacenters/cooling/corintis
  stubkeeper revert datacenters/cooling/corintis 3)");
  command->add_option("entry", options->entry, "Path of the entry")->required()->type_name("ENTRY");
  command->add_option("revision", options->revision, "Number of the revision, as `history` shows it")
      ->required()
      ->type_name("REVISION")
      ->check(validate_id);
  session.on_command(command, options, revert);
}

}  // namespace stubkeeper::cli
