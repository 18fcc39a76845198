// What a model is shown: the outline of the entry, the rules that apply, the passages with what is known of
// them.

#include "llm/drafting/drafting_request.h"

#include "llm/drafting/outline.h"
#include "tests/llm/drafting_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::llm::testing;

namespace {

const entries::DraftingRules& drafting_rules() {
  return entries::built_in_conventions().style.drafting;
}

std::string filler(int number) {
  return "Paragraph " + std::to_string(number) +
         " speaks at some length of things that no passage of this test ever mentions anywhere.\n\n";
}

}  // namespace

TEST_CASE("a document says once what kind of source it is and when it was published") {
  Task task = saltline_task({"Saltline grew.", "Saltline shrank."});
  task.passages[1].snapshot_id = task.passages[0].snapshot_id;
  task.passages[0].publisher.kind = entries::PublisherKind::wire;
  task.passages[0].published = "2026-11-20T08:00:00Z";
  task.passages[0].modified = "2026-11-21";
  const std::string input = request_input(task);
  const std::string mark = input.substr(input.find("<document-") + 10, 16);
  CHECK_THAT(input, ContainsSubstring("<document-" + mark +
                                      " title=\"Heat Review\" host=\"example.org\" kind=\"press wire\" "
                                      "published=\"2026-11-20\" modified=\"2026-11-21\">\n<passage-" +
                                      mark + " id=\"p1\">\nSaltline grew.\n</passage-" + mark +
                                      ">\n<passage-" + mark + " id=\"p2\">\nSaltline shrank.\n</passage-" +
                                      mark + ">\n</document-" + mark + ">\n"));
  task.passages[0].modified = "2026-11-20T09:00:00Z";
  CHECK(request_input(task).find("modified") == std::string::npos);
  task.passages[0].published = "";
  CHECK(request_input(task).find("published=") == std::string::npos);
}

TEST_CASE("each document has its own lines") {
  const std::string input = request_input(saltline_task({"Saltline grew.", "Saltline shrank."}));
  const std::size_t first = input.find("<document-");
  const std::size_t second = input.find("<document-", first + 1);
  CHECK(second < input.find(" id=\"p2\""));
  CHECK(input.find(" id=\"p1\"") < second);
  CHECK(input.find("<document-", second + 1) == std::string::npos);
}

TEST_CASE("a publisher that no list knows is unknown and not independent") {
  Task task = saltline_task({"Saltline grew."});
  CHECK_THAT(request_input(task), ContainsSubstring(" kind=\"unknown\""));
  task.passages[0].publisher.is_address_verified = true;
  CHECK_THAT(request_input(task), ContainsSubstring(" kind=\"independent\""));
  task.passages[0].publisher = {entries::PublisherKind::own, false};
  CHECK_THAT(request_input(task), ContainsSubstring(" kind=\"company's own\""));
}

TEST_CASE("kinds of change that a person refused are named as an answer names them") {
  Task task = saltline_task({"Saltline grew."});
  CHECK(request_input(task).find("Not wanted") == std::string::npos);
  task.unwanted_kinds = {"rechecked", "add person or organization", "add evidence", "new entry"};
  CHECK_THAT(request_input(task),
             ContainsSubstring("\nNot wanted for this entry, whatever the passages say: `add_person`, "
                               "`new_entry`, `judge_claim` with the entry's verdict.\n"));
  task.unwanted_kinds = {"rechecked"};  // no model proposes it
  CHECK(request_input(task).find("Not wanted") == std::string::npos);
}

TEST_CASE("every kind of change that comes of an answer has its name in an answer") {
  const Task task = saltline_task({"Saltline and Brine grew."});
  const std::string quote = "Saltline and Brine grew.";
  const std::string claim = find_block_with(task, "### Claim: Stores heat");
  const std::vector<nlohmann::json> answers{
      make_raw_change("add_development", "It grew.", quote),
      make_raw_change("add_fact", "It grew.", quote),
      make_raw_change("add_person", "Ada, chief", quote),
      with_member(make_raw_change("replace_block", "Founded: 2020", quote), "block", find_block_with(task, "Founded")),
      with_member(make_raw_change("contradiction", "It grew.", quote), "block", find_block_with(task, "Founded")),
      with_member(with_member(make_raw_change("judge_claim", "It grew.", quote), "name", "Grows fast"), "label", "Unverified"),
      with_member(with_member(make_raw_change("judge_claim", "It grew.", quote), "block", claim), "label", "Disputed"),
      with_member(make_raw_change("link_entry", "Both grew.", quote), "name", "e1"),
      with_member(with_member(make_raw_change("new_entry", "Brine grew.", quote), "name", "Brine and Salt"), "label", "company")};
  const Draft draft = run_drafter(task, {make_answer(answers)});
  std::vector<std::string> kinds;
  for (const DraftedChange& change : draft.changes) kinds.push_back(change.kind);
  for (const DraftedEntry& entry : draft.entries) kinds.push_back(entry.change.kind);
  CHECK(kinds.size() >= answers.size());
  for (const std::string& kind : kinds) {
    INFO(kind);
    Task refusing = task;
    refusing.unwanted_kinds = {kind};
    CHECK_THAT(request_input(refusing), ContainsSubstring("Not wanted for this entry"));
  }
}

