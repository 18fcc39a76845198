#include "llm/drafting/dialog.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "llm/drafting/task_text.h"

namespace stubkeeper::llm {
namespace {

void add(Draft& draft, ReadChanges read) {
  draft.unusable += read.unusable;
  std::move(read.changes.begin(), read.changes.end(), std::back_inserter(draft.changes));
  std::move(read.entries.begin(), read.entries.end(), std::back_inserter(draft.entries));
}

}  // namespace

Dialog::Dialog(const ModelIdentity& identity, Task task, ModelDrafterOptions options)
    : identity_(identity), task_(std::move(task)), options_(options) {
  draft_.read_together = true;
  Passages part;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < task_.passages.size(); ++i) {
    const std::size_t size = task_.passages[i].text.size();
    if (!part.empty() && bytes + size > options_.most_passage_bytes) {
      add_part(std::exchange(part, {}), options_.most_output_tokens, false);
      bytes = 0;
    }
    part.push_back(i);
    bytes += size;
  }
  if (!part.empty()) add_part(std::move(part), options_.most_output_tokens, false);
}

void Dialog::add_part(Passages passages, std::int64_t room, bool in_front) {
  Part part;
  part.request = drafting_request(task_, passages, room);
  part.key = canonical_hash(identity_, part.request);
  part.passages = std::move(passages);
  parts_.insert(in_front ? parts_.begin() : parts_.end(), std::move(part));
}

std::optional<KeptAnswer> Dialog::take(const ModelAnswer& answer) {
  Part& part = parts_.front();
  if (part.mendable) return take_mended(answer);
  if (answer.finish == Finish::refused) {
    ++draft_.refusals;
    parts_.pop_front();
    return KeptAnswer{Verdict::refused, answer.refusal};
  }
  if (answer.finish == Finish::cut_off) {
    if (!part.had_more_room) {
      part.had_more_room = true;
      part.request.most_output_tokens *= 2;
      return std::nullopt;
    }
    KeptAnswer kept{Verdict::too_long, ""};
    split();
    return kept;
  }
  const CheckedAnswer checked = check_answer(part.request.answer_schema, answer.text);
  if (checked.valid()) {
    read(checked.json);
    return KeptAnswer{Verdict::answered, checked.json};
  }
  if (!part.was_corrected) {
    part.was_corrected = true;
    part.request = with_problems(std::move(part.request), checked.problems);
    return std::nullopt;
  }
  fail(Error{ErrorCode::network, "the model's answer is not valid, asked twice: " + checked.problems.front(),
             identity_.base_url, "a larger model, or one that honours a schema, may do better"});
  return KeptAnswer{Verdict::unusable, checked.problems.front()};
}

std::optional<KeptAnswer> Dialog::take_mended(const ModelAnswer& answer) {
  const CheckedAnswer checked = check_answer(parts_.front().request.answer_schema, answer.text);
  if (answer.finish == Finish::complete && checked.valid()) {
    read(checked.json);
    return KeptAnswer{Verdict::answered, checked.json};
  }
  const Verdict verdict = answer.finish == Finish::refused ? Verdict::refused : Verdict::unusable;
  add(std::move(parts_.front().mendable->read));
  parts_.pop_front();
  return KeptAnswer{verdict, answer.refusal};
}

void Dialog::take_kept(const KeptAnswer& kept) {
  if (is_mending() && kept.verdict != Verdict::answered) {
    add(std::move(parts_.front().mendable->read));
    parts_.pop_front();
    return;
  }
  switch (kept.verdict) {
    case Verdict::answered:
      return read(kept.text);
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
      fail(Error{ErrorCode::network, "the model's answer was not valid in an earlier run: " + kept.text,
                 identity_.base_url, "it is asked again once the entry, its passages or the model change"});
      return;
  }
}

void Dialog::read(const std::string& json) {
  if (is_mending()) {
    add(mended(task_, *parts_.front().mendable, json));
    parts_.pop_front();
    return;
  }
  PartedAnswer parted = part_answer(task_, json);
  add(std::move(parted.taken));
  parts_.pop_front();
  if (!parted.mendable) return;
  Part part;
  part.request = mending_request(task_, *parted.mendable, options_.most_output_tokens);
  part.key = canonical_hash(identity_, part.request);
  part.mendable = std::move(parted.mendable);
  parts_.push_back(std::move(part));
}

void Dialog::add(ReadChanges read) {
  llm::add(draft_, std::move(read));
}

void Dialog::fail(Error error) {
  if (is_mending()) return leave_unmended();
  error_ = std::move(error);
}

void Dialog::leave_unmended() {
  for (Part& part : parts_)
    if (part.mendable) add(std::move(part.mendable->read));
  parts_.clear();
}

void Dialog::split() {
  const Passages passages = parts_.front().passages;
  if (passages.size() < 2) {
    fail(Error{ErrorCode::limit,
               fmt::format("the model's answer does not fit {} tokens", 2 * options_.most_output_tokens),
               identity_.base_url,
               "does it repeat itself, or reason at length? another model may do better"});
    return;
  }
  parts_.pop_front();
  const auto middle = passages.begin() + static_cast<std::ptrdiff_t>(passages.size() / 2);
  add_part({middle, passages.end()}, options_.most_output_tokens, true);
  add_part({passages.begin(), middle}, options_.most_output_tokens, true);
}

Draft draft_of_kept(const Task& task, const KeptAnswer& kept) {
  Draft draft;
  draft.read_together = true;
  if (kept.verdict == Verdict::refused) draft.refusals = 1;
  if (kept.verdict == Verdict::answered) add(draft, read_changes(task, kept.text));
  return draft;
}

DraftedTask Dialog::finish(DraftEnd where_failed) {
  DraftedTask done;
  done.task = std::move(task_);
  done.draft = std::move(draft_);
  if (error_) {
    done.end = failed_before_ ? DraftEnd::failed_before : where_failed;
    done.error = *std::move(error_);
  }
  return done;
}

}  // namespace stubkeeper::llm
