// What a reviewer is shown of a change, as data.

#include "review/conflict_item.h"
#include "review/item.h"

#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/review/review.h"
#include "kb/review/split.h"
#include "kb/runs/runs.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "review/labels.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

const std::string page_text =
    "## News\n\nThe plant opened early. Saltline raised €18 million on 22 January 2026, it said. Tests go "
    "on.\n\n"
    "- It has 31 employees.\n";

struct ReviewItemFixture {
  std::unique_ptr<kb::Store> store = ok(kb::Store::in_memory());
  FakeClock clock{"2026-11-23T10:00:00Z"};
  kb::Id snapshot_id = 0;
  kb::Id entry_id = 0;
  kb::Id run_id = 0;

  explicit ReviewItemFixture(kb::EntryState state = kb::EntryState::published) {
    const kb::Id source = ok(kb::Sources{*store}.add("page",
                                                     "https://www.businesswire.com/news/1", "", clock.now()));
    kb::Snapshots snapshots{*store};
    const auto document = ok(snapshots.document(source, "https://www.businesswire.com/news/1",
                                                "https://www.businesswire.com/news/1"));
    kb::NewSnapshot snapshot;
    snapshot.metadata.fetched_at = clock.now();
    snapshot.metadata.title = "Saltline raises money";
    snapshot.metadata.site_name = "Business Wire";
    snapshot.metadata.published = "2026-01-22";
    snapshot.metadata.content_type = "text/html";
    snapshot.body = "<html>";
    snapshot.text = page_text;
    snapshot.passages = {{0, 0, 0, 0, page_text.size(), "a", true}};
    snapshot_id = ok(snapshots.add(document.id, snapshot));
    entry_id = ok(kb::EntryStore{*store}.add(
                      {"heat/saltline", "heat/saltline.md", kb::EntryKind::entry, "Saltline", state,
                       "---\ntitle: \"Saltline\"\n---\n\n## Key Facts\n\n- Old fact.\n"},
                      kb::AuthorKind::person, "jane", clock.now(), "made"))
                   .id;
    run_id = ok(kb::Runs{*store}.begin("test", clock.now()));
  }

  kb::Citation citation(const std::string& quote) const {
    kb::Citation citation;
    citation.snapshot_id = snapshot_id;
    citation.begin_byte = page_text.find(quote);
    citation.end_byte = citation.begin_byte + quote.size();
    citation.quote = quote;
    return citation;
  }

  kb::Proposals::NewChange fact(const std::string& text, const std::string& quote) const {
    kb::Proposals::NewChange change;
    change.kind = "add fact";
    change.edit.kind = entries::EditKind::add_list_item;
    change.edit.part = "Key Facts";
    change.edit.text = text;
    change.place = "Key Facts";
    change.new_text = "- " + text;
    change.reason = "a new figure";
    change.citations.push_back(citation(quote));
    return change;
  }

  kb::Id propose(const kb::Proposals::NewChange& change) {
    const auto entry = ok(kb::EntryStore{*store}.get(entry_id));
    ok(kb::Proposals{*store}.propose(run_id, entry_id, entry.current_revision_id, "test", clock.now(), {},
                                     {change}));
    kb::Id newest = 0;
    for (const kb::Change& each : ok(kb::Proposals{*store}.list({}))) newest = std::max(newest, each.id);
    return newest;
  }
};

}  // namespace