TEST_CASE("related entries are shown by id and title without an address or path") {
  const std::string input = request_input(saltline_task({"x"}));
  CHECK_THAT(input, ContainsSubstring("\ne1 \"Brine\"\ne2 \"Kiln Works (KW)\"\n"));
  CHECK(input.find("brine.md") == std::string::npos);
  CHECK(input.find("heat/brine") == std::string::npos);
}

TEST_CASE("at most twelve related entries are shown and can be meant") {
  Task task = saltline_task({"x"});
  task.related.assign(20, {"a", "A", "a.md"});
  CHECK(find_related_entry(task, "e12") != nullptr);
  CHECK(find_related_entry(task, "e13") == nullptr);
  CHECK(request_input(task).find("e13 ") == std::string::npos);
}

TEST_CASE("the newest of what was turned down is shown and cut between words") {
  Task task = saltline_task({"x"});
  for (int i = 1; i <= 30; ++i) task.rejections.push_back({"Text " + std::to_string(i) + ".", ""});
  task.rejections[0].text = std::string(150, 'a') + " " + std::string(100, 'b');
  const std::string input = request_input(task);
  CHECK_THAT(input, ContainsSubstring("\"" + std::string(150, 'a') + "…\""));
  CHECK_THAT(input, ContainsSubstring("Text 20."));
  CHECK(input.find("Text 21.") == std::string::npos);
}

TEST_CASE("what the section's front page looks like on the site is not in the outline") {
  const Task task =
      saltline_task({"x"}, "---\ntitle: Saltline\nsecret: x\n---\n\n" +
                               std::string{entries::built_in_conventions().templates.at("entry")}.substr(
                                   entries::built_in_conventions().templates.at("entry").find("> **")) +
                               "\n## Summary\n\nA store.\n\n---\n\n{{< widget >}}\n\n<!-- note -->\n\n## "
                               "Sources\n\n- [A](https://a.example)\n");
  const std::string outline = make_outline(task, {0});
  CHECK_THAT(outline, ContainsSubstring("] ## Summary\n"));
  for (const char* absent : {"secret", "Disclaimer", "widget", "note", "Sources", "a.example", "---"}) {
    INFO(absent);
    CHECK(outline.find(absent) == std::string::npos);
  }
}

