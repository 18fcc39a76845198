#include "cli/terminal/pager.h"

#include <array>
#include <ostream>
#include <string_view>

#include "cli/terminal/line_option.h"

namespace stubkeeper::cli {

Status show_in_pager(const Session& session, const OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                     const std::string& text, std::size_t line) {
  Environment& environment = session.environment;
  std::string pager = environment.variable("PAGER");
  // -R lets colours through; without -X the screen is as it was when less ends.
  if (pager.empty()) pager = "less -R";
  static constexpr std::array supported_programs = std::to_array<std::string_view>({"less", "more"});
  pager = add_line_option(pager, line, supported_programs);
  const std::string file = knowledge_base.paths.folder + "/review-page.txt";
  STUBKEEPER_TRY(environment.files.write_atomically(file, text));
  int status = 0;
  keyboard.suspend_while([&] { status = environment.run_at_terminal(pager, file); });
  STUBKEEPER_TRY(environment.files.remove_file(file));
  if (status != 0) environment.out << text << std::flush;
  return {};
}

}  // namespace stubkeeper::cli
