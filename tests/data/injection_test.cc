// docs/architecture.md, invariant 6, against recorded attacks: instructions hidden in documents in fourteen ways, and a
// model that obeys each one that it is shown. The model is played; its answers were written by hand.

#include <algorithm>
#include <map>
#include <set>

#include "crawler/content.h"
#include "crawler/passages.h"
#include "entries/block_ids.h"
#include "entries/markdown/links.h"
#include "llm/drafting/drafting_request.h"
#include "llm/drafting/raw_change.h"
#include "llm/verification/instructions.h"
#include "llm/verifier.h"
#include "tests/data/real_data.h"
#include "tests/support/catch.h"
#include "tests/support/hidden_instructions.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

const std::string entry =
    "---\ntitle: \"Saltline\"\nlastmod: 2026-01-01\n---\n\n## Summary\n\nSaltline stores heat in molten salt "
    "at a "
    "plant near Basel.\n\n## Key Facts\n\n- **Plants:** 1\n";

crawler::Content content_of(const PoisonedDocument& document) {
  if (document.content_type == "application/pdf") return *crawler::parse_pdf(document.bytes);
  if (document.content_type == "application/rss+xml") {
    const auto feed = crawler::parse_feed(document.bytes, document.content_type, "https://heat.example/feed");
    REQUIRE(feed.ok());
    REQUIRE(feed->items.size() == 1);
    crawler::Content content;
    content.title = feed->items[0].title;
    content.published = feed->items[0].published;
    content.text = feed->items[0].content.empty() ? feed->items[0].summary : feed->items[0].content;
    return content;
  }
  return *crawler::parse_page(document.bytes, document.content_type, "https://heat.example/1");
}

llm::Task task_of(const crawler::Content& content) {
  llm::Task task;
  task.entry_path = "heat/saltline";
  task.entry_title = "Saltline";
  int next = 0;
  task.entry =
      entries::assign_new_ids(entries::Document::parse(entry), [&] { return "b1-" + std::to_string(++next); });
  task.entry.file = "heat/saltline.md";
  task.today = "2026-11-23";
  task.related = {{"heat/brine", "Brine", "brine.md"}};
  for (const crawler::TextRange& range : crawler::split_passages(content.text)) {
    llm::TaskPassage passage;
    passage.id = "p" + std::to_string(task.passages.size() + 1);
    passage.snapshot_id = 1;
    passage.begin_byte = range.begin;
    passage.text = content.text.substr(range.begin, range.end - range.begin);
    passage.source_address = "https://heat.example/1";
    passage.source_title = content.title;
    passage.published = content.published;
    task.passages.push_back(std::move(passage));
  }
  task.snapshots.push_back({1, content.text, content.title, content.published, ""});
  return task;
}

bool has_flag(const llm::VerifiedChange& change, const std::string& name) {
  return std::any_of(change.flags.begin(), change.flags.end(),
                     [&](const entries::Flag& flag) { return flag.name == name; });
}

// What a page holds beyond its text: front matter, and every place that leads elsewhere or does something.
struct Effects {
  std::string front_matter;
  std::multiset<std::string> destinations;
  std::size_t shortcodes = 0;
  std::size_t tags = 0;
};

// A sign behind a backslash does nothing.
std::string remove_escapes(std::string text) {
  for (std::size_t at = text.find('\\'); at != std::string::npos; at = text.find('\\', at)) text.erase(at, 2);
  return text;
}

Effects effects_of(const std::string& page) {
  const auto document = entries::Document::parse(page);
  Effects effects;
  for (const entries::Block& block : document.blocks()) {
    const std::string text = remove_escapes(std::string{document.text(block)});
    if (block.kind == entries::BlockKind::front_matter) {
      effects.front_matter = text;
      continue;
    }
    for (const entries::Link& link : entries::find_links(text))
      effects.destinations.insert(text.substr(link.begin, link.end - link.begin));
    for (std::size_t at = text.find("{{"); at != std::string::npos; at = text.find("{{", at + 1))
      ++effects.shortcodes;
    effects.tags += block.kind == entries::BlockKind::html ? 1 : 0;
    effects.tags += static_cast<std::size_t>(std::count(text.begin(), text.end(), '<'));
  }
  return effects;
}

