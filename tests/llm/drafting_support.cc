#include "tests/llm/drafting_support.h"

#include <deque>
#include <numeric>

#include "entries/block_ids.h"
#include "llm/drafting/drafting_request.h"
#include "tests/llm/run_ledger.h"
#include "tests/support/catch.h"

namespace stubkeeper::llm::testing {
namespace {

const std::string saltline =
    "---\ntitle: \"Saltline\"\n---\n\n## Summary\n\nSaltline stores heat in molten salt at a plant near "
    "Basel.\n\n"
    "## Key Facts\n\n- **Founded:** 2019\n- **Employees:** 31\n- **Rivals:** Kiln (kln.example) and Brine\n\n"
    "## Claim Verification\n\n### Claim: Stores heat for a week\n\n**Status:** Unverified (own word)\n\n"
    "**Supporting sources:**\n- [Saltline](https://saltline.example/a) — says so\n\n**Summary:** Nobody else "
    "has measured it.\n\n"
    "## Sources\n\n- [Saltline](https://saltline.example/a)\n";

}  // namespace

Task saltline_task(const std::vector<std::string>& passages) {
  return saltline_task(passages, saltline);
}

Task saltline_task(const std::vector<std::string>& passages, const std::string& entry) {
  Task task;
  task.entry_path = "heat/saltline";
  task.entry_title = "Saltline";
  int next = 0;
  task.entry =
      entries::assign_new_ids(entries::Document::parse(entry), [&] { return "b" + std::to_string(++next); });
  task.entry.file = "heat/saltline.md";
  task.today = "2026-11-23";
  task.last_reviewed = "2026-06-01";
  task.related = {{"heat/brine", "Brine", "brine.md"},
                  {"power/kiln-works", "Kiln Works (KW)", "kiln-works.md"}};
  for (const std::string& text : passages) {
    const auto number = static_cast<std::int64_t>(task.passages.size() + 1);
    TaskPassage passage;
    passage.id = "p" + std::to_string(number);
    passage.snapshot_id = number;
    passage.text = text;
    passage.source_address = "https://example.org/" + std::to_string(number);
    passage.source_title = "Heat Review";
    passage.published = "2026-11-20";
    task.passages.push_back(passage);
    task.snapshots.push_back({number, text, "Heat Review", "2026-11-20", ""});
  }
  return task;
}

std::string find_block_with(const Task& task, const std::string& words) {
  const auto& blocks = task.entry.document.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].kind != entries::BlockKind::front_matter &&
        task.entry.document.text(blocks[i]).find(words) != std::string_view::npos)
      return task.entry.ids[i];
  }
  return "none";
}

nlohmann::json make_raw_change(const std::string& kind, const std::string& text, const std::string& quote,
                    const std::string& passage) {
  return {{"kind", kind},
          {"block", ""},
          {"date", kind == "add_development" ? "2026-11-12" : ""},
          {"name", ""},
          {"label", ""},
          {"quotes", nlohmann::json::array({{{"passage", passage}, {"text", quote}, {"role", "supports"}}})},
          {"text", text},
          {"reason", "it is new"},
          {"confidence", "high"}};
}

nlohmann::json with_member(nlohmann::json change, const std::string& member, const std::string& value) {
  change[member] = value;
  return change;
}

nlohmann::json add_quote(nlohmann::json change, const std::string& passage, const std::string& text,
                         const std::string& role) {
  change["quotes"].push_back({{"passage", passage}, {"text", text}, {"role", role}});
  return change;
}

std::string make_answer(const std::vector<nlohmann::json>& changes) {
  return nlohmann::json{{"verdict", changes.empty() ? "nothing new" : "changes"}, {"changes", changes}}
      .dump();
}

Draft run_drafter(const Task& task, const std::vector<std::string>& answers) {
  stubkeeper::testing::FakeModel model =
      stubkeeper::testing::FakeModel::saying(std::deque<std::string>{answers.begin(), answers.end()});
  const PriceTable prices;
  RunLedger ledger{std::nullopt, std::nullopt};
  auto draft = ModelDrafter{model, prices, ledger, [] { return true; }}.draft(task);
  INFO((draft.ok() ? "" : draft.error().text()));
  REQUIRE(draft.ok());
  return *std::move(draft);
}

DraftedChange draft_single_change(const Task& task, const nlohmann::json& change) {
  const Draft draft = run_drafter(task, {make_answer({change})});
  REQUIRE(draft.changes.size() == 1);
  return draft.changes.front();
}

std::string request_input(const Task& task) {
  std::vector<std::size_t> all(task.passages.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return make_drafting_request(task, all, 4000).input;
}

}  // namespace stubkeeper::llm::testing
