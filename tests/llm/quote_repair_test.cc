// Asking again for changes whose quotes were miscopied; the answers were written by hand.

#include "llm/drafting/conversation.h"

#include "llm/drafting/drafting_request.h"
#include "llm/prices/price_table.h"
#include "tests/llm/drafting_support.h"
#include "tests/llm/run_ledger.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::llm::testing;
using stubkeeper::testing::FakeModel;

namespace {

const std::string news = "Saltline opened its second molten salt plant near Basel on 12 November 2026.";
const std::string miscopied = "Saltline opened its second plant near Basel on 12 November 2026.";

struct DraftRun {
  Draft draft;
  std::vector<ModelRequest> requests;
};

DraftRun run_script(const Task& task, const std::vector<AnswerOrFailure>& script,
          std::optional<std::int64_t> tokens = {}) {
  std::size_t next = 0;
  FakeModel model{[&](const ModelRequest&) { return script.at(next++); }};
  const PriceTable prices;
  RunLedger ledger{tokens, std::nullopt};
  auto draft = ModelDrafter{model, prices, ledger, [] { return true; }}.draft(task);
  INFO((draft.ok() ? "" : draft.error().text()));
  REQUIRE(draft.ok());
  return {*std::move(draft), model.requests()};
}

ModelAnswer make_model_answer(const std::string& text, FinishReason finish = FinishReason::complete) {
  ModelAnswer answer;
  answer.text = text;
  answer.finish = finish;
  answer.usage = TokenUsage{100, 0, 0, 10, 0};
  return answer;
}

const nlohmann::json wrong = make_raw_change("add_fact", "Saltline has a second plant.", miscopied);
const nlohmann::json right = make_raw_change("add_fact", "Saltline has a second plant.", news);

}  // namespace

TEST_CASE("a miscopied quote is asked for once more with what stands there and marked as corrected") {
  const Task task = saltline_task({news, "Nothing else."});
  const DraftRun draft_run = run_script(task, {make_model_answer(make_answer({wrong})), make_model_answer(make_answer({right}))});
  REQUIRE(draft_run.requests.size() == 2);
  const std::string& again = draft_run.requests[1].input;
  CHECK_THAT(again,
             ContainsSubstring("Nearest to it, in passage \"p1\": \"" + news.substr(0, news.size() - 1)));
  CHECK(again.find("Nothing else.") == std::string::npos);
  CHECK(again.find("## Summary") == std::string::npos);
  CHECK(again.size() < draft_run.requests[0].input.size());
  const Verification verified = verify(task, draft_run.draft);
  REQUIRE(verified.changes.size() == 1);
  CHECK(verified.dropped_without_quote == 0);
  CHECK(verified.changes[0].change.quotes[0].corrected);
  CHECK_THAT(verified.changes[0].change.reason, ContainsSubstring("a quote was corrected when asked again"));
}

TEST_CASE("an invented quote is not asked for again") {
  const Task task = saltline_task({news});
  const DraftRun draft_run = run_script(
      task, {make_model_answer(make_answer({make_raw_change("add_fact", "It is the best.", "Everybody loves Saltline dearly")}))});
  CHECK(draft_run.requests.size() == 1);
  CHECK(verify(task, draft_run.draft).dropped_without_quote == 1);
}

TEST_CASE("words that stand in another passage than the named one are asked for again") {
  const Task task = saltline_task({"Nothing here.", news});
  const DraftRun draft_run =
      run_script(task, {make_model_answer(make_answer({right})),
                 make_model_answer(make_answer({make_raw_change("add_fact", "Saltline has a second plant.", news, "p2")}))});
  CHECK(draft_run.requests.size() == 2);
  CHECK(verify(task, draft_run.draft).changes.size() == 1);
}

TEST_CASE("what is found is not asked for again with what is not") {
  const Task task = saltline_task({news});
  const DraftRun draft_run = run_script(task, {make_model_answer(make_answer({right, wrong})), make_model_answer(make_answer({}))});
  REQUIRE(draft_run.draft.changes.size() == 2);
  CHECK_FALSE(draft_run.draft.changes[0].quotes[0].corrected);
  // It did not come back: it is dropped, and counted.
  const Verification verified = verify(task, draft_run.draft);
  CHECK(verified.changes.size() == 1);
  CHECK(verified.dropped_without_quote == 1);
}

TEST_CASE("asking again happens once and takes no more than was asked about") {
  const Task task = saltline_task({news});
  const DraftRun still_wrong = run_script(task, {make_model_answer(make_answer({wrong})), make_model_answer(make_answer({wrong}))});
  CHECK(still_wrong.requests.size() == 2);
  CHECK(verify(task, still_wrong.draft).dropped_without_quote == 1);
  const DraftRun more = run_script(task, {make_model_answer(make_answer({wrong})), make_model_answer(make_answer({right, right, right}))});
  CHECK(more.draft.changes.size() == 1);
}

TEST_CASE("whatever goes wrong with asking again ends nothing") {
  const Task task = saltline_task({news});
  ModelFailure lost;
  lost.kind = FailureKind::connection_lost;
  lost.error = {ErrorCode::network, "gone", "", ""};
  for (const AnswerOrFailure& second :
       {AnswerOrFailure{make_model_answer("no JSON")}, AnswerOrFailure{make_model_answer("", FinishReason::refused)},
        AnswerOrFailure{make_model_answer("{", FinishReason::truncated)}, AnswerOrFailure{lost}}) {
    const DraftRun draft_run = run_script(task, {make_model_answer(make_answer({right, wrong})), second});
    CHECK(draft_run.requests.size() == 2);
    CHECK(draft_run.draft.changes.size() == 2);
    CHECK(draft_run.draft.refusals == 0);
    CHECK(verify(task, draft_run.draft).changes.size() == 1);
  }
}

TEST_CASE("a budget that does not reach for asking again keeps what is there") {
  const Task task = saltline_task({news});
  // The bound of the first call, which used 110 of it, and too little for another one.
  const auto enough = upper_bound_of_call(make_drafting_request(task, {0}, 4000), std::nullopt).tokens;
  const DraftRun draft_run = run_script(task, {make_model_answer(make_answer({right, wrong}))}, enough);
  CHECK(draft_run.requests.size() == 1);
  CHECK(draft_run.draft.changes.size() == 2);
}

TEST_CASE("the answer to asking again is kept under its own request") {
  const Task task = saltline_task({news});
  FakeModel model = FakeModel::saying({make_answer({wrong}), make_answer({right})});
  const PriceTable prices;
  RunLedger ledger{std::nullopt, std::nullopt};
  ModelDrafter drafter{model, prices, ledger, [] { return true; }};
  CHECK(verify(task, *drafter.draft(task)).changes.size() == 1);
  CHECK(verify(task, *drafter.draft(task)).changes.size() == 1);
  CHECK(model.requests().size() == 2);
}
