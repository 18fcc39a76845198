#include "cli/terminal/editor.h"

#include <array>
#include <string_view>

#include "cli/terminal/line_option.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::cli {

std::string editor_command(const std::string& editor, std::size_t line) {
  static constexpr std::array supported_programs =
      std::to_array<std::string_view>({"vi", "vim", "nvim", "nano", "emacs"});
  return add_line_option(editor, line, supported_programs);
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

}  // namespace stubkeeper::cli