TEST_CASE("an item has the change with its quote in its sentence, and whose words they are") {
  ReviewItemFixture kb;
  const kb::Id id = kb.propose(kb.fact("It raised €18 million.", "raised €18 million"));
  const auto item = ok(review::review_item(*kb.store, id, kb.clock.now() + std::chrono::hours{48}));
  CHECK(item.entry_path == "heat/saltline");
  CHECK(item.entry_title == "Saltline");
  CHECK(item.drafter == "test");
  CHECK(item.run_id == kb.run_id);
  CHECK(item.age == std::chrono::hours{48});
  CHECK(item.seen == kb::seen_hash(ok(kb::Proposals{*kb.store}.get(id))));
  REQUIRE(item.difference.size() == 1);
  CHECK(item.difference[0].kind == entries::BlockDifference::Kind::added);
  REQUIRE(item.quotes.size() == 1);
  const review::ItemQuote& quote = item.quotes[0];
  CHECK(quote.problem.empty());
  CHECK(quote.context.preceding_line == "The plant opened early.");
  CHECK(quote.context.prefix == "Saltline ");
  CHECK(quote.context.quote == "raised €18 million");
  CHECK(quote.context.suffix == " on 22 January 2026, it said.");
  CHECK(quote.context.following_line == "Tests go on.");
  CHECK(quote.source.name == "Saltline raises money");
  CHECK(quote.source.publisher == "press wire");
  CHECK(quote.source.published == "2026-01-22");
  CHECK(quote.source.quote_link ==
        "https://www.businesswire.com/news/1#:~:text=raised%20%E2%82%AC18%20million");
  CHECK(page_text.substr(quote.citation.begin_byte, quote.citation.end_byte - quote.citation.begin_byte) ==
        quote.context.quote);
}

TEST_CASE("a part of a split change is shown where it would stand beside the others") {
  ReviewItemFixture kb;
  auto change = kb.fact("", "It has 31 employees.");
  change.edit.kind = entries::EditKind::add_to_part;
  change.edit.text = change.new_text = "- It has 31 employees.\n- It raised money.\n- It goes on.";
  const auto parts = ok(kb::split_change(*kb.store, kb.propose(change)));
  REQUIRE(parts.size() == 3);
  kb::Review review{*kb.store, kb.clock};
  ok(review.approve(parts[2], {kb::AuthorKind::person, "jane"}, "", ""));
  const auto first = ok(review::review_item(*kb.store, parts[0], kb.clock.now()));
  CHECK(first.context_lines.before == "- Old fact.");
  CHECK(first.context_lines.after == "- It goes on.");
}

TEST_CASE("a change that does not fit has no surroundings") {
  ReviewItemFixture kb;
  auto change = kb.fact("It has 31 employees.", "It has 31 employees.");
  change.edit.kind = entries::EditKind::replace_block;
  change.edit.target = "no such block";
  CHECK_FALSE(ok(review::review_item(*kb.store, kb.propose(change), kb.clock.now())).context_lines.are_known);
}

TEST_CASE("the first and the last line of a page have nothing before and behind them") {
  ReviewItemFixture kb;
  const kb::Id id = kb.propose(kb.fact("It has 31 employees.", "It has 31 employees."));
  const auto item = ok(review::review_item(*kb.store, id, kb.clock.now()));
  CHECK(item.quotes.at(0).context.preceding_line == "Tests go on.");
  CHECK(item.quotes.at(0).context.prefix.empty());
  CHECK(item.quotes.at(0).context.following_line.empty());
  const auto first = review::extract_quote_context(page_text, 3, 7);
  CHECK(first.preceding_line.empty());
  CHECK(first.quote == "News");
  CHECK(first.following_line == "The plant opened early.");
}

TEST_CASE("the mark of a heading or an item is not among the words around a quote") {
  const std::string text = "## The K2 loop\n- It weighs 38 kg less. It is sold.\n# What follows";
  const auto context_lines = [&](const std::string& quote) {
    return review::extract_quote_context(text, text.find(quote), text.find(quote) + quote.size());
  };
  CHECK(context_lines("It weighs 38 kg less.").preceding_line == "The K2 loop");
  CHECK(context_lines("It weighs 38 kg less.").prefix.empty());
  CHECK(context_lines("38 kg").prefix == "It weighs ");
  CHECK(context_lines("It is sold.").preceding_line == "It weighs 38 kg less.");
  CHECK(context_lines("It is sold.").following_line == "What follows");
  CHECK(context_lines("K2").prefix == "The ");
  CHECK(context_lines("K2").following_line == "It weighs 38 kg less.");
  const std::string number = "#1 in Graz.";
  CHECK(review::extract_quote_context(number, 6, 10).prefix == "#1 in ");
}

