// The seam itself: what makes two requests the same, and what is booked for how a call ended.

#include "llm/model.h"

#include <set>

#include "tests/llm/model_support.h"
#include "tests/support/catch.h"
#include "tests/support/fake_model.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::testing;

TEST_CASE("the same request has the same hash and any other has another") {
  const ModelIdentity identity{"chat_completions", "https://model.example/v1", "m"};
  const std::string hash = canonical_hash(identity, sample_request());
  CHECK(hash.size() == 64);
  CHECK(canonical_hash(identity, sample_request()) == hash);

  std::vector<ModelRequest> others(7, sample_request());
  others[0].instructions += " ";
  others[1].input += "x";
  others[2].schema_name = "draft2";
  others[3].answer_schema = R"({"type":"object","properties":{},"required":[],"additionalProperties":false})";
  others[4].max_output_tokens += 1;
  others[5].temperature = 0.3;
  others[6].temperature.reset();
  std::set<std::string> hashes{hash};
  for (const ModelRequest& other : others) hashes.insert(canonical_hash(identity, other));
  for (const ModelIdentity& other : {ModelIdentity{"responses", identity.base_url, "m"},
                                     ModelIdentity{identity.protocol, "https://other.example/v1", "m"},
                                     ModelIdentity{identity.protocol, identity.base_url, "m2"}})
    hashes.insert(canonical_hash(other, sample_request()));
  CHECK(hashes.size() == 1 + 7 + 3);
}

TEST_CASE("text does not move between the parts of a request unseen") {
  const ModelIdentity identity{"messages", "https://model.example", "m"};
  ModelRequest one = sample_request();
  ModelRequest two = sample_request();
  one.instructions = "a\",\"input\":\"b";
  two.instructions = "a";
  CHECK(canonical_form(identity, one) != canonical_form(identity, two));
}

TEST_CASE("the canonical form has its keys in order and every field") {
  const std::string form = canonical_form({"messages", "https://model.example", "m"}, sample_request());
  CHECK(form.starts_with(R"({"answer_schema":)"));
  CHECK_THAT(form, ContainsSubstring(R"("base_url":"https://model.example","input":)"));
  CHECK_THAT(form, ContainsSubstring(R"("temperature":0.2})"));
}

TEST_CASE("an answer whose usage is not reported is booked at its upper bound") {
  ModelAnswer answer;
  CHECK(charge_of(answer) == Charge::at_upper_bound);
  answer.usage = TokenUsage{1, 0, 0, 1, 0};
  CHECK(charge_of(answer) == Charge::as_reported);
  CHECK(charge_of(ModelFailure{}) == Charge::none);
}

TEST_CASE("one call is one question and one outcome") {
  FakeModel model = FakeModel::saying({"first", "second"});
  CHECK(std::get<ModelAnswer>(complete_one(model, sample_request()).result).text == "first");
  CHECK(std::get<ModelAnswer>(complete_one(model, sample_request()).result).text == "second");
  CHECK(model.requests().size() == 2);
}
