
#include <CLI/CLI.hpp>

#include "cli/commands/commands.h"
#include "cli/commands/source_commands.h"

namespace stubkeeper::cli {

void add_source_command(CLI::App& program, Session& session) {
  CLI::App* command = session.add_command(program, "source", "Add, list, show, remove and test sources",
                                          "  stubkeeper source add https://example.org/news.xml --type feed\n"
                                          "  stubkeeper source list --failing\n"
                                          "  stubkeeper source test https://example.org/about");
  command->require_subcommand(1);
  add_source_add_command(*command, session);
  add_source_list_command(*command, session);
  add_source_show_command(*command, session);
  add_source_remove_command(*command, session);
  add_source_test_command(*command, session);
}

}  // namespace stubkeeper::cli
