// Requests of every class against the vendors' published schemas, by a real validator (npm's ajv, tests/ajv).

#include <filesystem>
#include <nlohmann/json.hpp>

#include "llm/drafting/prompt.h"
#include "llm/providers/endpoint.h"
#include "tests/data/real_data.h"
#include "tests/llm/model_support.h"
#include "tests/support/catch.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::testing;
using nlohmann::json;

namespace {

// A schema of a published file.
struct PublishedSchema {
  std::string file;
  std::string pointer;
};

// What the validator says of each document: its errors, none where it is valid.
std::vector<std::vector<std::string>> errors_of(const PublishedSchema& schema,
                                                const std::vector<std::string>& documents) {
  const std::string ajv = std::string{STUBKEEPER_SOURCE} + "/tests/ajv";
  INFO("scripts/install-packages --tests installs node and tests/ajv/node_modules");
  REQUIRE(std::filesystem::is_directory(ajv + "/node_modules/ajv"));
  const TemporaryFolder folder;
  std::vector<std::string> words{"node", ajv + "/validate.mjs", schema.file, schema.pointer};
  for (const std::string& document : documents) {
    words.push_back(folder / std::to_string(words.size()) + ".json");
    write_file(words.back(), document);
  }
  const ProgramResult result = run_program(words);
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  std::vector<std::vector<std::string>> errors;
  std::istringstream lines{result.out};
  for (std::string line; std::getline(lines, line);) {
    const json verdict = json::parse(line);
    errors.push_back(verdict["errors"].get<std::vector<std::string>>());
    CHECK(verdict["valid"].get<bool>() == errors.back().empty());
  }
  REQUIRE(errors.size() == documents.size());
  return errors;
}

// Requests as different as they get.
std::vector<ModelRequest> requests() {
  std::vector<ModelRequest> list(4, sample_request());
  list[1].temperature.reset();
  list[2].max_output_tokens = 16;
  list[2].temperature = 0;
  // As one is asked for a draft.
  list.push_back(sample_request());
  list.back().instructions = drafting_prompt().text;
  list.back().answer_schema = drafting_answer_schema();
  list.back().schema_name = "draft";
  list[3].input = "\"quoted\" \\ back\nslash \xE2\x80\x8B \xF0\x9F\x94\xA5 </passage>";
  return list;
}

std::vector<std::string> bodies(const std::string& provider, const std::string& base) {
  std::vector<std::string> list;
  for (const ModelRequest& request : requests())
    list.push_back(endpoint(provider, base)->make_http_request(request).body);
  return list;
}

// The first body with one thing made wrong.
std::string replace_json_value(const std::string& body, const char* pointer, const json& instead) {
  json changed = json::parse(body);
  changed[json::json_pointer{pointer}] = instead;
  return changed.dump();
}

void check_all_valid(const PublishedSchema& schema, const std::vector<std::string>& documents) {
  for (const auto& errors : errors_of(schema, documents)) CHECK(errors == std::vector<std::string>{});
}

void check_all_invalid(const PublishedSchema& schema, const std::vector<std::string>& documents) {
  for (const auto& errors : errors_of(schema, documents)) CHECK_FALSE(errors.empty());
}

}  // namespace

TEST_CASE("requests for chat completions are valid by OpenAI's schema and spoiled ones are not") {
  const std::string data = real_data();
  if (data.empty()) return;
  const PublishedSchema schema{data + "/model-specs/openai.json",
                         "/components/schemas/CreateChatCompletionRequest"};
  const auto valid = bodies("openai", "https://api.openai.com/v1");
  check_all_valid(schema, valid);
  check_all_valid(schema, bodies("openai", "http://127.0.0.1:11434/v1"));
  check_all_invalid(
      schema, {replace_json_value(valid[0], "/messages", "hello"), replace_json_value(valid[0], "/messages/0/role", "boss"),
               replace_json_value(valid[0], "/response_format/type", "json_scheme"),
               replace_json_value(valid[0], "/response_format/json_schema/strict", "yes"),
               replace_json_value(valid[0], "/max_completion_tokens", "many"), replace_json_value(valid[0], "/temperature", 3)});
}

TEST_CASE("requests for responses are valid by OpenAI's schema and spoiled ones are not") {
  const std::string data = real_data();
  if (data.empty()) return;
  const PublishedSchema schema{data + "/model-specs/openai.json", "/components/schemas/CreateResponse"};
  const auto valid = bodies("openai-responses", "https://api.openai.com/v1");
  check_all_valid(schema, valid);
  check_all_invalid(schema,
                  {replace_json_value(valid[0], "/max_output_tokens", 3), replace_json_value(valid[0], "/truncation", "maybe"),
                   replace_json_value(valid[0], "/text/format", json{{"type", "json_schema"}}),
                   replace_json_value(valid[0], "/instructions", 7), replace_json_value(valid[0], "/store", "no")});
}

TEST_CASE("requests for messages are valid by Anthropic's schema and spoiled ones are not") {
  const std::string data = real_data();
  if (data.empty()) return;
  const PublishedSchema schema{data + "/model-specs/anthropic.json", "/components/schemas/CreateMessageParams"};
  const auto valid = bodies("anthropic", "https://api.anthropic.com");
  check_all_valid(schema, valid);
  check_all_invalid(schema,
                  {replace_json_value(valid[0], "/max_tokens", "many"), replace_json_value(valid[0], "/system/0/text", ""),
                   replace_json_value(valid[0], "/system/0/cache_control/type", "for ever"),
                   replace_json_value(valid[0], "/output_config/format/type", "json"),
                   replace_json_value(valid[0], "/messages/0/role", "system"), replace_json_value(valid[0], "/unknown_member", 1)});
}

TEST_CASE("the subset of answer schemas is within what strict structured output takes") {
  const std::string data = real_data();
  if (data.empty()) return;
  const PublishedSchema profile{data + "/model-specs/openai_profile_202602.yaml", ""};
  check_all_valid(profile, {sample_schema, drafting_answer_schema()});
  check_all_invalid(profile,
                  {replace_json_value(sample_schema, "/additionalProperties", true),
                   replace_json_value(sample_schema, "/properties/verdict/maxLength", 9), R"({"type":"array"})"});
}

TEST_CASE("a published schema that is not there fails the validation instead of passing everything") {
  const std::string data = real_data();
  if (data.empty()) return;
  const ProgramResult result =
      run_program({"node", std::string{STUBKEEPER_SOURCE} + "/tests/ajv/validate.mjs",
                   data + "/model-specs/openai.json", "/components/schemas/Nothing"});
  CHECK(result.exit_code == 2);
  CHECK_THAT(result.err, ContainsSubstring("Nothing"));
}

TEST_CASE("a published schema that does not compile fails the validation instead of passing everything") {
  const std::string ajv = std::string{STUBKEEPER_SOURCE} + "/tests/ajv";
  const TemporaryFolder folder;
  write_file(folder / "document.json", "{}");
  const auto validated = [&](const std::string& schema) {
    write_file(folder / "schema.json", schema);
    return run_program({"node", ajv + "/validate.mjs", folder / "schema.json", "", folder / "document.json"});
  };
  CHECK(validated(R"({"type":"object"})").exit_code == 0);
  for (const char* broken :
       {R"({"type":"objekt"})", R"({"$ref":"#/components/schemas/Nothing"})", R"({"pattern":"("})", "{"}) {
    INFO(broken);
    const ProgramResult result = validated(broken);
    CHECK(result.exit_code == 2);
    CHECK(result.out.empty());
    CHECK_THAT(result.err, ContainsSubstring("schema.json"));
  }
}
