// The review at a terminal: one change at a time, a letter for each decision. The terminal is a stream.

#include <algorithm>
#include <sstream>

#include "cli/terminal/styled_text.h"
#include "tests/cli/knowledge_base.h"
#include "tests/cli/stream_terminal.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

TEST_CASE("the walk shows each change with its quote and does what the keys say") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  StreamTerminal terminal;
  const std::vector<std::string> walk{"review", "--kb", base.kb};
  const auto waiting = [&] { return base.json({"review", "list"})["changes"].size(); };
  const auto shows = [&](const std::string& words) {
    return terminal.out.str().find(words) != std::string::npos;
  };

  SECTION("approve, reject with a usual reason, skip") {
    CHECK(terminal.run(walk, "ar1sq") == 0);
    CHECK(shows("[1/3] pumps/basel · Summary"));
    CHECK(shows("quoted     \x1b[1mPumpwerk Basel is a maker"));
    CHECK(shows("[2/3] pumps/basel"));
    CHECK(shows("1 approved, 1 rejected, 1 left"));
    CHECK(waiting() == 1);
    CHECK(base.json({"review", "list", "--state", "rejected"})["changes"].size() == 1);
  }
  SECTION("reject with a reason of one's own, in which a letter can be taken back") {
    CHECK(terminal.run(walk, "rwnox\x7f good\nq") == 0);
    const auto rejected = base.json({"review", "list", "--state", "rejected"})["changes"];
    REQUIRE(rejected.size() == 1);
    CHECK(base.json({"review", "show",
                     std::to_string(rejected[0]["id"].get<int>())})["changes"][0]["decisions"][0]["reason"] ==
          "no good");
  }
  SECTION("a rejection can be thought over") {
    CHECK(terminal.run(walk,
                       "r\x1b"
                       "q") == 0);
    CHECK(shows("not rejected"));
    CHECK(waiting() == 3);
  }
  SECTION("Enter approves nothing, nor does a key that is none") {
    CHECK(terminal.run(walk, "\n\nz?q") == 0);
    CHECK(shows("Enter decides nothing; these keys do:\n"));
    CHECK(shows("\"z\" is no key here; these are:\n"));
    CHECK(shows("  a  approve: the change goes into the entry"));
    CHECK(waiting() == 3);
  }
  SECTION("the end of input decides nothing more") {
    CHECK(terminal.run(walk, "a") == 0);
    CHECK(waiting() == 2);
  }
  SECTION("the last decision can be undone, at the end of the queue too") {
    CHECK(terminal.run(walk, "auq") == 0);
    CHECK(shows("undone: change 1 waits again"));
    CHECK(waiting() == 3);
    CHECK(terminal.run(walk, "aaauq") == 0);
    CHECK(waiting() == 1);
  }
  SECTION("a decision that cannot be undone does not keep the one before it from being undone") {
    terminal.editor = [&](const std::string&) { base.run_ok({"review", "undo", "2"}); };
    CHECK(terminal.run(walk, "aavuuq") == 0);
    CHECK(shows("the decision was undone already; nothing was undone"));
    CHECK(shows("undone: change 1 waits again"));
    CHECK(waiting() == 3);
  }
  SECTION("behind the last one stands what still waits, skipped or left out by a filter") {
    CHECK(terminal.run(walk, "asssaq") == 0);
    CHECK(shows("That was the last one.\n2 still wait.\ns what still waits"));
    CHECK(waiting() == 1);
    base.run_ok({"review", "undo", "1"});
    CHECK(terminal.run(walk, "fkasaq") == 0);
    CHECK(shows("That was the last one of that sort."));
    CHECK(waiting() == 0);
  }
  SECTION("with nothing decided there is nothing to undo") {
    CHECK(terminal.run(walk, "uq") == 0);
    CHECK(shows("nothing has been decided yet"));
  }
  SECTION("all unflagged of an entry at once, after a look at them, and undone at once") {
    CHECK(terminal.run(walk, "Anq") == 0);
    CHECK(waiting() == 3);
    CHECK(terminal.run(walk, "Ayq") == 0);
    CHECK(shows("approve all of these?"));
    CHECK(waiting() == 0);
    base.run_ok({"review", "undo", "1"});
    CHECK(terminal.run(walk, "Ayuq") == 0);
    CHECK(shows("approve this one?"));
    CHECK(waiting() == 1);
  }
  SECTION("one of an entry's unflagged is left out by its number and what is flagged is named") {
    base.sql("INSERT INTO flag (name, detail, change_id, raised_at) VALUES ('old-source', '2019', 1, 0)");
    CHECK(terminal.run(walk, "A9\n1\n2\nyq") == 0);
    CHECK(shows("left out: change 1, flagged: source older than two years\n"));
    CHECK(shows("change 9 is not among them\n"));
    CHECK(shows("change 1 is not among them\n"));
    CHECK(shows("change 2 is left out and waits\napprove the other 1? y or n: y\n1 approved"));
    CHECK(waiting() == 2);
    CHECK(base.json({"review", "show", "3"})["changes"][0]["state"] == "approved");
  }
  SECTION("several are left out by their numbers at once") {
    CHECK(terminal.run(walk, "A2 3 99\rnq") == 0);
    CHECK(shows(
        "change 2 is left out and waits\nchange 3 is left out and waits\nchange 99 is not among them\n"));
    CHECK(waiting() == 3);
  }
  SECTION("what the filter leaves out is named too") {
    CHECK(terminal.run(walk, "fkAnq") == 0);
    CHECK(shows("left out: change 2, which the filter leaves out\n"));
    CHECK(waiting() == 3);
  }
  SECTION("messages are broken between words") {
    terminal.variables["NO_COLOR"] = "1";
    CHECK(terminal.run(walk, "u?q") == 0);
    CHECK(shows("takes back what was\ndecided before\n"));
    std::istringstream lines{terminal.out.str()};
    for (std::string line; std::getline(lines, line);) CHECK(cli::display_width(line) <= 100);
  }
  SECTION("leaving out all of them or taking the question back approves nothing") {
    CHECK(terminal.run(walk, "A1\n2\n3\nsA1\x1bq") == 0);
    CHECK(waiting() == 3);
  }
  SECTION("skip and back, by letters and arrows") {
    CHECK(terminal.run(walk, "sbbq") == 0);
    CHECK(shows("this is the first one"));
    CHECK(terminal.run(walk, "\x1b[C\x1b[B\x1b[A\x1b[Dq") == 0);
    CHECK(shows("[3/3]"));
    CHECK(waiting() == 3);
  }
  SECTION("go to a change by its number or to an entry") {
    CHECK(terminal.run(walk, "g3\nq") == 0);
    CHECK(shows("[3/3]"));
    CHECK(shows("change 3 · "));
    CHECK(terminal.run(walk, "gchange 2\nq") == 0);
    CHECK(shows("change 2 · "));
    CHECK(terminal.run(walk, "g9\ngnowhere\ngBasel\nq") == 0);
    CHECK(shows("there is no change 9"));
    CHECK(shows("no entry of this walk is named like that"));
  }
  SECTION("a change's number is its own though its place in the walk is another") {
    base.run_ok({"review", "reject", "1"});
    CHECK(terminal.run(walk, "g3\ng1\nq") == 0);
    CHECK(shows("[1/2] pumps/basel"));
    CHECK(shows("[2/2] pumps/basel"));
    CHECK(shows("change 3 · "));
    CHECK(shows("change 1 is rejected and not among these; `stubkeeper review show 1` shows it"));
    CHECK(terminal.run(walk, "Anq") == 0);
    CHECK(shows("\nchange 2     "));
    CHECK(shows("\nchange 3     "));
  }
  SECTION("skipping says what waits, and there is nothing to split in a sentence") {
    CHECK(terminal.run(walk, "sxq") == 0);
    CHECK(shows("change 1 waits\n"));
    CHECK(
        shows("nothing to split: a new text is split into its paragraphs and items, and this is one; e edits "
              "it\n"));
    CHECK(waiting() == 3);
  }
  SECTION("what a change stands between is shown beside it, and who made it") {
    terminal.variables["NO_COLOR"] = "1";
    CHECK(terminal.run(walk, "asq") == 0);
    CHECK(shows("made of the source's own sentences (extractive)"));
    CHECK(shows("  > **⚠ Disclaimer:**"));
    CHECK(shows("  (the text ends here)\n"));
    const std::string out = terminal.out.str();
    const std::size_t second = out.find("[2/3]");
    REQUIRE(second != std::string::npos);
    CHECK(out.find("\n  “Pumpwerk Basel is a maker of pumps in Basel with 120 employees.”", second) !=
          std::string::npos);
    CHECK(out.find("\n  ## Sources\n", second) != std::string::npos);
  }
  SECTION("that an approval publishes its entry stands at the keys, once, and is said before all at once") {
    terminal.variables["NO_COLOR"] = "1";
    CHECK(terminal.run(walk, "Anaq") == 0);
    const std::string publishes = "! the entry is a stub: approving this publishes it\n";
    CHECK(shows(publishes + "a approve · r reject"));
    CHECK(shows(publishes + "approve all of these? Numbers of changes leave those out; y or n: n"));
    const std::string out = terminal.out.str();
    const std::size_t second = out.find("[2/3]");
    REQUIRE(second != std::string::npos);
    CHECK(out.find("is a stub", second) == std::string::npos);
    CHECK_FALSE(shows("note       the entry is a stub"));
    CHECK(base.run_ok({"review", "show", "2"}).out.find("is a stub") == std::string::npos);
  }
  SECTION("a change that is decided offers no decision") {
    CHECK(terminal.run(walk, "abq") == 0);
    CHECK(shows("change 1 approved: revision 2 of pumps/basel"));
    CHECK(shows("s go on · b back · u undo"));
  }
  SECTION("all unflagged are not offered where flagged ones are walked through") {
    base.sql("INSERT INTO flag (name, detail, change_id, raised_at) VALUES ('old-source', '2019', 1, 0)");
    const std::vector<std::string> flagged{"review", "--flag", "old-source", "--kb", base.kb};
    CHECK(terminal.run(flagged, "Aq") == 0);
    CHECK_FALSE(shows("unflagged of this entry ·"));
    CHECK(shows("no unflagged change of this entry waits"));
  }
  SECTION("filter and search") {
    CHECK(terminal.run(walk, "ffq") == 0);
    CHECK(shows("nothing of that sort waits"));
    CHECK(terminal.run(walk, "fkfaq") == 0);
    CHECK(shows("1 of that sort"));
    CHECK(shows("3 of that sort"));
    CHECK(terminal.run(walk, "/graz\nq") == 0);
    CHECK(shows("opened a works in Graz"));
    CHECK(terminal.run(walk, "/nowhere at all\nq") == 0);
    CHECK(shows("nothing that waits has these words"));
    CHECK(terminal.run(walk, "/graz\nq") == 0);
    CHECK(shows("one change has these words\n"));
    CHECK(terminal.run(walk, "/pumpwerk\n/\n/\nq") == 0);
    CHECK(shows("3 changes have these words, this is the 2. of them"));
    CHECK(shows("3 changes have these words, this is the 3. of them"));
    CHECK(shows("3 changes have these words, this is the 1. of them"));
  }
  SECTION("all again begins at the first that waits") {
    CHECK(terminal.run(walk, "ssfkfaq") == 0);
    const std::string out = terminal.out.str();
    CHECK(out.find("[1/3] pumps/basel", out.find("3 of that sort")) != std::string::npos);
    CHECK(terminal.run(walk, "asfafaq") == 0);
    CHECK(terminal.out.str().find("[1/2] pumps/basel") != std::string::npos);
  }
  SECTION("the source's kind is named") {
    CHECK(terminal.run(walk, "q") == 0);
    CHECK(shows("from Pumpwerk Basel (page, "));
    CHECK(base.json({"review", "show", "1"})["changes"][0]["quotes"][0]["source_kind"] == "page");
  }
  SECTION("there are nine usual reasons") {
    CHECK(terminal.run(walk, "r9q") == 0);
    CHECK(shows("  7 out of date\n  8 belongs in another part\n  9 says nothing\n"));
    CHECK(shows("rejected: says nothing"));
  }
  SECTION("a filter at the terminal is among what the command line asked for, and its end leads back there") {
    base.add_stub("pumps/graz", "Pumpwerk Graz", page_about("Pumpwerk Graz"));
    base.run_ok({"refresh"});
    const auto of_basel =
        std::to_string(base.json({"review", "list", "--entry", "pumps/basel"})["changes"].size());
    const std::vector<std::string> one{"review", "--entry", "pumps/basel", "--kb", base.kb};
    CHECK(terminal.run(one, "fkfaq") == 0);
    CHECK(shows("a all that you asked for at\nthe start: a\n" + of_basel + " of that sort"));
    CHECK_FALSE(shows("pumps/graz"));
    CHECK(terminal.run(walk, "faq") == 0);
    CHECK(shows("s this source · a all: a\n"));
  }
  SECTION("what was said never to come again is counted at the end") {
    CHECK(terminal.run(walk, "nsq") == 0);
    CHECK(shows("it will not be proposed again, and 3 changes that waited are rejected"));
    CHECK(shows("0 approved, 0 rejected, 3 never again, 0 left"));
    base.run_ok({"review", "lift", "1"});
    CHECK(terminal.run(walk, "nsuq") == 0);
    CHECK(shows("0 approved, 0 rejected, 3 left"));
  }
  SECTION("an edited text is what the entry gets") {
    terminal.editor = [](const std::string& file) { write_file(file, "Pumpwerk Basel is a maker.\n"); };
    CHECK(terminal.run(walk, "enq") == 0);
    CHECK(shows("your text:"));
    CHECK(shows("y approve your text · e edit again"));
    CHECK(waiting() == 3);
    CHECK(terminal.run(walk, "eyq") == 0);
    CHECK(shows("approved as you wrote it"));
    base.run_ok({"export"});
    CHECK(read_file(base.site + "/pumps/basel.md").find("\nPumpwerk Basel is a maker.\n") !=
          std::string::npos);
    CHECK(base.json({"history", "pumps/basel"})["revisions"].back()["author"] == "jane");
  }
  SECTION(
      "going back to a change that was approved as edited shows the persons text beside the drafted one") {
    terminal.variables["NO_COLOR"] = "1";
    terminal.editor = [](const std::string& file) { write_file(file, "Pumpwerk Basel is a maker.\n"); };
    const std::string drafted = base.json({"review", "show", "1"})["changes"][0]["new_text"];
    CHECK(terminal.run(walk, "eybq") == 0);
    const std::string after = terminal.out.str().substr(terminal.out.str().rfind("[1/"));
    CHECK(after.find("+ Pumpwerk Basel is a maker.") != std::string::npos);
    CHECK(after.find("\ndrafted ") != std::string::npos);
    const auto shown = base.json({"review", "show", "1"})["changes"][0];
    CHECK(shown["own"]["place"] == "Summary");
    CHECK(shown["own"]["text"].get<std::string>().ends_with("Pumpwerk Basel is a maker."));
    CHECK(shown["new_text"] == drafted);
    base.run_ok({"review", "undo", "1"});
    CHECK(base.json({"review", "show", "1"})["changes"][0]["own"].is_null());
  }
  SECTION("the entry of a change that was approved as edited has the persons text alone, and it is marked") {
    terminal.variables["NO_COLOR"] = "1";
    const std::string drafted = base.json({"review", "show", "1"})["changes"][0]["new_text"];
    std::string paged;
    terminal.editor = [&](const std::string& file) {
      // The first is the editor's, the second the pager's.
      if (waiting() == 3)
        write_file(file, "Pumpwerk Basel is a maker.\n");
      else
        paged = read_file(file);
    };
    CHECK(terminal.run(walk, "eybpq") == 0);
    CHECK(paged.find("+ Pumpwerk Basel is a maker.\n") != std::string::npos);
    CHECK(paged.find(drafted.substr(drafted.rfind('\n') + 1)) == std::string::npos);
    CHECK(paged.find("\n  lastmod: ") != std::string::npos);
  }
  SECTION("an edited text is verified, and what speaks against it is shown before it is taken") {
    terminal.editor = [](const std::string& file) { write_file(file, "It has 4,711 employees.\n"); };
    CHECK(terminal.run(walk, "enq") == 0);
    CHECK(shows("A number in the new text stands in none of the quotes. Check the figure."));
    CHECK(shows("(number-not-in-quote)"));
    CHECK(waiting() == 3);
    CHECK(terminal.run(walk, "eyq") == 0);
    CHECK(waiting() == 2);
  }
  SECTION("an edited text that would do something is not taken") {
    terminal.editor = [](const std::string& file) { write_file(file, "<script>alert(1)</script>\n"); };
    CHECK(terminal.run(walk, "enq") == 0);
    CHECK(shows("raw HTML"));
    CHECK(waiting() == 3);
  }
  SECTION("an editor that changes nothing decides nothing") {
    CHECK(terminal.run(walk, "eq") == 0);
    CHECK(waiting() == 3);
  }
  SECTION("never again from this source, and back") {
    CHECK(terminal.run(walk, "nsq") == 0);
    CHECK(shows("it will not be proposed again"));
    CHECK(waiting() == 0);
    CHECK(base.json({"review", "refusals"})["refusals"].size() == 1);
    base.run_ok({"review", "lift", "1"});
    CHECK(waiting() == 3);
    CHECK(terminal.run(walk, "nkuq") == 0);
    CHECK(waiting() == 3);
  }
  SECTION("everything about it in the pager") {
    std::string paged;
    terminal.editor = [&](const std::string& file) { paged = read_file(file); };
    CHECK(terminal.run(walk, "vq") == 0);
    CHECK(paged.find("#:~:text=") != std::string::npos);
    CHECK(paged.find("snapshot ") != std::string::npos);
    CHECK(paged.ends_with("\n(q leads back to the review)\n"));
  }
  SECTION("the entry as it would read, with what is new marked") {
    std::string paged;
    terminal.variables["NO_COLOR"] = "1";
    terminal.editor = [&](const std::string& file) { paged = read_file(file); };
    CHECK(terminal.run(walk, "pq") == 0);
    CHECK(paged.find("  title: \"Pumpwerk Basel\"\n") != std::string::npos);
    CHECK(paged.find("+ ## Summary\n") != std::string::npos);
    CHECK(paged.find("+ ## Sources\n") != std::string::npos);
    CHECK(paged.find("  title: ") > paged.find("+ ## Summary\n"));
    CHECK(waiting() == 3);
    const std::string before = terminal.programs.back();
    REQUIRE(before.starts_with("less -R +"));
    const std::size_t begin = std::stoul(before.substr(std::string{"less -R +"}.size()));
    const auto first_new =
        std::count(paged.begin(), paged.begin() + static_cast<std::ptrdiff_t>(paged.find("+ ")), '\n');
    CHECK(begin <= static_cast<std::size_t>(first_new) + 1);
    CHECK(static_cast<std::size_t>(first_new) < begin + 10);
  }
  SECTION("the help stays on screen and the next key works on the same change") {
    CHECK(terminal.run(walk, "?aq") == 0);
    const std::string out = terminal.out.str();
    const std::size_t help = out.find("Enter decides nothing.");
    CHECK(out.find("quoted", help) > out.find("approved: revision", help));
    CHECK(waiting() == 2);
  }
}

