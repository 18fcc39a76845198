#include "tests/data/recordings.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>

#include "llm/answer_schema.h"
#include "llm/drafting/conversation.h"
#include "llm/drafting/drafting_request.h"
#include "llm/drafting/prompt.h"

namespace stubkeeper::testing {
namespace {

using nlohmann::ordered_json;

ordered_json flags_of(const llm::VerifiedChange& change) {
  ordered_json flags = ordered_json::array();
  for (const entries::Flag& flag : change.flags)
    if (std::find(flags.begin(), flags.end(), flag.name) == flags.end()) flags.push_back(flag.name);
  return flags;
}

std::string describe_place(const entries::IdentifiedDocument& document, const llm::VerifiedChange& change) {
  const auto preview = entries::preview_edit(document, change.change.edit);
  return preview.ok() ? preview->place : preview.error().text();
}

}  // namespace

Result<std::vector<Recording>> load_recordings(const std::string& folder) {
  std::vector<Recording> recordings;
  for (const auto& file : std::filesystem::directory_iterator{folder}) {
    std::ifstream stream{file.path()};
    const auto json = ordered_json::parse(stream, nullptr, false);
    if (!json.is_object())
      return Error{ErrorCode::invalid_argument, "is no recording", file.path().string(), ""};
    Recording recording;
    recording.file = file.path().filename().string();
    recording.about = json.value("about", "");
    recording.task.entry = json.value("entry", "");
    recording.task.page = json.value("page", "");
    recording.task.new_passages = json.value("new_passages", std::vector<std::size_t>{});
    recording.task.injected_html = json.value("planted_html", "");
    recording.request_sha256 = json.value("request_sha256", "");
    recording.answer = json.value("answer", ordered_json::object()).dump();
    recording.outcome = json.value("outcome", ordered_json::object()).dump();
    recordings.push_back(std::move(recording));
  }
  std::sort(recordings.begin(), recordings.end(),
            [](const Recording& a, const Recording& b) { return a.file < b.file; });
  return recordings;
}

llm::ModelRequest make_drafting_request(const llm::Task& task) {
  std::vector<std::size_t> all(task.passages.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return llm::make_drafting_request(task, all, 4'000);
}

std::string hash_request(const llm::ModelRequest& request) {
  return llm::canonical_hash({"chat_completions", "http://desk.example/v1", "desk"}, request);
}

std::string summarize_outcome(const llm::Task& task, const std::string& answer) {
  ordered_json outcome;
  const auto checked = llm::check_answer(llm::drafting_answer_schema(), answer);
  if (!checked.valid()) return ordered_json{{"invalid", checked.problems}}.dump();
  const llm::Draft draft = llm::draft_from_cached_answer(task, {llm::Verdict::answered, checked.json});
  const llm::Verification verified = llm::verify(task, draft);
  outcome["changes"] = ordered_json::array();
  for (const llm::VerifiedChange& change : verified.changes)
    outcome["changes"].push_back(
        {{"kind", change.change.kind}, {"place", describe_place(task.entry, change)}, {"flags", flags_of(change)}});
  for (const llm::VerifiedEntry& entry : verified.entries)
    outcome["changes"].push_back(
        {{"kind", entry.change.change.kind}, {"place", entry.entry.path}, {"flags", flags_of(entry.change)}});
  outcome["unusable"] = draft.unusable;
  outcome["without_quote"] = verified.dropped_without_quote;
  outcome["unsafe"] = verified.dropped_unsafe;
  return outcome.dump();
}

}  // namespace stubkeeper::testing