TEST_CASE("of a long entry those blocks are shown whole that the passage bears on most") {
  std::string entry = "---\ntitle: Saltline\n---\n\n## What It Is\n\n";
  for (int i = 0; i < 40; ++i) entry += filler(i);
  const std::string answering =
      "The second furnace at Basel reached its full temperature after eleven months of trials.";
  entry += answering + "\n";
  const Task task =
      saltline_task({"After eleven months the furnace at Basel reached full temperature."}, entry);
  const std::string outline = make_outline(task, {0});
  CHECK_THAT(outline, ContainsSubstring(", may be replaced] " + answering + "\n"));
  CHECK(outline.size() < 4'000);
  CHECK(outline.size() < entry.size() / 2);
}

TEST_CASE("of an entry of very many blocks those that no passage bears on are counted") {
  std::string entry = "---\ntitle: Saltline\n---\n\n## Facts\n\n";
  for (int i = 0; i < 400; ++i) entry += filler(i);
  const std::string outline = make_outline(saltline_task({"Nothing alike."}, entry), {0});
  CHECK_THAT(outline, ContainsSubstring("] ## Facts\n(400 more)\n"));
}

TEST_CASE("of an entry of very many blocks those are begun that share a word with the passage") {
  std::string entry = "---\ntitle: Saltline\n---\n\n## Facts\n\n";
  for (int i = 0; i < 400; ++i) entry += filler(i);
  entry += "- Furnace supplier of the first plant: Kiln Works, chosen after a tender in which " +
           std::string(30, 'o') + " and four others took part, and not paid yet\n";
  const std::string outline = make_outline(saltline_task({"A furnace was lit."}, entry), {0});
  CHECK_THAT(outline, ContainsSubstring("(400 more)\n[b"));
  CHECK_THAT(outline, ContainsSubstring("] - Furnace supplier of the first plant: Kiln Works, chosen after a "
                                        "tender in which"));
  CHECK(outline.find("not paid yet") == std::string::npos);
}

TEST_CASE("what shares words with the passages takes no more room than there is") {
  std::string entry = "---\ntitle: Saltline\n---\n\n## Facts\n\n";
  for (int i = 0; i < 400; ++i) entry += "- Furnace " + std::to_string(i) + ": lit, with all that it takes\n";
  CHECK(make_outline(saltline_task({"A furnace was lit."}, entry), {0}).size() < 2'500);
}

TEST_CASE("an outline shows a block that many passages bear on once and within its limits") {
  std::string entry = "---\ntitle: Saltline\n---\n\n## What It Is\n\n";
  for (int i = 0; i < 60; ++i)
    entry += "Furnace number " + std::to_string(i) +
             " in Basel stores molten salt for the city's heating network.\n\n";
  const Task task = saltline_task(
      {"The furnace in Basel stores molten salt.", "Heating network of Basel: molten salt."}, entry);
  CHECK(make_outline(task, {0, 1}, {600, 0}).size() < 2'000);
}

TEST_CASE("paragraphs and fact lines of plain text may be replaced and nothing else") {
  const auto may = [](const std::string& block) {
    const auto document = entries::Document::parse(block);
    return is_replaceable(document, document.blocks().front());
  };
  CHECK(may("Plain text, with a (parenthesis).\n"));
  CHECK(may("- **HQ:** Aarhus\n"));
  CHECK(may("* Founded: 2019\n"));
  CHECK_FALSE(may("A [link](https://a.example).\n"));
  CHECK_FALSE(may("Some *emphasis*.\n"));
  CHECK_FALSE(may("- **HQ:** [Aarhus](https://a.example)\n"));
  CHECK_FALSE(may("- **HQ:** Aarhus\n  and Basel\n"));
  CHECK_FALSE(may("- **2026-05:** It opened.\n"));
  CHECK_FALSE(may("- An item without a name\n"));
  CHECK_FALSE(may("# Heading\n"));
  CHECK_FALSE(may("| a: b |\n| --- |\n"));
}

TEST_CASE("steering that is small goes out whole under its headings") {
  const std::vector<SteeringRule> rules{{"Tone", "No praise.", false},
                                        {"Heat", "Say at what temperature.", true}};
  CHECK(select_steering(rules, "x", drafting_rules(), 1000) ==
        "## Tone\nNo praise.\n## Heat\nSay at what temperature.\n");
  CHECK(select_steering({}, "x", drafting_rules(), 1000).empty());
}

TEST_CASE("steering on files and tables is never sent nor is code") {
  const std::vector<SteeringRule> rules{
      {"Directory & File Naming Conventions", "Use hyphens.", false},
      {"Heat",
       "State the temperature.\n\n**Heat-specific tags:** `salt`\n\n```\ncode\n```\n\n| a |\n\n<!-- x "
       "-->\n\n---\n\n**Review cadence:** 90 days",
       true}};
  CHECK(select_steering(rules, "x", drafting_rules(), 1000) == "## Heat\nState the temperature.\n");
}

TEST_CASE("where there is no room for all steering goes by what the passages are about") {
  const std::string about_salt = "Molten salt tanks: state temperature and pressure of every tank.";
  const std::string about_wind = "Offshore turbines: state rotor diameter and water depth of every turbine.";
  const std::vector<SteeringRule> rules{{"Purpose and tone", "Be neutral.", false},
                                        {"General", std::string(300, 'g'), false},
                                        {"Wind", about_wind, true},
                                        {"Salt", about_salt, true}};
  const std::string chosen =
      select_steering(rules, "The molten salt tanks reached their temperature.", drafting_rules(), 100);
  CHECK(chosen == "## Purpose and tone\nBe neutral.\n## Salt\n" + about_salt + "\n");
}

TEST_CASE("a list stays with the paragraph that announces it") {
  const std::vector<SteeringRule> rules{{"Heat", "**Scope:**\n\n- IN: salt\n- OUT: wind\n\nMore.", true}};
  CHECK(select_steering(rules, "x", drafting_rules(), 35) ==
        "## Heat\n**Scope:**\n- IN: salt\n- OUT: wind\n");
}
