#include "llm/drafting/quote_repair.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "llm/drafting/drafted_changes.h"
#include "llm/drafting/drafting_request.h"

namespace stubkeeper::llm {
namespace {

using nlohmann::ordered_json;

constexpr double min_repairable_share = 0.7;

Draft parse_change(const Task& task, const ordered_json& change) {
  const ordered_json answer{{"verdict", "changes"}, {"changes", ordered_json::array({change})}};
  return parse_changes(task, answer.dump());
}

void mark_repaired(DraftedChange& change, const std::string& original_changes) {
  for (Quote& quote : change.quotes)
    quote.corrected = original_changes.find(to_json_string(quote.text)) == std::string::npos;
  change.reason += " (a quote was corrected when asked again)";
}

}  // namespace

TriagedAnswer triage_answer(const Task& task, std::string_view answer) {
  TriagedAnswer triaged;
  RepairableChanges repairable;
  const auto document = ordered_json::parse(answer);
  for (const ordered_json& item : document["changes"]) {
    Draft read = parse_change(task, item);
    auto unmatched = find_unmatched_quotes(task, read);
    const bool is_repairable = std::any_of(
        unmatched.begin(), unmatched.end(),
        [](const UnmatchedQuote& quote) { return quote.suggested_share >= min_repairable_share; });
    if (!is_repairable) {
      append(triaged.accepted, std::move(read));
      continue;
    }
    for (UnmatchedQuote& quote : unmatched) {
      quote.change = repairable.proposed.size();
      repairable.unmatched.push_back(std::move(quote));
    }
    repairable.proposed.push_back(item.dump());
    append(repairable.read, std::move(read));
  }
  if (!repairable.proposed.empty()) triaged.repairable = std::move(repairable);
  return triaged;
}

ModelRequest make_repair_request(const Task& task, const RepairableChanges& repairable,
                                 std::int64_t max_output_tokens) {
  std::vector<std::size_t> passages;
  for (std::size_t i = 0; i < task.passages.size(); ++i) {
    const bool shown = std::any_of(repairable.unmatched.begin(), repairable.unmatched.end(),
                                   [&](const UnmatchedQuote& quote) {
                                     return task.passages[i].id == quote.quote.passage_id ||
                                            task.passages[i].id == quote.suggested_passage_id;
                                   });
    if (shown) passages.push_back(i);
  }
  std::string about =
      fmt::format("# Changes to mend\n\nToday: {}. Title: {}.\n\nYou proposed these changes:\n\n", task.today,
                  to_json_string(task.entry_title));
  for (const std::string& proposed : repairable.proposed) about += proposed + "\n";
  about += "\nThese quotes do not stand in their passages:\n\n";
  for (const UnmatchedQuote& quote : repairable.unmatched) {
    about += "- " + to_json_string(quote.quote.text);
    if (!quote.suggested_text.empty())
      about += ". Nearest to it, in passage " + to_json_string(quote.suggested_passage_id) + ": " +
               to_json_string(quote.suggested_text);
    about += "\n";
  }
  about +=
      "\nGive each change again with quotes that are copied from the passages below, and with a text that "
      "says no more than they do. Leave out a change that they do not bear out. Propose no other.\n";
  return make_request(task, std::move(about), passages, max_output_tokens);
}

Draft parse_repaired_changes(const Task& task, const RepairableChanges& repairable, std::string_view answer) {
  Draft result;
  const auto document = ordered_json::parse(answer);
  std::string original_changes;
  for (const std::string& proposed : repairable.proposed) original_changes += proposed;
  std::size_t given = 0;
  for (const ordered_json& item : document["changes"]) {
    if (given++ == repairable.proposed.size()) break;
    Draft read = parse_change(task, item);
    for (DraftedChange& change : read.changes) mark_repaired(change, original_changes);
    for (DraftedEntry& entry : read.entries) mark_repaired(entry.change, original_changes);
    append(result, std::move(read));
  }
  for (std::size_t i = given; i < repairable.proposed.size(); ++i)
    append(result, parse_change(task, ordered_json::parse(repairable.proposed[i])));
  return result;
}

}  // namespace stubkeeper::llm
