#include "tests/llm/verification_support.h"

#include <algorithm>

#include "entries/block_ids.h"
#include "tests/support/catch.h"

namespace stubkeeper::llm::testing {
namespace {

std::vector<Quote> quotes_of(const std::vector<std::string>& texts) {
  std::vector<Quote> quotes;
  for (std::string text : texts) {
    const bool refutes = text.starts_with('!');
    if (refutes) text.erase(0, 1);
    const std::size_t colon = text.find(": ");
    REQUIRE(colon != std::string::npos);
    quotes.push_back({text.substr(0, colon), text.substr(colon + 2), refutes});
  }
  return quotes;
}

const VerifiedChange& only_change(const Verification& verification) {
  INFO(verification.dropped_without_quote << " without a quote, " << verification.dropped_unsafe
                                          << " unsafe");
  REQUIRE(verification.changes.size() == 1);
  return verification.changes[0];
}

}  // namespace

TestTask::TestTask(const std::string& entry) {
  task.entry_path = "heat/saltline";
  task.entry_title = "Saltline";
  int next = 0;
  task.entry =
      entries::assign_new_ids(entries::Document::parse(entry), [&] { return "b" + std::to_string(++next); });
  task.today = "2026-11-23";
  task.last_reviewed = "2026-06-01";
}

TaskPassage& TestTask::passage(const std::string& text, const std::string& published) {
  const auto number = static_cast<std::int64_t>(task.snapshots.size()) + 1;
  TaskPassage given;
  given.id = "p" + std::to_string(number);
  given.snapshot_id = number;
  given.text = text;
  given.source_address = "https://source" + std::to_string(number) + ".example/a";
  given.source_title = "Source " + std::to_string(number);
  given.published = published;
  task.snapshots.push_back({number, text, given.source_title, published, ""});
  return task.passages.emplace_back(std::move(given));
}

Verification TestTask::verified(const std::string& text, const std::vector<std::string>& quotes) {
  return verified(fact(text, quotes));
}

Verification TestTask::verified(const DraftedChange& change) {
  return verify(task, Draft{{change}, 0});
}

std::vector<std::string> TestTask::flags(const std::string& text, const std::vector<std::string>& quotes) {
  return flags(fact(text, quotes));
}

std::vector<std::string> TestTask::flags(const DraftedChange& change) {
  const Verification verification = verified(change);
  std::vector<std::string> names;
  for (const entries::Flag& flag : only_change(verification).flags) names.push_back(flag.name);
  return names;
}

std::string TestTask::detail(const std::string& flag, const std::string& text,
                             const std::vector<std::string>& quotes) {
  return detail(flag, fact(text, quotes));
}

std::string TestTask::detail(const std::string& flag, const DraftedChange& change) {
  const Verification verification = verified(change);
  for (const entries::Flag& raised : only_change(verification).flags) {
    if (raised.name == flag) return raised.detail;
  }
  return "(none)";
}

DraftedChange fact(const std::string& text, const std::vector<std::string>& quotes) {
  DraftedChange change;
  change.kind = "add fact";
  change.edit.kind = entries::EditKind::add_list_item;
  change.edit.part = "Key Facts";
  change.edit.text = text;
  change.quotes = quotes_of(quotes);
  return change;
}

DraftedChange development(const std::string& date, const std::string& text,
                          const std::vector<std::string>& quotes) {
  DraftedChange change;
  change.kind = "add development";
  change.edit.kind = entries::EditKind::prepend_development;
  change.edit.part = "Notable Developments";
  change.edit.date = date;
  change.edit.text = text;
  change.quotes = quotes_of(quotes);
  return change;
}

DraftedChange replacement(const std::string& block, const std::string& text,
                          const std::vector<std::string>& quotes) {
  DraftedChange change;
  change.kind = "replace block";
  change.edit.kind = entries::EditKind::replace_block;
  change.edit.target = block;
  change.edit.text = text;
  change.quotes = quotes_of(quotes);
  return change;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> flags_of(const std::string& text, const std::string& quote) {
  TestTask given;
  given.passage(quote);
  return given.flags(text, {"p1: " + quote});
}

}  // namespace stubkeeper::llm::testing
