// The editor that a person's text is written in: where its cursor stands.

#include "cli/terminal/external_programs.h"

#include "review/conflict_item.h"
#include "tests/cli/knowledge_base.h"
#include "tests/cli/stream_terminal.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

TEST_CASE("editors that are known to take a line are given it and no others") {
  for (const std::string editor : {"vi", "vim", "nvim", "nano", "emacs"})
    CHECK(cli::editor_command(editor, 12) == editor + " +12");
  CHECK(cli::editor_command("/usr/bin/vim -u NONE", 3) == "/usr/bin/vim -u NONE +3");
  CHECK(cli::editor_command("LANG=C emacs -nw", 3) == "LANG=C emacs -nw +3");
  for (const std::string editor : {"code --wait", "ed", "vimx", "view", "micro", "", "LANG=C"})
    CHECK(cli::editor_command(editor, 12) == editor);
  CHECK(cli::editor_command("vim", 0) == "vim");
}

TEST_CASE("the first mark of a conflict is found by its line") {
  CHECK(review::first_conflict_marker_line("## Summary\n\n<<<<<<< in the store\nFirst.\n") == 3);
  CHECK(review::first_conflict_marker_line("not <<<<<<< in the store\n") == 0);
}

TEST_CASE("both texts of a conflict are opened at the first mark and a change at its beginning") {
  TestKnowledgeBase base;
  const std::string file = base.site + "/pump.md";
  const std::string above = "---\ntitle: \"Pump\"\n---\n\n## Summary\n\n";
  write_file(file, above + "First.\n");
  base.run_ok({"import", base.site});
  write_file(file, above + "Second.\n");
  base.run_ok({"export"});
  base.run_ok({"revert", "pump", "1"});
  write_file(file, above + "By hand.\n");
  CHECK(base.run({"export"}).exit_code == 3);
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  StreamTerminal terminal;
  terminal.variables["EDITOR"] = "nano -w";
  CHECK(terminal.run({"review", "--kb", base.kb}, "eseq") == 0);
  CHECK(terminal.programs == std::vector<std::string>{"nano -w +7", "nano -w"});
}
