// What becomes of each kind of change that a model can propose; its answers were written by hand.

#include <algorithm>

#include "tests/llm/drafting_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::llm::testing;

namespace {

const std::string news =
    "An independent test by EMPA measured that Saltline's store holds its heat for five days.";
const std::string denial =
    "Engineers at ETH Zurich say that Saltline's store loses half of its heat in two days.";

// The entry after the one change that verification leaves of an answer.
std::string after(const Task& task, const nlohmann::json& change) {
  const Verification verified = verify(task, run_drafter(task, {make_answer({change})}));
  REQUIRE(verified.changes.size() == 1);
  const auto bytes = entries::apply_edit(task.entry, verified.changes[0].change.edit);
  REQUIRE(bytes.ok());
  return *bytes;
}

bool has_flag(const VerifiedChange& change, const std::string& name) {
  return std::any_of(change.flags.begin(), change.flags.end(),
                     [&](const entries::Flag& flag) { return flag.name == name; });
}

int count_unusable(const Task& task, const nlohmann::json& change) {
  const Draft draft = run_drafter(task, {make_answer({change})});
  CHECK(draft.changes.empty());
  CHECK(draft.entries.empty());
  return draft.unusable;
}

}  // namespace

TEST_CASE("a fact takes the form of the facts around it") {
  const Task task = saltline_task({"Saltline has its seat in Aarhus."});
  CHECK_THAT(after(task, make_raw_change("add_fact", "Seat: Aarhus", "Saltline has its seat in Aarhus.")),
             ContainsSubstring("- **Seat:** Aarhus ([Heat Review](https://example.org/1))\n"));
  CHECK_THAT(after(task, make_raw_change("add_fact", "Its seat is Aarhus", "Saltline has its seat in Aarhus.")),
             ContainsSubstring("- Its seat is Aarhus ([Heat Review]"));
}

TEST_CASE("a fact line gets another value and keeps its name and marks") {
  const Task task = saltline_task({"Saltline now employs 57 people."});
  const std::string fact = find_block_with(task, "Employees");
  const auto change = make_raw_change("replace_block", "Employees: 57", "Saltline now employs 57 people.");
  CHECK_THAT(after(task, with_member(change, "block", fact)), ContainsSubstring("- **Employees:** 57\n- **Rivals"));
  // Another name, another block, or a value with marks of its own that plain text would lose.
  CHECK(count_unusable(task, with_member(with_member(change, "text", "Staff: 57"), "block", fact)) == 1);
  CHECK(count_unusable(task, with_member(with_member(change, "text", "57"), "block", fact)) == 1);
  CHECK(count_unusable(task, with_member(change, "block", find_block_with(task, "says so"))) == 1);
}

TEST_CASE("a verdict on a new claim stands with its sources on both sides") {
  const Task task = saltline_task({news, denial});
  auto change = make_raw_change("judge_claim", "A laboratory bears it out in part, and engineers deny it.", news);
  change = add_quote(with_member(with_member(change, "name", "Holds heat for five days"), "label", "disputed"), "p2",
                     "Saltline's store loses half of its heat in two days", "refutes");
  const std::string page = after(task, change);
  CHECK_THAT(page,
             ContainsSubstring("### Claim: Holds heat for five days\n\n**Status:** Disputed\n\n**Supporting "
                               "sources:**\n- [Heat Review](https://example.org/1) — “An independent test"));
  CHECK_THAT(page, ContainsSubstring("**Refuting / questioning sources:**\n- [Heat Review]("
                                     "https://example.org/2) — “Saltline's store loses half"));
  CHECK_THAT(page,
             ContainsSubstring("**Summary:** A laboratory bears it out in part, and engineers deny it.\n"));
  CHECK_THAT(page, ContainsSubstring("### Claim: Stores heat for a week\n"));

  const Verification verified = verify(task, run_drafter(task, {make_answer({change})}));
  REQUIRE(verified.changes[0].quotes.size() == 2);
  CHECK_FALSE(verified.changes[0].quotes[0].refutes);
  CHECK(verified.changes[0].quotes[1].refutes);
  CHECK_FALSE(has_flag(verified.changes[0], "contradicts"));
  CHECK_FALSE(has_flag(verified.changes[0], "name-not-in-quote"));
}

