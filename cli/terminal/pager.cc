#include "cli/terminal/pager.h"

#include <ostream>

namespace stubkeeper::cli {

Status show_in_pager(const Session& session, const OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                     const std::string& text) {
  Environment& environment = session.environment;
  std::string pager = environment.variable("PAGER");
  // -R lets colours through; without -X the screen is as it was when less ends.
  if (pager.empty()) pager = "less -R";
  const std::string file = knowledge_base.paths.folder + "/review-page.txt";
  STUBKEEPER_TRY(environment.files.write_atomically(file, text));
  int status = 0;
  keyboard.lend([&] { status = environment.run_at_terminal(pager, file); });
  STUBKEEPER_TRY(environment.files.remove_file(file));
  if (status != 0) environment.out << text << std::flush;
  return {};
}

}  // namespace stubkeeper::cli
