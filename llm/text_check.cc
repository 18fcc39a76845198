#include "llm/text_check.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "llm/verifier.h"

namespace stubkeeper::llm {
namespace {

bool compares_words(std::string_view flag) {
  static constexpr std::array names = std::to_array<std::string_view>(
      {"contradicts", "currency-not-in-quote", "date-not-in-quote", "location-without-source",
       "modality-differs", "name-not-in-quote", "negation-differs", "number-not-in-quote",
       "quotation-not-in-quote", "superlative-differs", "unit-not-in-quote", "words-not-in-quote"});
  return std::ranges::find(names, flag) != names.end();
}

std::string as_one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

entries::IdentifiedDocument with_ids(const std::string& markdown) {
  int next = 0;
  return entries::assign_new_ids(entries::Document::parse(markdown),
                                 [&] { return "b" + std::to_string(++next); });
}

// The block of a document that has these words, or "".
std::string find_block(const entries::IdentifiedDocument& entry, const std::string& words) {
  const auto& blocks = entry.document.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool has_words =
        blocks[i].kind == entries::BlockKind::paragraph || blocks[i].kind == entries::BlockKind::list_item;
    if (has_words && entry.document.text(blocks[i]).find(words) != std::string_view::npos)
      return entry.ids[i];
  }
  return {};
}

// One passage for each quote: nothing else is known of the page.
void add_quotes(const TextCheck& check, Task& task, DraftedChange& change) {
  TaskSnapshot snapshot{1, "", check.title, check.published, ""};
  for (const std::string& quote : check.quotes) {
    TaskPassage passage;
    passage.id = "p" + std::to_string(task.passages.size() + 1);
    passage.snapshot_id = snapshot.id;
    passage.text = quote;
    passage.begin_byte = snapshot.text.size();
    passage.source_title = check.title;
    passage.published = check.published;
    change.quotes.push_back({passage.id, quote, false});
    snapshot.text += quote + "\n\n";
    task.passages.push_back(std::move(passage));
  }
  task.snapshots.push_back(std::move(snapshot));
}

// An edit that puts the text into the entry, in the place of the old one where there is one.
void place_text(const TextCheck& check, Task& task, DraftedChange& change) {
  const std::string replaced = as_one_line(check.replaced);
  task.entry = with_ids(check.entry);
  std::string target = replaced.empty() ? "" : find_block(task.entry, replaced);
  if (!replaced.empty() && target.empty()) {
    task.entry = with_ids(check.entry + "\n\n" + replaced + "\n");
    target = find_block(task.entry, replaced);
  }
  change.edit.text = as_one_line(check.text);
  change.edit.kind = target.empty() ? entries::EditKind::add_list_item : entries::EditKind::replace_block;
  change.edit.target = target;
  if (target.empty()) change.edit.part = "Key Facts";
}

}  // namespace

Result<std::vector<entries::Flag>> check_text(const TextCheck& check) {
  const auto is_blank = [](const std::string& text) { return trim_ascii(text).empty(); };
  if (is_blank(check.text)) return Error{ErrorCode::invalid_argument, "the text is empty", "text", ""};
  if (check.quotes.empty() || std::ranges::any_of(check.quotes, is_blank))
    return Error{ErrorCode::invalid_argument, "there is no quote, or an empty one", "quotes", ""};
  Task task;
  task.entry_title = check.entry_title;
  task.today = check.published;
  Draft draft;
  draft.changes.emplace_back();
  add_quotes(check, task, draft.changes.front());
  place_text(check, task, draft.changes.front());
  Verification verified = verify(task, draft);
  if (verified.changes.empty())
    return Error{ErrorCode::refused, "the text has markup or a link that no drafter may write", "text", ""};
  auto& flags = verified.changes.front().flags;
  std::erase_if(flags, [](const entries::Flag& flag) { return !compares_words(flag.name); });
  return std::move(flags);
}

}  // namespace stubkeeper::llm
