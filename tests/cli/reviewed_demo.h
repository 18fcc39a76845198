#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/demonstration.h"
#include "tests/support/program_in_process.h"
#include "tests/support/temporary_folder.h"

namespace stubkeeper::testing {

// The demonstration as a person works with it for some months: two looks at its sources, everything that may
// become of a change, edits by hand on the site, a policy, and texts that were taken back.
struct ReviewedDemo {
  ProgramInProcess program{"2026-11-26T10:00:00Z"};
  Demonstration demo{[this](const std::vector<std::string>& words) { return program.run(words); }};

  ReviewedDemo() {
    demo.allow_loopback();
    const std::string toml = demo.kb() + "/stubkeeper.toml";
    write_file(toml,
               read_file(toml) +
                   "\n[[review.policy]]\nname = \"our port\"\nkinds = [\"write summary\", \"add fact\"]\n"
                   "sections = [\"grids\"]\n");
    demo.import_and_add_sources();
    demo.run_ok({"refresh"});
    decide_on_first_look();
    edit_by_hand();
    go_on();
  }

  std::string id_of(const std::string& words, const std::string& state = "waiting") {
    const nlohmann::json found =
        demo.json({"review", "list", "--state", state, "--search", words})["changes"];
    INFO(words << " " << found.dump());
    REQUIRE(found.size() == 1);
    return std::to_string(found[0]["id"].get<int>());
  }
  void decide(const std::string& verb, const std::string& words, std::vector<std::string> more = {}) {
    std::vector<std::string> command{"review", verb, id_of(words, verb == "undo" ? "approved" : "waiting")};
    command.insert(command.end(), more.begin(), more.end());
    demo.run_ok(command);
    program.clock.advance(std::chrono::minutes{7});
  }
  int current_revision(const std::string& entry) {
    return demo.json({"history", entry})["revisions"].back()["number"];
  }
  void revert(const std::string& entry, int revision) {
    demo.run_ok({"revert", entry, std::to_string(revision)});
    program.clock.advance(std::chrono::minutes{7});
  }

  void decide_on_first_look() {
    decide("edit", "300 visitors in Vienna",
           {"--text", "GlacierLoop showed its K2 loop in Vienna. It had 300 visitors."});
    decide("approve", "raised €27 million");  // flagged
    decide("reject", "Saltline raised €18 million", {"--reason", "not news"});
    // Edited, thought over, and approved as it was drafted.
    decide("edit", "born in Lagos", {"--text", "Ines Okafor was born in 1984."});
    decide("undo", "born in Lagos");
    decide("approve", "born in Lagos");
    demo.run_ok({"review", "approve", "--all-unflagged"});
    program.clock.advance(std::chrono::hours{1});
    demo.run_ok({"export"});
  }

  // The text with other words in one place; fails the test where they are not there.
  static std::string replaced(std::string text, const std::string& was, const std::string& is) {
    const std::size_t at = text.find(was);
    INFO(was);
    REQUIRE(at != std::string::npos);
    return text.replace(at, was.size(), is);
  }

  void edit_by_hand() {
    const std::string file = demo.research() + "/heat-storage/saltline.md";
    std::string text = read_file(file);
    text = replaced(text, "Do not rely on it as a sole source", "I know their head. Do not rely on it alone");
    text = replaced(text, "## Sources\n", "## Sources\n\nAll of these are theirs.\nRead them with care.\n");
    text = replaced(text, "spun out of a university laboratory in 2022.”",
                    "spun out of Aarhus University in 2022.”");
    write_file(file, text);
    program.clock.advance(std::chrono::hours{1});
    demo.run_ok({"export"});
    CHECK(current_revision("heat-storage/saltline") > 1);
  }

  void go_on() {
    program.clock.set("2027-03-01T08:00:00Z");
    demo.serve_second_refresh();
    demo.run_ok({"refresh", "--force"});
    demo.run_ok({"review", "approve", "--all-unflagged"});
    decide("undo", "first 60 K2 loops");
    // Back to the stub and forth again: the words are those that were quoted before.
    const int whole = current_revision("people/ines-okafor");
    revert("people/ines-okafor", 1);
    revert("people/ines-okafor", whole);
    // Back for good: what came since is gone.
    revert("heat-storage/embervault", 3);
    demo.run_ok({"export"});
  }
};

}  // namespace stubkeeper::testing