TEST_CASE("a verdict that passes over the source that refutes it is flagged") {
  const Task task = saltline_task({news, denial});
  auto change = with_member(with_member(make_raw_change("judge_claim", "A laboratory bears it out.", news), "name", "Five days"),
                     "label", "Verified");
  const auto flags_of = [&](const nlohmann::json& of) {
    const Verification verified = verify(task, run_drafter(task, {make_answer({of})}));
    REQUIRE(verified.changes.size() == 1);
    return verified.changes[0];
  };
  CHECK(has_flag(flags_of(change), "single-source"));
  // The heading of the side says that it is questioned, and the status that it is not: that is no verdict.
  change = add_quote(change, "p2", denial, "refutes");
  CHECK(has_flag(flags_of(change), "contradicts"));
}

TEST_CASE("a claim that the entry has gets its status and each source as changes of their own") {
  const Task task = saltline_task({news, denial});
  auto change =
      with_member(make_raw_change("judge_claim", "A laboratory bears it out in part.", news), "label", "Partially verified");
  change = add_quote(with_member(change, "block", find_block_with(task, "### Claim")), "p2", denial, "refutes");
  const Draft draft = run_drafter(task, {make_answer({change})});
  REQUIRE(draft.changes.size() == 3);
  const auto applied = [&](std::size_t i) { return *entries::apply_edit(task.entry, draft.changes[i].edit); };
  CHECK(draft.changes[0].kind == "change verdict");
  CHECK_THAT(applied(0), ContainsSubstring("\n\n**Status:** Partially verified\n\n**Supporting"));
  CHECK(draft.changes[1].kind == "add evidence");
  CHECK_THAT(applied(1),
             ContainsSubstring("— says so\n- [Heat Review](https://example.org/1) — “An independent"));
  CHECK_THAT(applied(2), ContainsSubstring("**Refuting / questioning sources:**\n- [Heat Review]("
                                           "https://example.org/2) — “Engineers at ETH"));
  const Verification verified = verify(task, draft);
  REQUIRE(verified.changes.size() == 3);
  CHECK(verified.changes[2].quotes.size() == 1);
  // Words under the heading of what refutes a claim say what they are.
  CHECK_FALSE(has_flag(verified.changes[2], "contradicts"));
}

TEST_CASE("a verdict without a known status or on a block that is no claim is unusable") {
  const Task task = saltline_task({news});
  const auto change = with_member(make_raw_change("judge_claim", "So they say.", news), "name", "Five days");
  CHECK(count_unusable(task, with_member(change, "label", "True")) == 1);
  CHECK(count_unusable(task, with_member(with_member(change, "label", "Verified"), "block", find_block_with(task, "Summary"))) ==
        1);
  CHECK(count_unusable(task, with_member(with_member(change, "label", "Verified"), "name", " ")) == 1);
}

TEST_CASE("a related entry is linked where the entry names it") {
  const Task task = saltline_task({"Saltline buys its salt from Brine."});
  const auto change =
      make_raw_change("link_entry", "Saltline buys its salt from Brine.", "Saltline buys its salt from Brine.");
  const DraftedChange linked = draft_single_change(task, with_member(change, "name", "e1"));
  CHECK(linked.edit.kind == entries::EditKind::link_words);
  CHECK_THAT(after(task, with_member(change, "name", "e1")),
             ContainsSubstring("Kiln (kln.example) and [Brine]({{< relref \"brine.md\" >}})\n"));
}

TEST_CASE("a related entry that the entry does not name becomes a fact with a link") {
  const Task task = saltline_task({"Kiln Works builds the furnaces of Saltline."});
  const auto change =
      make_raw_change("link_entry", "Kiln Works builds its furnaces.", "Kiln Works builds the furnaces of Saltline.");
  CHECK_THAT(
      after(task, with_member(change, "name", "e2")),
      ContainsSubstring("- [Kiln Works (KW)]({{< relref \"kiln-works.md\" >}}) — Kiln Works builds its "
                        "furnaces. ([Heat Review](https://example.org/1))\n"));
}

