#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/text/utf8.h"
#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cron/shrunken_text.h"

namespace stubkeeper::cli {
namespace {

Result<int> accept_source(const Session& session, const std::string& wanted) {
  STUBKEEPER_ASSIGN(const auto kb, session.open_knowledge_base());
  STUBKEEPER_ASSIGN(const auto source, find_source(*kb.store, wanted));
  STUBKEEPER_TRY(cron::accept_shrunken_text(*kb.store, source, session.now()));
  return print_result(session, {{"accepted", source.id}},
                      fmt::format("the next refresh reads source {} {} however short it is", source.id,
                                  sanitize_for_terminal(source.address)));
}

}  // namespace

void add_source_accept_command(CLI::App& source, Session& session) {
  auto wanted = std::make_shared<std::string>();
  CLI::App* command =
      session.add_command(source, "accept", "Accept that a page says so little now (flag shrunken-text)",
                          R"(  stubkeeper source accept 12

A page that lost nine tenths of its text or more is taken for a wall: its last text stays, and the source counts as
failing. Look at it in a browser. Where the page really is so short now, this has the next refresh read it.)");
  command->add_option("source", *wanted, "Id or address")->required()->type_name("ID|URL");
  session.on_command(command, wanted, accept_source);
}

}  // namespace stubkeeper::cli