TEST_CASE("a page that was changed behind its date says since when the words stand there") {
  TestKnowledgeBase base;
  const auto about = [](const std::string& more) {
    return "<html><head><title>Loop</title><meta property=\"article:published_time\" "
           "content=\"2026-04-02T09:00:00Z\"></head><body><main><h1>Loop</h1><p>Loop is a maker of pumps in "
           "Graz "
           "with 120 employees.</p>" +
           more + "</main></body></html>";
  };
  base.add_stub("pumps/loop", "Loop", about(""));
  base.run_ok({"refresh"});
  base.server.serve_page("/pumps/loop",
                         about("<p>Loop delivered 60 pumps to a plant in Espoo on 9 July 2026.</p>"));
  base.run_ok({"refresh", "--force"});
  const auto list = base.json({"review", "list", "--search", "Espoo"})["changes"];
  REQUIRE(list.size() == 1);
  const std::string id = std::to_string(list[0]["id"].get<int>());
  const auto quote = base.json({"review", "show", id})["changes"][0]["quotes"][0];
  CHECK(quote["later_than_page"].get<std::string>().starts_with(
      "the page was changed since; these words were first seen on 20"));
  const std::string shown = base.run_ok({"review", "show", id}).out;
  CHECK(shown.find("published 2026-04-02, fetched") != std::string::npos);
  CHECK(shown.find("the page was changed since; these words were first seen on") != std::string::npos);
}

