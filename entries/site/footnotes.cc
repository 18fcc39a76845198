#include "entries/site/footnotes.h"

#include <algorithm>
#include <map>
#include <set>

#include "entries/document.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

constexpr std::string_view footnote_reference_prefix = "[^quoted-";

// A reference "[^quoted-7]" in a text; `end` is after its bracket.
struct FootnoteReference {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string label;
};

std::vector<FootnoteReference> find_references(std::string_view text) {
  std::vector<FootnoteReference> references;
  for (std::size_t at = text.find(footnote_reference_prefix); at != std::string_view::npos;
       at = text.find(footnote_reference_prefix, at + 1)) {
    const std::size_t close = text.find_first_not_of("0123456789", at + footnote_reference_prefix.size());
    if (close == std::string_view::npos || text[close] != ']' ||
        close == at + footnote_reference_prefix.size())
      continue;
    references.push_back({at, close + 1, std::string{text.substr(at, close + 1 - at)}});
  }
  return references;
}

// Definition lines by their label: "[^quoted-7]" to "[^quoted-7]: text", without the line end.
std::map<std::string, std::string> find_definitions(std::string_view text) {
  std::map<std::string, std::string> definitions;
  for (const std::string_view line : split_line_texts(text)) {
    const std::string_view words = strip_line_ending(line);
    const auto references = find_references(words.substr(0, words.find(':')));
    if (references.size() == 1 && references[0].begin == 0 &&
        words.substr(references[0].end).starts_with(':'))
      definitions.emplace(references[0].label, words);
  }
  return definitions;
}

bool accepts_footnote(const Block& block, std::string_view text) {
  switch (block.kind) {
    case BlockKind::table_row:
      return true;
    case BlockKind::paragraph:
    case BlockKind::list_item:
    case BlockKind::block_quote:
      return text.find("```") == std::string_view::npos && text.find("~~~") == std::string_view::npos &&
             text.find("\n    ") == std::string_view::npos && text.find("\n\t") == std::string_view::npos &&
             text.find("\n|") == std::string_view::npos && text.find("\n<") == std::string_view::npos;
    default:
      return false;
  }
}

// The place for a reference: after the block's last word, in a table row within its last cell.
std::size_t find_reference_position(const Block& block, std::string_view text) {
  std::size_t end = text.find_last_not_of(" \t\r\n") + 1;
  if (block.kind == BlockKind::table_row && end > 1 && text[end - 1] == '|' && text[end - 2] != '\\')
    end = text.find_last_not_of(" \t", end - 2) + 1;
  return block.bytes.begin + end;
}

class FootnoteWriter {
 public:
  explicit FootnoteWriter(const std::string& page) : page_(page), document_(Document::parse(page)) {
    for (const FootnoteReference& mark : find_references(page_)) used_labels_.insert(mark.label);
  }

  void add(const BlockFootnotes& wanted) {
    for (std::size_t i = 0; i < document_.blocks().size(); ++i) {
      const Block& block = document_.blocks()[i];
      const std::string_view text = document_.text(block);
      if (text != wanted.block || !accepts_footnote(block, text) || !annotated_blocks_.insert(i).second)
        continue;
      std::string references;
      for (const std::string& note : wanted.notes) references += assign_label(note);
      if (!references.empty()) insertions_.emplace_back(find_reference_position(block, text), references);
      return;
    }
  }

  std::string text() {
    if (insertions_.empty()) return page_;
    std::sort(insertions_.begin(), insertions_.end());
    std::string result;
    std::size_t copied = 0;
    for (const auto& [at, references] : insertions_) {
      result.append(page_, copied, at - copied);
      result += references;
      copied = at;
    }
    result.append(page_, copied);
    const std::string line_end{detect_line_ending(page_)};
    if (!ends_with_line_ending(result)) result += line_end;
    result += line_end;
    const std::size_t tail = result.size();
    for (const auto& [label, note] : definitions_) result.append(label).append(": ").append(note + line_end);
    // Within a fence that nothing closes the definitions would be shown as they are.
    const Document rendered = Document::parse(result);
    for (const Block& block : rendered.blocks()) {
      const bool begins_there = block.bytes.begin == tail;
      if (begins_there && block.kind != BlockKind::code && block.kind != BlockKind::html) return result;
    }
    return page_;
  }

 private:
  std::string assign_label(const std::string& note) {
    for (const auto& [label, known] : definitions_) {
      if (known == note) return label;
    }
    std::string label;
    do {
      label = std::string{footnote_reference_prefix} + std::to_string(++last_number_) + "]";
    } while (used_labels_.contains(label));
    definitions_.emplace_back(label, note);
    return label;
  }

  const std::string& page_;
  Document document_;
  std::set<std::string> used_labels_;
  std::set<std::size_t> annotated_blocks_;  // blocks that have their references
  std::vector<std::pair<std::size_t, std::string>> insertions_;
  std::vector<std::pair<std::string, std::string>> definitions_;  // label, note
  int last_number_ = 0;
};

// The definitions as they were rendered below the page, with the empty line before them.
std::string_view find_rendered_definitions(std::string_view page, std::string_view rendered,
                                           const std::set<std::string>& added) {
  std::size_t first = std::string_view::npos;
  for (const Line& line : split_lines(rendered)) {
    const auto references = find_references(rendered.substr(line.begin, line.end - line.begin));
    const bool definition =
        !references.empty() && references[0].begin == 0 && added.contains(references[0].label);
    if (definition && first == std::string_view::npos) first = line.begin;
    if (!definition) first = std::string_view::npos;
  }
  if (first == std::string_view::npos) return "";
  const std::size_t line_end = detect_line_ending(page).size();
  const bool was_ended = ends_with_line_ending(page);
  const std::size_t empty_lines = line_end * (was_ended ? 1 : 2);
  return first < empty_lines ? "" : rendered.substr(first - empty_lines);
}

}  // namespace

std::string add_footnotes(const std::string& page, const std::vector<BlockFootnotes>& blocks) {
  if (blocks.empty()) return page;
  FootnoteWriter footnotes{page};
  for (const BlockFootnotes& block : blocks) footnotes.add(block);
  return footnotes.text();
}

std::string remove_footnotes(std::string_view page, std::string_view rendered, std::string edited) {
  std::set<std::string> added;
  for (const FootnoteReference& mark : find_references(rendered)) added.insert(mark.label);
  for (const FootnoteReference& mark : find_references(page)) added.erase(mark.label);
  if (added.empty()) return edited;
  if (const std::string_view tail = find_rendered_definitions(page, rendered, added);
      !tail.empty() && edited.ends_with(tail))
    edited.resize(edited.size() - tail.size());

  // What the person rewrote is theirs.
  const auto rendered_definitions = find_definitions(rendered);
  const auto edited_definitions = find_definitions(edited);
  for (const auto& [label, definition] : edited_definitions) {
    const auto known = rendered_definitions.find(label);
    if (known == rendered_definitions.end() || known->second != definition) added.erase(label);
  }
  std::string result;
  for (const std::string_view text : split_line_texts(edited)) {
    std::size_t copied = 0;
    bool definition = false;
    std::string kept;
    for (const FootnoteReference& mark : find_references(text)) {
      if (!added.contains(mark.label)) continue;
      if (mark.begin == 0 && text.substr(mark.end).starts_with(':')) definition = true;
      kept.append(text, copied, mark.begin - copied);
      copied = mark.end;
    }
    if (!definition) result.append(kept).append(text.substr(copied));
  }
  return result;
}

}  // namespace stubkeeper::entries
