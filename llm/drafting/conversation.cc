#include "llm/drafting/conversation.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "llm/drafting/drafting_request.h"
#include "llm/drafting/raw_change.h"

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

Conversation::Conversation(const ModelIdentity& identity, Task task, ModelDrafterOptions options)
    : identity_(identity), task_(std::move(task)), options_(options) {
  draft_.shared_context = true;
  Passages part;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < task_.passages.size(); ++i) {
    const std::size_t size = task_.passages[i].text.size();
    if (!part.empty() && bytes + size > options_.max_passage_bytes) {
      add_part(std::exchange(part, {}), options_.max_output_tokens, false);
      bytes = 0;
    }
    part.push_back(i);
    bytes += size;
  }
  if (!part.empty()) add_part(std::move(part), options_.max_output_tokens, false);
}

void Conversation::add_part(Passages passages, std::int64_t token_limit, bool at_front) {
  Part part;
  part.request = make_drafting_request(task_, passages, token_limit);
  part.key = canonical_hash(identity_, part.request);
  part.passages = std::move(passages);
  parts_.insert(at_front ? parts_.begin() : parts_.end(), std::move(part));
}

std::optional<CachedAnswer> Conversation::process(const ModelAnswer& answer) {
  Part& part = parts_.front();
  if (part.repairable) return process_repair(answer);
  if (answer.finish == FinishReason::refused) {
    ++draft_.refusals;
    parts_.pop_front();
    return CachedAnswer{Verdict::refused, answer.refusal};
  }
  if (answer.finish == FinishReason::truncated) {
    if (!part.retried_with_more_tokens) {
      part.retried_with_more_tokens = true;
      part.request.max_output_tokens *= 2;
      return std::nullopt;
    }
    CachedAnswer cached{Verdict::too_long, ""};
    split();
    return cached;
  }
  const CheckedAnswer checked = check_answer(part.request.answer_schema, answer.text);
  if (checked.valid()) {
    read(checked.json);
    return CachedAnswer{Verdict::answered, checked.json};
  }
  if (!part.retried_with_problems) {
    part.retried_with_problems = true;
    part.request = with_problems(std::move(part.request), checked.problems);
    return std::nullopt;
  }
  fail(Error{ErrorCode::network, "the model's answer is not valid, asked twice: " + checked.problems.front(),
             identity_.base_url, "a larger model, or one that honours a schema, may do better"});
  return CachedAnswer{Verdict::unusable, checked.problems.front()};
}

std::optional<CachedAnswer> Conversation::process_repair(const ModelAnswer& answer) {
  const CheckedAnswer checked = check_answer(parts_.front().request.answer_schema, answer.text);
  if (answer.finish == FinishReason::complete && checked.valid()) {
    read(checked.json);
    return CachedAnswer{Verdict::answered, checked.json};
  }
  const Verdict verdict = answer.finish == FinishReason::refused ? Verdict::refused : Verdict::unusable;
  append(draft_, std::move(parts_.front().repairable->read));
  parts_.pop_front();
  return CachedAnswer{verdict, answer.refusal};
}

void Conversation::process_cached_answer(const CachedAnswer& cached) {
  if (is_repairing() && cached.verdict != Verdict::answered) {
    append(draft_, std::move(parts_.front().repairable->read));
    parts_.pop_front();
    return;
  }
  switch (cached.verdict) {
    case Verdict::answered:
      return read(cached.text);
    case Verdict::refused:
      ++draft_.refusals;
      parts_.pop_front();
      return;
    case Verdict::too_long:
      split();
      // Where one passage alone is too long, that was known before.
      failed_before_ = error_.has_value();
      return;
    case Verdict::unusable:
      failed_before_ = true;
      fail(Error{ErrorCode::network, "the model's answer was not valid in an earlier run: " + cached.text,
                 identity_.base_url, "it is asked again once the entry, its passages or the model change"});
      return;
  }
}

void Conversation::read(const std::string& json) {
  if (is_repairing()) {
    append(draft_, parse_repaired_changes(task_, *parts_.front().repairable, json));
    parts_.pop_front();
    return;
  }
  TriagedAnswer triaged = triage_answer(task_, json);
  append(draft_, std::move(triaged.accepted));
  parts_.pop_front();
  if (!triaged.repairable) return;
  Part part;
  part.request = make_repair_request(task_, *triaged.repairable, options_.max_output_tokens);
  part.key = canonical_hash(identity_, part.request);
  part.repairable = std::move(triaged.repairable);
  parts_.push_back(std::move(part));
}

void Conversation::fail(Error error) {
  if (is_repairing()) return keep_unrepaired();
  error_ = std::move(error);
}

void Conversation::keep_unrepaired() {
  for (Part& part : parts_)
    if (part.repairable) append(draft_, std::move(part.repairable->read));
  parts_.clear();
}

void Conversation::split() {
  const Passages passages = parts_.front().passages;
  if (passages.size() < 2) {
    fail(Error{ErrorCode::limit,
               fmt::format("the model's answer does not fit {} tokens", 2 * options_.max_output_tokens),
               identity_.base_url,
               "does it repeat itself, or reason at length? another model may do better"});
    return;
  }
  parts_.pop_front();
  const auto middle = passages.begin() + static_cast<std::ptrdiff_t>(passages.size() / 2);
  add_part({middle, passages.end()}, options_.max_output_tokens, true);
  add_part({passages.begin(), middle}, options_.max_output_tokens, true);
}

Draft draft_from_cached_answer(const Task& task, const CachedAnswer& cached) {
  Draft draft;
  draft.shared_context = true;
  if (cached.verdict == Verdict::refused) draft.refusals = 1;
  if (cached.verdict == Verdict::answered) append(draft, parse_changes(task, cached.text));
  return draft;
}

DraftedTask Conversation::finish(DraftOutcome outcome_if_failed) {
  DraftedTask done;
  done.task = std::move(task_);
  done.draft = std::move(draft_);
  if (error_) {
    done.end = failed_before_ ? DraftOutcome::failed_before : outcome_if_failed;
    done.error = *std::move(error_);
  }
  return done;
}

}  // namespace stubkeeper::llm