TEST_CASE("flags come with what to check, and a contradiction shows both sides") {
  ReviewItemFixture kb;
  auto change = kb.fact("It has 31 employees.", "It has 31 employees.");
  kb::Flag flag;
  flag.name = "contradicts";
  flag.detail = llm::format_contradiction(
      {{"the new text", "It has 31 employees."}, {"the entry", "It has 45: employees."}});
  change.flags.push_back(flag);
  const auto item = ok(review::review_item(*kb.store, kb.propose(change), kb.clock.now()));
  CHECK(item.is_flagged());
  CHECK(review::flag_meaning("contradicts").find("both are shown") != std::string::npos);
  REQUIRE(item.contradictions.size() == 1);
  CHECK(item.contradictions[0] ==
        llm::Contradiction{{"the new text", "It has 31 employees."}, {"the entry", "It has 45: employees."}});
  CHECK_FALSE(llm::parse_contradiction("something else").has_value());
}

TEST_CASE("an item tells what depends on it") {
  ReviewItemFixture kb{kb::EntryState::stub};
  const auto entry = ok(kb::EntryStore{*kb.store}.get(kb.entry_id));
  const auto document = ok(kb::EntryStore{*kb.store}.document(entry.current_revision_id));
  auto replace = kb.fact("", "It has 31 employees.");
  replace.edit.kind = entries::EditKind::replace_block;
  replace.edit.part.clear();
  for (std::size_t i = 0; i < document.ids.size(); ++i) {
    if (document.document.text(document.document.blocks()[i]) == "- Old fact.\n")
      replace.edit.target = document.ids[i];
  }
  replace.edit.text = "- New fact.";
  replace.old_text = "- Old fact.";
  replace.new_text = "- New fact.";
  auto behind = replace;
  behind.edit.kind = entries::EditKind::insert_after;
  behind.edit.text = "- Another.";
  behind.new_text = "- Another.";
  const kb::Id first = kb.propose(replace);
  const kb::Id second = kb.propose(behind);
  const auto item = ok(review::review_item(*kb.store, first, kb.clock.now()));
  REQUIRE(item.dependents.size() == 2);
  CHECK(item.dependents[0].kind == kb::Dependent::Kind::publishes);
  CHECK(item.dependents[1].kind == kb::Dependent::Kind::anchored_to_block);
  CHECK(item.dependents[1].change_id == second);
}

TEST_CASE("text that rests on approved quotes is named where a change would replace it") {
  ReviewItemFixture kb;
  const kb::Id first = kb.propose(kb.fact("It has 31 employees.", "It has 31 employees."));
  ok(kb::Review{*kb.store, kb.clock}.approve(first, {kb::AuthorKind::person, "jane"}, "", ""));
  const auto entry = ok(kb::EntryStore{*kb.store}.get(kb.entry_id));
  const auto document = ok(kb::EntryStore{*kb.store}.document(entry.current_revision_id));
  auto replace = kb.fact("", "raised €18 million");
  replace.edit.kind = entries::EditKind::replace_block;
  for (std::size_t i = 0; i < document.ids.size(); ++i) {
    if (document.document.text(document.document.blocks()[i]).starts_with("- It has 31"))
      replace.edit.target = document.ids[i];
  }
  replace.new_text = "- It has 40 employees.";
  const auto item = ok(review::review_item(*kb.store, kb.propose(replace), kb.clock.now()));
  REQUIRE(item.dependents.size() == 1);
  CHECK(item.dependents[0].kind == kb::Dependent::Kind::quoted_text);
  CHECK(item.dependents[0].change_id == first);
}

TEST_CASE("there is no item of a change that is not there") {
  ReviewItemFixture kb;
  CHECK(review::review_item(*kb.store, 99, kb.clock.now()).error().code == ErrorCode::not_found);
  CHECK(review::conflict_item(*kb.store, 99).error().code == ErrorCode::not_found);
}
