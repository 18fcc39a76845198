#include "llm/verification/passage_instructions.h"

#include <algorithm>

#include "base/text/utf8.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t most_shown = 200;

std::string beginning(const std::string& text) {
  return cut_at_word(to_valid_utf8(text), most_shown);
}

}  // namespace

const std::vector<PassageInstructions::Found>& PassageInstructions::found() {
  if (looked_) return found_;
  looked_ = true;
  for (const TaskPassage& passage : task_.passages) {
    const Instruction of_title = instruction_in(passage.source_title);
    const Instruction of_text = instruction_in(passage.text);
    if (of_title == Instruction::plain) {
      found_.push_back({&passage, of_title, passage.source_title});
    } else if (of_text != Instruction::none) {
      found_.push_back({&passage, of_text, passage.text});
    }
  }
  return found_;
}

std::string PassageInstructions::beside(const std::vector<CitedQuote>& quotes, bool read_together) {
  for (const Found& each : found()) {
    const bool is_quoted = std::any_of(
        quotes.begin(), quotes.end(), [&](const CitedQuote& quote) { return quote.passage == each.passage; });
    const bool in_document = std::any_of(quotes.begin(), quotes.end(), [&](const CitedQuote& quote) {
      return quote.passage->snapshot_id == each.passage->snapshot_id;
    });
    const bool is_plain = each.instruction == Instruction::plain;
    if (is_quoted || (is_plain && (in_document || read_together))) return beginning(each.text);
  }
  return "";
}

}  // namespace stubkeeper::llm
