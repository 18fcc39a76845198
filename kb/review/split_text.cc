#include "kb/review/split_text.h"

#include <algorithm>

#include "base/text/sentences.h"
#include "entries/block_diff.h"
#include "entries/document.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::kb {
namespace {

std::vector<TextPart> split_blocks(const std::string& text) {
  const auto document = entries::Document::parse(text);
  std::vector<TextPart> parts;
  for (const entries::Block& block : document.blocks()) {
    if (block.kind == entries::BlockKind::blank) continue;
    const std::string_view own = entries::strip_line_endings(document.text(block));
    const std::size_t end = block.bytes.begin + own.size();
    const bool nested = block.kind == entries::BlockKind::list_item && block.depth > 0;
    const bool row = block.kind == entries::BlockKind::table_row;
    // A table's row, or a heading without the text below it, is no change by itself.
    if (row) return {{text, text, 0, text.size()}};
    const bool below_heading = !parts.empty() && text[parts.back().begin] == '#';
    if ((nested || below_heading) && !parts.empty()) {
      parts.back().end = end;
    } else {
      parts.push_back({"", "", block.bytes.begin, end});
    }
  }
  for (TextPart& part : parts) {
    part.text = text.substr(part.begin, part.end - part.begin);
    part.changed = part.text;
  }
  return parts;
}

// The block with one of its changed sentences at a time.
std::vector<TextPart> split_changed_sentences(std::string_view before, std::string_view after) {
  const auto runs = entries::merge_small_gaps(entries::word_diff(before, after));
  using Kind = entries::WordRun::Kind;
  const auto sentences = split_sentences(after);
  std::vector<std::size_t> part_of_run(runs.size(), 0);
  std::size_t part = 0;
  bool changed = false;
  std::size_t begin = 0;  // of the run, in the text after
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::size_t end = begin + (runs[i].kind == Kind::removed ? 0 : runs[i].text.size());
    const bool ends_sentence = std::any_of(sentences.begin(), sentences.end(), [&](std::string_view sentence) {
      const auto first = static_cast<std::size_t>(sentence.data() - after.data());
      return first > begin && first <= end;
    });
    if (runs[i].kind != Kind::kept) {
      changed = true;
    } else if (changed && ends_sentence) {
      ++part;
      changed = false;
    }
    part_of_run[i] = part;
    begin = end;
  }
  const std::size_t count = changed ? part + 1 : part;
  std::vector<TextPart> parts(count);
  for (std::size_t each = 0; each < count; ++each) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const bool is_own_run = runs[i].kind != Kind::kept && part_of_run[i] == each;
      if (is_own_run) parts[each].changed += runs[i].text + " ";
      // The words of the other parts stay as they were.
      if (runs[i].kind == Kind::kept || (runs[i].kind == Kind::added) == is_own_run)
        parts[each].text += runs[i].text;
    }
  }
  return parts;
}

}  // namespace

bool is_new_text(const entries::Edit& edit) {
  using enum entries::EditKind;
  return edit.kind == insert_before || edit.kind == insert_after || edit.kind == add_to_part;
}

std::vector<TextPart> split_edit(const entries::Edit& edit) {
  if (is_new_text(edit)) return split_blocks(edit.text);
  if (edit.kind == entries::EditKind::replace_block && !edit.expected.empty())
    return split_changed_sentences(entries::strip_line_endings(edit.expected),
                                   entries::strip_line_endings(edit.text));
  return {};
}

}  // namespace stubkeeper::kb
