#include "cli/program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <ostream>
#include <sstream>

#include "base/text/nearest_name.h"
#include "base/text/utf8.h"
#include "base/version.h"
#include "cli/commands/commands.h"
#include "cli/session.h"

namespace stubkeeper::cli {
namespace {

constexpr const char* description =
    R"(stubkeeper maintains a research section: it checks the sources of your entries on a schedule, proposes changes
that quote them, and writes what you approve into your site.)";

constexpr const char* footer = R"(A first session:
  stubkeeper init kb --site ../site/content/research
  stubkeeper source add https://example.org/news.xml --type feed
  stubkeeper refresh && stubkeeper review && stubkeeper export

`stubkeeper COMMAND --help` explains a command. Exit codes: 0 done, 1 failed or found something, 2 wrong usage,
3 done in part, 4 another run holds the lock.)";

void print_error(const Session& session, const Error& error) {
  std::ostream& err = session.environment.err;
  err << "stubkeeper: " << (error.where.empty() ? "" : sanitize_for_terminal(error.where) + ": ")
      << sanitize_for_terminal(error.message) << '\n';
  if (!error.advice.empty()) err << "  " << sanitize_for_terminal(error.advice) << '\n';
  if (!session.options.json) return;
  print_json(session, {{"error",
                        {{"code", error_code_name(error.code)},
                         {"message", error.message},
                         {"where", error.where},
                         {"advice", error.advice}}}});
}

// The one place where errors become exit codes.
int to_exit_code(const Error& error) {
  if (error.code == ErrorCode::invalid_argument) return invalid_usage;
  return error.code == ErrorCode::busy ? locked : failed_or_found;
}

std::vector<std::string> subcommand_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

// The command that the command line names, as far as it is known.
const CLI::App& selected_command(const CLI::App& app) {
  const CLI::App* chosen = &app;
  while (!chosen->get_subcommands().empty()) chosen = chosen->get_subcommands().front();
  return *chosen;
}

// The names of a command, each with a space after it: "review approve "; "" for the program itself.
std::string command_path(const CLI::App& command) {
  return command.get_parent() == nullptr ? ""
                                         : command_path(*command.get_parent()) + command.get_name() + " ";
}

// A word that the parser does not know, with the nearest one that it does.
Error unknown_argument_error(const CLI::App& command, const std::string& word) {
  const bool option = word.starts_with("-");
  std::vector<std::string> known;
  if (option) {
    for (const CLI::Option* each : command.get_options()) {
      for (const std::string& name : each->get_lnames()) known.push_back("--" + name);
    }
  } else {
    known = subcommand_names(command);
  }
  const std::string name = command_path(command);
  const auto near = nearest_name(option ? word.substr(0, word.find('=')) : word, known);
  const std::string kind = option ? "option" : known.empty() ? "argument" : "command";
  return Error{ErrorCode::invalid_argument, fmt::format("unknown {} \"{}\"", kind, word), "",
               near ? fmt::format("did you mean \"{}\"?", *near)
                    : fmt::format("`stubkeeper {}--help` lists what there is", name)};
}

Error usage_error(const CLI::App& program, const CLI::ParseError& error) {
  const CLI::App& command = selected_command(program);
  const std::vector<std::string> rest = program.remaining(true);
  if (!rest.empty()) return unknown_argument_error(command, rest.front());
  const std::string name = command_path(command);
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && !subcommand_names(command).empty()) {
    return Error{ErrorCode::invalid_argument,
                 name.empty() ? "no command is given" : command.get_name() + " needs a command", "",
                 fmt::format("`stubkeeper {}--help` lists what there is", name)};
  }
  return Error{ErrorCode::invalid_argument, error.what(), "",
               fmt::format("`stubkeeper {}--help` explains it", name)};
}

// CLI11's help with one empty line in place of two, and a final line end.
std::string normalize_help(std::string text) {
  for (std::size_t at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n", at))
    text.erase(at, 1);
  if (!text.ends_with('\n')) text += '\n';
  return text;
}

void add_commands(CLI::App& program, Session& session) {
  for (const auto add : {add_init_command,    add_import_command,   add_source_command, add_refresh_command,
                         add_review_command,  add_serve_command,    add_export_command, add_check_command,
                         add_why_command,     add_history_command,  add_diff_command,   add_revert_command,
                         add_report_command,  add_reviewed_command, add_status_command, add_schedule_command,
                         add_backup_command,  add_restore_command,  add_doctor_command, add_prune_command,
                         add_extract_command, add_robots_command,   add_verify_command})
    add(program, session);
}

}  // namespace

int run_program(Environment& environment, const std::vector<std::string>& arguments) {
  Session session{environment};
  CLI::App program{description, "stubkeeper"};
  program.set_version_flag("--version", "stubkeeper " + std::string{program_version()},
                           "Print the version and exit");
  program.footer(footer);
  program.require_subcommand(1);
  program.get_formatter()->column_width(34);
  session.add_common_options(program);
  add_commands(program, session);

  try {
    // CLI11 takes the arguments from the end of the list.
    program.parse(std::vector<std::string>{arguments.rbegin(), arguments.rend()});
  } catch (const CLI::Success& success) {  // --help and --version
    std::ostringstream printed;
    program.exit(success, printed, printed);
    environment.out << normalize_help(printed.str());
    return done;
  } catch (const CLI::ParseError& error) {
    print_error(session, usage_error(program, error));
    return invalid_usage;
  }

  const Result<int> result = session.chosen();
  if (result.ok()) {
    environment.out.flush();
    return *result;
  }
  print_error(session, result.error());
  return to_exit_code(result.error());
}

}  // namespace stubkeeper::cli