TEST_CASE("a link leads to an entry of the task by its id and nowhere else") {
  const Task task = saltline_task({"Saltline buys its salt from Brine."});
  const auto change = make_raw_change("link_entry", "Saltline buys from Brine.", "Saltline buys its salt from Brine.");
  for (const char* id :
       {"e3", "e0", "e", "e1x", "brine.md", "../../etc/passwd", "https://evil.example", "Brine"}) {
    INFO(id);
    CHECK(count_unusable(task, with_member(change, "name", id)) == 1);
  }
  // A drafter that would make the edit itself is stopped by the verifier.
  Draft draft;
  draft.changes.push_back(draft_single_change(task, with_member(change, "name", "e1")));
  CHECK(verify(task, draft).changes.size() == 1);
  draft.changes[0].edit.reference = "other.md";
  CHECK(verify(task, draft).dropped_unsafe == 1);
}

TEST_CASE("an entry that is linked already is not linked again") {
  const Task task =
      saltline_task({"Saltline buys its salt from Brine."},
                    "---\ntitle: Saltline\n---\n\nSee [B]({{< relref \"brine.md\" >}}). Brine.\n");
  CHECK(count_unusable(task, with_member(make_raw_change("link_entry", "x", "Brine"), "name", "e1")) == 1);
}

TEST_CASE("a new entry is a stub beside the entry with its type and one sentence") {
  const Task task = saltline_task({"Glowstone AG of Chur makes bricks that store heat for Saltline."});
  auto change = make_raw_change("new_entry", "Glowstone makes bricks that store heat.",
                     "Glowstone AG of Chur makes bricks that store heat");
  change = with_member(with_member(change, "name", "Glowstone AG"), "label", "company");
  const Verification verified = verify(task, run_drafter(task, {make_answer({change})}));
  REQUIRE(verified.entries.size() == 1);
  const DraftedEntry& entry = verified.entries[0].entry;
  CHECK(entry.path == "heat/glowstone");
  CHECK(entry.title == "Glowstone AG");
  CHECK(entry.stub.document.front_matter().scalar("entry_type") == "company");
  CHECK(entry.stub.document.front_matter().scalar("title") == "Glowstone AG");
  const auto page = entries::apply_edit(entry.stub, verified.entries[0].change.change.edit);
  REQUIRE(page.ok());
  CHECK_THAT(*page, ContainsSubstring("## Summary\n\nGlowstone makes bricks that store heat. ([Heat Review]("
                                      "https://example.org/1))\n"));
  CHECK(verified.entries[0].change.quotes.size() == 1);
  CHECK(verified.changes.empty());
}

TEST_CASE("a new entry's title stands in a quote and its path comes from no answer") {
  const Task task = saltline_task({"Glowstone AG of Chur makes bricks that store heat for Saltline."});
  const auto change =
      with_member(make_raw_change("new_entry", "It makes bricks.", "makes bricks that store heat"), "label", "company");
  // The quote does not name it.
  const Verification verified =
      verify(task, run_drafter(task, {make_answer({with_member(change, "name", "Glowstone AG")})}));
  CHECK(verified.entries.empty());
  CHECK(verified.dropped_without_quote == 1);
  // Known already, no name, no such type.
  CHECK(count_unusable(task, with_member(change, "name", "Saltline")) == 1);
  CHECK(count_unusable(task, with_member(change, "name", "brine")) == 1);
  CHECK(count_unusable(task, with_member(change, "name", "Brine AG")) == 1);
  CHECK(count_unusable(task, with_member(change, "name", "\xE7\x86\xB1")) == 1);
  CHECK(count_unusable(task, with_member(with_member(change, "name", "Glowstone"), "label", "section")) == 1);
  CHECK(count_unusable(task, with_member(with_member(change, "name", "Glowstone"), "label", "../x")) == 1);
  CHECK(count_unusable(task, with_member(change, "name", std::string(81, 'g'))) == 1);
}