TEST_CASE("a flag is a plain sentence first, then what it was raised for and its name") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  base.sql(
      "INSERT INTO flag (name, detail, change_id, raised_at) VALUES ('old-source', 'published 2019', 1, 0)");
  CHECK(base.run_ok({"review", "show", "1"})
            .out.find(
                "\nflag       The source was published more than two years ago. Check that it still holds.\n"
                "           published 2019 (old-source)\n") != std::string::npos);
}

TEST_CASE("a flagged change asks once more before it is approved") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  base.sql("INSERT INTO flag (name, detail, change_id, raised_at) VALUES ('old-source', '2019', 1, 0)");
  StreamTerminal terminal;
  const std::vector<std::string> walk{"review", "--kb", base.kb};
  CHECK(terminal.run(walk, "anq") == 0);
  CHECK(terminal.out.str().find("flagged: source older than two years. Approve it all the same? y or n: n") !=
        std::string::npos);
  CHECK(base.json({"review", "list"})["changes"].size() == 3);
  CHECK(terminal.run(walk, "Ayq") == 0);
  CHECK(base.json({"review", "list"})["changes"].size() == 1);
  CHECK(terminal.run(walk, "ayq") == 0);
  CHECK(base.json({"review", "list"})["changes"].empty());
}

TEST_CASE("colour is used at a terminal, and not where NO_COLOR or a dumb terminal asks for none") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  StreamTerminal terminal;
  terminal.run({"review", "show", "1", "--kb", base.kb}, "");
  CHECK(terminal.out.str().find("\x1b[") != std::string::npos);
  terminal.variables["NO_COLOR"] = "1";
  terminal.run({"review", "show", "1", "--kb", base.kb}, "");
  CHECK(terminal.out.str().find('\x1b') == std::string::npos);
  terminal.variables = {{"TERM", "dumb"}};
  terminal.run({"review", "show", "1", "--kb", base.kb}, "");
  CHECK(terminal.out.str().find('\x1b') == std::string::npos);
}

TEST_CASE("a long refresh shows progress at a terminal, and leaves no trace of it") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  StreamTerminal terminal;
  CHECK(terminal.run({"refresh", "--force", "--kb", base.kb}, "") == 0);
  CHECK(terminal.out.str().find("1 looked at: 1 changed") != std::string::npos);
  CHECK(terminal.err.str().find("\n") == std::string::npos);
}
