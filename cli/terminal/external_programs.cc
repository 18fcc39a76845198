#include "cli/terminal/external_programs.h"

#include <ostream>
#include <sstream>
#include <string_view>

#include "base/text/strings.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::cli {
namespace {

std::string add_line_option(const std::string& command, std::size_t line,
                            std::initializer_list<std::string_view> supported_programs) {
  std::istringstream words{command};
  std::string program;
  while (words >> program && program.find('=') != std::string::npos) continue;
  const std::string name = std::string{file_name(program)};
  const bool is_supported = contains(supported_programs, name);
  return is_supported && line != 0 ? command + " +" + std::to_string(line) : command;
}

}  // namespace

std::string editor_command(const std::string& editor, std::size_t line) {
  return add_line_option(editor, line, {"vi", "vim", "nvim", "nano", "emacs"});
}

std::string pager_command(const std::string& pager, std::size_t line) {
  return add_line_option(pager, line, {"less", "more"});
}

Result<std::optional<std::string>> edit_at_terminal(const Session& session,
                                                    const OpenKnowledgeBase& knowledge_base,
                                                    const std::string& text, std::size_t line) {
  Environment& environment = session.environment;
  if (!environment.in_is_terminal || !environment.out_is_terminal) {
    return Error{ErrorCode::invalid_argument, "an editor needs a terminal", "",
                 "give the text with --text TEXT or --file FILE"};
  }
  std::string editor = environment.variable("VISUAL");
  if (editor.empty()) editor = environment.variable("EDITOR");
  if (editor.empty()) editor = "vi";
  const std::string file = knowledge_base.paths.folder + "/review-edit.md";
  STUBKEEPER_TRY(environment.files.write_atomically(file, text + "\n"));
  const int status = environment.run_at_terminal(editor_command(editor, line), file);
  const Result<std::string> edited = environment.files.read(file, 1'000'000);
  const Status removed = environment.files.remove_file(file);
  if (status != 0) {
    return Error{ErrorCode::io, "the editor \"" + editor + "\" ended with status " + std::to_string(status),
                 "", "set $EDITOR; nothing was decided"};
  }
  if (!edited.ok()) return edited.error();
  STUBKEEPER_TRY(removed);
  const std::string result{entries::trim(*edited)};
  if (result.empty() || result == entries::trim(text)) return std::optional<std::string>{};
  return std::optional<std::string>{result};
}

Status show_in_pager(const Session& session, const OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                     const std::string& text, std::size_t line, const std::string& last_line) {
  Environment& environment = session.environment;
  std::string pager = environment.variable("PAGER");
  // -R shows colours; without -X the screen is as before when less ends.
  if (pager.empty()) pager = "less -R";
  const std::string file = knowledge_base.paths.folder + "/review-page.txt";
  const std::string page = text + "\n" + last_line + "\n";
  STUBKEEPER_TRY(environment.files.write_atomically(file, page));
  int status = 0;
  keyboard.suspend_while([&] { status = environment.run_at_terminal(pager_command(pager, line), file); });
  STUBKEEPER_TRY(environment.files.remove_file(file));
  if (status != 0) environment.out << page << std::flush;
  return {};
}

}  // namespace stubkeeper::cli