TEST_CASE("an answer that was kept comes to what the same answer to a call comes to") {
  const Task task = saltline_task({"Glowstone AG of Chur makes bricks that store heat for Saltline."});
  auto change = make_raw_change("new_entry", "Glowstone makes bricks.", "Glowstone AG of Chur makes bricks");
  change = with_member(with_member(change, "name", "Glowstone AG"), "label", "company");
  const std::string answer = make_answer({change, make_raw_change("add_fact", "Saltline buys bricks.", "for Saltline")});
  const Draft called = run_drafter(task, {answer});
  const Draft kept = draft_from_cached_answer(task, {Verdict::answered, answer});
  CHECK(kept.changes.size() == 1);
  REQUIRE(kept.entries.size() == 1);
  CHECK(kept.entries[0].path == "heat/glowstone");
  CHECK(kept.changes.size() == called.changes.size());
  CHECK(kept.entries.size() == called.entries.size());
  // An instruction in one of its passages speaks against all that was read with it.
  CHECK(called.shared_context);
  CHECK(kept.shared_context);
}

TEST_CASE("a new entry that is proposed twice is one") {
  const Task task = saltline_task({"Glowstone AG of Chur makes bricks that store heat for Saltline."});
  auto change = make_raw_change("new_entry", "Glowstone makes bricks.", "Glowstone AG of Chur makes bricks");
  change = with_member(with_member(change, "name", "Glowstone AG"), "label", "company");
  CHECK(verify(task, run_drafter(task, {make_answer({change, change})})).entries.size() == 1);
}

TEST_CASE("an entry that a section page's task proposes stands below that section") {
  Task task = saltline_task({"Glowstone AG of Chur makes bricks that store heat."},
                            "---\ntitle: Heat\n---\n\n## Overview\n\nHeat.\n");
  task.entry_path = "heat";
  task.entry_title = "Heat";
  task.entry.file = "heat/_index.md";
  auto change = make_raw_change("new_entry", "Glowstone makes bricks.", "Glowstone AG of Chur makes bricks");
  change = with_member(with_member(change, "name", "Glowstone AG"), "label", "company");
  const Draft draft = run_drafter(task, {make_answer({change})});
  REQUIRE(draft.entries.size() == 1);
  CHECK(draft.entries[0].path == "heat/glowstone");
}

TEST_CASE("a contradiction changes nothing and shows both sides") {
  const Task task = saltline_task({denial});
  const auto change = with_member(make_raw_change("contradiction", "ETH says that it loses half in two days.", denial), "block",
                           find_block_with(task, "stores heat"));
  CHECK(after(task, change) == task.entry.document.print());
  const Verification verified = verify(task, run_drafter(task, {make_answer({change})}));
  REQUIRE(verified.changes.size() == 1);
  const VerifiedChange& noted = verified.changes[0];
  CHECK(noted.change.kind == "note contradiction");
  CHECK(noted.quotes[0].refutes);
  REQUIRE(has_flag(noted, "contradicts"));
  const auto flag = std::find_if(noted.flags.begin(), noted.flags.end(),
                                 [](const entries::Flag& raised) { return raised.name == "contradicts"; });
  CHECK_THAT(flag->detail, ContainsSubstring("Saltline stores heat in molten salt"));
  CHECK_THAT(flag->detail, ContainsSubstring("loses half of its heat"));
  CHECK_THAT(noted.change.reason, ContainsSubstring("ETH says that it loses half in two days. it is new"));
}

TEST_CASE("a contradiction of nothing is unusable") {
  const Task task = saltline_task({denial});
  const auto change = make_raw_change("contradiction", "It differs.", denial);
  CHECK(count_unusable(task, change) == 1);
  CHECK(count_unusable(task, with_member(change, "block", "b999")) == 1);
  CHECK(count_unusable(task, with_member(change, "block", find_block_with(task, "## Summary"))) == 1);
}
