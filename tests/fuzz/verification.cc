#include <algorithm>

#include "entries/block_ids.h"
#include "llm/flags.h"
#include "llm/verifier.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;

namespace {

// Parts of an input, parted by lines of "===": passages, then the new text, then the quote.
std::vector<std::string> split_parts(std::string_view text) {
  constexpr std::string_view line = "\n===\n";
  std::vector<std::string> parts;
  for (std::size_t at = text.find(line); at != std::string_view::npos; at = text.find(line)) {
    parts.emplace_back(text.substr(0, at));
    text.remove_prefix(at + line.size());
  }
  parts.emplace_back(text);
  return parts;
}

llm::Task make_task(const std::vector<std::string>& passages) {
  llm::Task task;
  task.entry_title = "Saltline";
  task.today = "2026-11-23";
  int next = 0;
  task.entry = entries::assign_new_ids(
      entries::Document::parse(
          "---\ntitle: Saltline\n---\n\n## Key Facts\n\n- **HQ:** Aarhus\n- It has 31 employees.\n"),
      [&] { return "b" + std::to_string(++next); });
  for (const std::string& text : passages) {
    llm::TaskPassage passage;
    passage.id = "p" + std::to_string(task.passages.size());
    passage.snapshot_id = static_cast<std::int64_t>(task.passages.size());
    passage.text = text;
    passage.source_address = "https://example.org/" + passage.id;
    passage.published = "2026-05-07";
    task.snapshots.push_back({passage.snapshot_id, text, "A title", "2026-05-07", ""});
    task.passages.push_back(std::move(passage));
  }
  return task;
}

bool is_known_flag(const std::string& flag) {
  const auto kinds = llm::flag_kinds();
  return std::any_of(kinds.begin(), kinds.end(),
                     [&](const llm::FlagKind& kind) { return kind.name == flag; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  auto parts = split_parts(as_text(bytes, size));
  const std::string quote = parts.back();
  if (parts.size() > 1) parts.pop_back();
  const std::string text = parts.back();
  if (parts.size() > 1) parts.pop_back();
  const llm::Task task = make_task(parts);

  llm::Draft draft;
  for (const auto kind : {entries::EditKind::add_list_item, entries::EditKind::replace_block}) {
    llm::DraftedChange change;
    change.edit.kind = kind;
    change.edit.part = "Key Facts";
    change.edit.target = task.entry.ids.back();
    change.edit.text = text;
    change.quotes.push_back({"p0", quote, false});
    draft.changes.push_back(std::move(change));
  }
  const llm::Verification verification = llm::verify(task, draft);
  for (const llm::VerifiedChange& change : verification.changes) {
    check_invariant(change.quotes.size() == 1);
    const entries::Citation& found = change.quotes[0];
    check_invariant(found.begin_byte < found.end_byte && found.end_byte <= task.snapshots[0].text.size());
    check_invariant(task.snapshots[0].text.substr(found.begin_byte, found.end_byte - found.begin_byte) ==
            found.quote);
    for (const entries::Flag& flag : change.flags) check_invariant(is_known_flag(flag.name));
  }
  for (const llm::UnmatchedQuote& unmatched : verification.unmatched) {
    const bool is_snapshots_own =
        std::any_of(task.snapshots.begin(), task.snapshots.end(), [&](const llm::TaskSnapshot& snapshot) {
          return snapshot.text.find(unmatched.suggested_text) != std::string::npos;
        });
    check_invariant(is_snapshots_own);
  }
  // The same task and draft give the same.
  const llm::Verification again = llm::verify(task, draft);
  check_invariant(again.changes.size() == verification.changes.size());
  for (std::size_t i = 0; i < again.changes.size(); ++i) {
    check_invariant(again.changes[i].flags.size() == verification.changes[i].flags.size());
    for (std::size_t j = 0; j < again.changes[i].flags.size(); ++j)
      check_invariant(again.changes[i].flags[j].detail == verification.changes[i].flags[j].detail);
  }
  return 0;
}