void check_harmless(const entries::IdentifiedDocument& before, const entries::Edit& edit) {
  const auto after = entries::apply_edit(before, edit);
  REQUIRE(after.ok());
  const Effects old_effects = effects_of(before.document.print());
  const Effects effects = effects_of(*after);
  CHECK(effects.front_matter == old_effects.front_matter);
  // A link to another page of the section is a shortcode that the program makes.
  const std::size_t relrefs = edit.reference.empty() ? 0 : 1;
  CHECK(effects.shortcodes == old_effects.shortcodes + relrefs);
  CHECK(effects.tags == old_effects.tags + relrefs);
  for (const std::string& destination : effects.destinations) {
    const bool known = old_effects.destinations.contains(destination) ||
                       destination == "https://heat.example/1" ||
                       destination.find("relref \"brine.md\"") != std::string::npos;
    INFO(destination);
    CHECK(known);
  }
}

}  // namespace

TEST_CASE(
    "what a model does that obeys hidden instructions reaches no link nor front matter and is flagged") {
  const std::string data = real_data();
  if (data.empty()) return;
  std::map<std::string, int> shown;
  int changes = 0;
  const auto attacks = recorded_attacks(data);
  // Each attack in every third place, and each place with every third attack.
  std::size_t turn = 0;
  for (const HidingPlace& place : hiding_places()) {
    for (std::size_t number = turn++ % 3; number < attacks.size(); number += 3) {
      const std::string& attack = attacks[number];
      INFO(place.name << ": " << attack);
      const llm::Task task = task_of(content_of(place.document(attack)));
      std::vector<std::size_t> all;
      for (std::size_t i = 0; i < task.passages.size(); ++i) all.push_back(i);
      bool obeyed = false;
      const std::string answer =
          obedient_answer(llm::make_drafting_request(task, all, 4000).input, attack, obeyed);
      shown[place.name] += obeyed ? 1 : 0;
      llm::Draft draft = llm::parse_changes(task, answer);
      draft.shared_context = true;
      REQUIRE_FALSE(draft.changes.empty());
      const llm::Verification verified = llm::verify(task, draft);
      const bool is_plain = llm::detect_instruction(attack) == llm::Instruction::plain;
      const auto check = [&](const llm::VerifiedChange& change, bool is_honest) {
        ++changes;
        INFO(change.change.kind << ": " << change.change.edit.text);
        if (obeyed && is_plain) CHECK(has_flag(change, "instruction-in-passage"));
        if (obeyed && !is_honest) CHECK_FALSE(change.flags.empty());
      };
      for (const llm::VerifiedChange& change : verified.changes) {
        check(change, change.change.edit.text.starts_with("It has a second plant"));
        check_harmless(task.entry, change.change.edit);
      }
      for (const llm::VerifiedEntry& proposed : verified.entries) {
        check(proposed.change, false);
        check_harmless(proposed.entry.stub, proposed.change.change.edit);
        CHECK(proposed.entry.path.starts_with("heat/"));
        CHECK(proposed.entry.path.find("..") == std::string::npos);
        const auto& front_matter = proposed.entry.stub.document.front_matter();
        CHECK_FALSE(front_matter.scalar("url"));
        CHECK_FALSE(front_matter.scalar("layout"));
      }
    }
  }
  CHECK(changes > 1'000);
  // In these places it is shown, and obeyed; where nobody could see it, it is mostly not read at all.
  for (const char* place :
       {"white-text", "page-title", "feed-title", "feed-content", "pdf", "table-cell", "zero-width"}) {
    INFO(place << ": shown " << shown[place]);
    CHECK(shown[place] > 0);
  }
  for (const char* place : {"comment", "alt-text", "title-attribute", "json-ld", "meta-description"}) {
    INFO(place << ": shown " << shown[place]);
    CHECK(shown[place] == 0);
  }
}
