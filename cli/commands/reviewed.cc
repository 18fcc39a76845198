#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "kb/entries/entry_store.h"
#include "kb/review/first_looks.h"

namespace stubkeeper::cli {
namespace {

struct Options {
  std::vector<std::string> entries;
  std::string note;
};

// All or none: a path that is none, or a page that takes no date, leaves every entry as it was.
Status record_reviews(const Session& session, const OpenKnowledgeBase& kb, const Options& options) {
  kb::EntryStore entries{*kb.store};
  const std::string today = iso_date(session.now());
  for (const std::string& path : options.entries) {
    STUBKEEPER_ASSIGN(const auto entry, find_entry(*kb.store, path));
    STUBKEEPER_ASSIGN(const auto bytes, entries.current_bytes(entry));
    auto dated = entries::set_scalar(bytes, "last_reviewed", today, entries::ScalarStyle::bare_date);
    if (!dated.ok()) {
      Error error = dated.error();
      error.where = entry.path;
      return error;
    }
    STUBKEEPER_TRY(kb::FirstLooks{*kb.store}.forget_kept(entry.id));
    STUBKEEPER_TRY(entries.add_revision(entry.id, *dated, kb::AuthorKind::person, kb.reviewer, session.now(),
                                        "reviewed" + (options.note.empty() ? "" : ": " + options.note)));
  }
  return {};
}

Result<int> reviewed(const Session& session, const Options& options) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_TRY(kb.store->run_in_transaction([&] { return record_reviews(session, kb, options); }));
  return print_result(session, {{"reviewed", options.entries}, {"date", iso_date(session.now())}},
                      fmt::format("{} reviewed", options.entries.size()));
}

}  // namespace

void add_reviewed_command(CLI::App& program, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      session.add_command(program, "reviewed", "Say that you have read entries, and that they are true today",
                          R"(  stubkeeper reviewed cooling/acme
  stubkeeper reviewed cooling/acme cooling/corintis --note "asked their press office"

It sets last_reviewed to today, in your name; `stubkeeper export` writes it.)");
  command->add_option("entries", options->entries, "Paths of entries")->required()->type_name("ENTRY");
  command->add_option("--note", options->note, "What goes into the history")->type_name("TEXT");
  session.on_command(command, options, reviewed);
}

}  // namespace stubkeeper::cli
