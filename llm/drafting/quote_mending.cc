#include "llm/drafting/quote_mending.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "llm/drafting/prompt.h"
#include "llm/drafting/task_text.h"

namespace stubkeeper::llm {
namespace {

using nlohmann::ordered_json;

constexpr double share_that_pays = 0.7;
constexpr const char* mark = "a quote was corrected when asked again";

ordered_json answer_of(ordered_json items) {
  return {{"verdict", "changes"}, {"changes", std::move(items)}};
}

Draft draft_of(const ReadChanges& read) {
  Draft draft;
  draft.changes = read.changes;
  draft.entries = read.entries;
  return draft;
}

void append(ReadChanges& to, ReadChanges from) {
  std::move(from.changes.begin(), from.changes.end(), std::back_inserter(to.changes));
  std::move(from.entries.begin(), from.entries.end(), std::back_inserter(to.entries));
  to.unusable += from.unusable;
}

void mark_corrected(DraftedChange& change, const std::string& said_before) {
  for (Quote& quote : change.quotes)
    quote.corrected = said_before.find(in_quotation_marks(quote.text)) == std::string::npos;
  change.reason += std::string{" ("} + mark + ")";
}

}  // namespace

PartedAnswer part_answer(const Task& task, std::string_view answer) {
  PartedAnswer parted;
  Mendable mendable;
  const auto document = ordered_json::parse(answer);
  for (const ordered_json& item : document["changes"]) {
    ReadChanges read = read_changes(task, answer_of(ordered_json::array({item})).dump());
    auto unfound = unfound_quotes(task, draft_of(read));
    const bool pays = std::any_of(unfound.begin(), unfound.end(), [](const UnfoundQuote& quote) {
      return quote.suggested_share >= share_that_pays;
    });
    if (!pays) {
      append(parted.taken, std::move(read));
      continue;
    }
    for (UnfoundQuote& quote : unfound) {
      quote.change = mendable.said.size();
      mendable.unfound.push_back(std::move(quote));
    }
    mendable.said.push_back(item.dump());
    append(mendable.read, std::move(read));
  }
  if (!mendable.said.empty()) parted.mendable = std::move(mendable);
  return parted;
}

ModelRequest mending_request(const Task& task, const Mendable& mendable, std::int64_t most_output_tokens) {
  std::vector<std::size_t> passages;
  for (std::size_t i = 0; i < task.passages.size(); ++i) {
    const bool shown =
        std::any_of(mendable.unfound.begin(), mendable.unfound.end(), [&](const UnfoundQuote& quote) {
          return task.passages[i].id == quote.quote.passage_id ||
                 task.passages[i].id == quote.suggested_passage_id;
        });
    if (shown) passages.push_back(i);
  }
  std::string about =
      fmt::format("# Changes to mend\n\nToday: {}. Title: {}.\n\nYou proposed these changes:\n\n", task.today,
                  in_quotation_marks(task.entry_title));
  for (const std::string& said : mendable.said) about += said + "\n";
  about += "\nThese quotes do not stand in their passages:\n\n";
  for (const UnfoundQuote& quote : mendable.unfound) {
    about += "- " + in_quotation_marks(quote.quote.text);
    if (!quote.suggested_text.empty())
      about += ". Nearest to it, in passage " + in_quotation_marks(quote.suggested_passage_id) + ": " +
               in_quotation_marks(quote.suggested_text);
    about += "\n";
  }
  about +=
      "\nGive each change again with quotes that are copied from the passages below, and with a text that "
      "says "
      "no more than they do. Leave out a change that they do not bear out. Propose no other.\n";
  return request_about(task, std::move(about), passages, most_output_tokens);
}

ReadChanges mended(const Task& task, const Mendable& mendable, std::string_view answer) {
  ReadChanges result;
  const auto document = ordered_json::parse(answer);
  std::string said_before;
  for (const std::string& said : mendable.said) said_before += said;
  std::size_t given = 0;
  for (const ordered_json& item : document["changes"]) {
    if (given++ == mendable.said.size()) break;
    ReadChanges read = read_changes(task, answer_of(ordered_json::array({item})).dump());
    for (DraftedChange& change : read.changes) mark_corrected(change, said_before);
    for (DraftedEntry& entry : read.entries) mark_corrected(entry.change, said_before);
    append(result, std::move(read));
  }
  for (std::size_t i = given; i < mendable.said.size(); ++i)
    append(result, read_changes(
                       task, answer_of(ordered_json::array({ordered_json::parse(mendable.said[i])})).dump()));
  return result;
}

}  // namespace stubkeeper::llm
