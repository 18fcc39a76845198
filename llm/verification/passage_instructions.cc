#include "llm/verification/passage_instructions.h"

#include <algorithm>

#include "base/text/utf8.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t max_instruction_excerpt_bytes = 200;

std::string excerpt(const std::string& text) {
  return truncate_at_word(to_valid_utf8(text), max_instruction_excerpt_bytes);
}

}  // namespace

const std::vector<PassageInstructions::Found>& PassageInstructions::found() {
  if (scanned_) return found_;
  scanned_ = true;
  for (const TaskPassage& passage : task_.passages) {
    const Instruction of_title = detect_instruction(passage.source_title);
    const Instruction of_text = detect_instruction(passage.text);
    if (of_title == Instruction::plain) {
      found_.push_back({&passage, of_title, passage.source_title});
    } else if (of_text != Instruction::none) {
      found_.push_back({&passage, of_text, passage.text});
    }
  }
  return found_;
}

std::string PassageInstructions::find_for_quotes(const std::vector<CitedQuote>& quotes, bool shared_context) {
  for (const Found& each : found()) {
    const bool is_quoted = std::any_of(
        quotes.begin(), quotes.end(), [&](const CitedQuote& quote) { return quote.passage == each.passage; });
    const bool in_document = std::any_of(quotes.begin(), quotes.end(), [&](const CitedQuote& quote) {
      return quote.passage->snapshot_id == each.passage->snapshot_id;
    });
    const bool is_plain = each.instruction == Instruction::plain;
    if (is_quoted || (is_plain && (in_document || shared_context))) return excerpt(each.text);
  }
  return "";
}

}  // namespace stubkeeper::llm
