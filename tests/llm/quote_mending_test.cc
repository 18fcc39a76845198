// Asking again for changes whose quotes were miscopied; the answers were written by hand.

#include "llm/drafting/quote_mending.h"

#include "llm/drafting/task_text.h"
#include "llm/prices/token_bound.h"
#include "tests/llm/drafting_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::llm::testing;
using stubkeeper::testing::FakeModel;

namespace {

const std::string news = "Saltline opened its second molten salt plant near Basel on 12 November 2026.";
const std::string miscopied = "Saltline opened its second plant near Basel on 12 November 2026.";

struct Asked {
  Draft draft;
  std::vector<ModelRequest> requests;
};

Asked ask(const Task& task, const std::vector<AnswerOrFailure>& script,
          std::optional<std::int64_t> tokens = {}) {
  std::size_t next = 0;
  FakeModel model{[&](const ModelRequest&) { return script.at(next++); }};
  const PriceTable prices;
  RunBooks books{tokens, std::nullopt};
  auto draft = ModelDrafter{model, prices, books, [] { return true; }}.draft(task);
  INFO((draft.ok() ? "" : draft.error().text()));
  REQUIRE(draft.ok());
  return {*std::move(draft), model.requests()};
}

ModelAnswer says(const std::string& text, Finish finish = Finish::complete) {
  ModelAnswer answer;
  answer.text = text;
  answer.finish = finish;
  answer.usage = TokenUsage{100, 0, 0, 10, 0};
  return answer;
}

const nlohmann::json wrong = said("add_fact", "Saltline has a second plant.", miscopied);
const nlohmann::json right = said("add_fact", "Saltline has a second plant.", news);

}  // namespace

TEST_CASE("a miscopied quote is asked for once more with what stands there and marked as corrected") {
  const Task task = saltline_task({news, "Nothing else."});
  const Asked asked = ask(task, {says(answer_with({wrong})), says(answer_with({right}))});
  REQUIRE(asked.requests.size() == 2);
  const std::string& again = asked.requests[1].input;
  CHECK_THAT(again,
             ContainsSubstring("Nearest to it, in passage \"p1\": \"" + news.substr(0, news.size() - 1)));
  CHECK(again.find("Nothing else.") == std::string::npos);
  CHECK(again.find("## Summary") == std::string::npos);
  CHECK(again.size() < asked.requests[0].input.size());
  const Verification verified = verify(task, asked.draft);
  REQUIRE(verified.changes.size() == 1);
  CHECK(verified.dropped_without_quote == 0);
  CHECK(verified.changes[0].change.quotes[0].corrected);
  CHECK_THAT(verified.changes[0].change.reason, ContainsSubstring("a quote was corrected when asked again"));
}

TEST_CASE("an invented quote is not asked for again") {
  const Task task = saltline_task({news});
  const Asked asked = ask(
      task, {says(answer_with({said("add_fact", "It is the best.", "Everybody loves Saltline dearly")}))});
  CHECK(asked.requests.size() == 1);
  CHECK(verify(task, asked.draft).dropped_without_quote == 1);
}

TEST_CASE("words that stand in another passage than the named one are asked for again") {
  const Task task = saltline_task({"Nothing here.", news});
  const Asked asked =
      ask(task, {says(answer_with({right})),
                 says(answer_with({said("add_fact", "Saltline has a second plant.", news, "p2")}))});
  CHECK(asked.requests.size() == 2);
  CHECK(verify(task, asked.draft).changes.size() == 1);
}

TEST_CASE("what is found is not asked for again with what is not") {
  const Task task = saltline_task({news});
  const Asked asked = ask(task, {says(answer_with({right, wrong})), says(answer_with({}))});
  REQUIRE(asked.draft.changes.size() == 2);
  CHECK_FALSE(asked.draft.changes[0].quotes[0].corrected);
  // It did not come back: it is dropped, and counted.
  const Verification verified = verify(task, asked.draft);
  CHECK(verified.changes.size() == 1);
  CHECK(verified.dropped_without_quote == 1);
}

TEST_CASE("asking again happens once and takes no more than was asked about") {
  const Task task = saltline_task({news});
  const Asked still_wrong = ask(task, {says(answer_with({wrong})), says(answer_with({wrong}))});
  CHECK(still_wrong.requests.size() == 2);
  CHECK(verify(task, still_wrong.draft).dropped_without_quote == 1);
  const Asked more = ask(task, {says(answer_with({wrong})), says(answer_with({right, right, right}))});
  CHECK(more.draft.changes.size() == 1);
}

TEST_CASE("whatever goes wrong with asking again ends nothing") {
  const Task task = saltline_task({news});
  ModelFailure lost;
  lost.kind = FailureKind::connection_lost;
  lost.error = {ErrorCode::network, "gone", "", ""};
  for (const AnswerOrFailure& second :
       {AnswerOrFailure{says("no JSON")}, AnswerOrFailure{says("", Finish::refused)},
        AnswerOrFailure{says("{", Finish::cut_off)}, AnswerOrFailure{lost}}) {
    const Asked asked = ask(task, {says(answer_with({right, wrong})), second});
    CHECK(asked.requests.size() == 2);
    CHECK(asked.draft.changes.size() == 2);
    CHECK(asked.draft.refusals == 0);
    CHECK(verify(task, asked.draft).changes.size() == 1);
  }
}

TEST_CASE("a budget that does not reach for asking again keeps what is there") {
  const Task task = saltline_task({news});
  // The bound of the first call, which used 110 of it, and too little for another one.
  const auto enough = bound_of(drafting_request(task, {0}, 4000), std::nullopt).tokens;
  const Asked asked = ask(task, {says(answer_with({right, wrong}))}, enough);
  CHECK(asked.requests.size() == 1);
  CHECK(asked.draft.changes.size() == 2);
}

TEST_CASE("the answer to asking again is kept under its own request") {
  const Task task = saltline_task({news});
  FakeModel model = FakeModel::saying({answer_with({wrong}), answer_with({right})});
  const PriceTable prices;
  RunBooks books{std::nullopt, std::nullopt};
  ModelDrafter drafter{model, prices, books, [] { return true; }};
  CHECK(verify(task, *drafter.draft(task)).changes.size() == 1);
  CHECK(verify(task, *drafter.draft(task)).changes.size() == 1);
  CHECK(model.requests().size() == 2);
}
