#include "llm/verification/instructions.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "llm/normalized_text.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t max_instruction_excerpt_bytes = 200;

constexpr std::array plain_phrases = std::to_array<std::string_view>({"ignore previous",
                                                                      "ignore all previous",
                                                                      "ignore the above",
                                                                      "ignore all prior",
                                                                      "ignore your previous",
                                                                      "ignore any previous",
                                                                      "disregard previous",
                                                                      "disregard the above",
                                                                      "disregard all previous",
                                                                      "disregard all prior",
                                                                      "forget previous",
                                                                      "forget all previous",
                                                                      "forget your previous",
                                                                      "you are an ai",
                                                                      "you are a language model",
                                                                      "previous instructions",
                                                                      "prior instructions",
                                                                      "instructions above",
                                                                      "respond only with",
                                                                      "reply only with",
                                                                      "note to ai",
                                                                      "attention ai",
                                                                      "to all language models",
                                                                      "if you are an ai",
                                                                      "if you are a language model",
                                                                      "large language models reading"});

constexpr std::array possible_phrases = std::to_array<std::string_view>(
    {"disregard all", "as an ai language model", "as a language model", "system prompt", "your instructions",
     "new instructions", "do not follow", "output only", "ai assistant"});

// Words for a reader's answer.
constexpr std::array answers = std::to_array<std::string_view>({"answer", "response", "reply", "output"});

// "Add ... to your answer": with what such a sentence begins.
constexpr std::array imperatives = std::to_array<std::string_view>(
    {"add",    "anagram",   "append",    "combine",    "convert", "embed",    "group", "include",
     "insert", "integrate", "introduce", "jumble",     "mention", "misspell", "put",   "rearrange",
     "remove", "replace",   "scramble",  "substitute", "use",     "write"});
// "Modify your answer".
constexpr std::array changing = std::to_array<std::string_view>({"augment", "enhance", "modify", "rewrite"});

bool dictates_answer(std::string_view sentence) {
  const std::size_t begin = sentence.find_first_not_of(" \"'(-*#");
  if (begin == std::string_view::npos) return false;
  sentence.remove_prefix(begin);
  const std::string_view first = sentence.substr(0, sentence.find(' '));
  constexpr std::string_view own = " your ";
  if (sentence.starts_with("in your ") && starts_with_any(sentence.substr(8), answers)) return true;
  if (contains(changing, first) && sentence.substr(first.size()).starts_with(own))
    return starts_with_any(sentence.substr(first.size() + own.size()), answers);
  if (!contains(imperatives, first)) return false;
  for (const std::string_view preposition :
       {" in your ", " to your ", " from your ", " of your ", " into your "}) {
    for (std::size_t at = sentence.find(preposition); at != std::string_view::npos;
         at = sentence.find(preposition, at + 1)) {
      if (starts_with_any(sentence.substr(at + preposition.size()), answers)) return true;
    }
  }
  return false;
}

// A stop within an address or a number ends nothing; the end of a table's cell does.
std::size_t end_of_sentence(std::string_view text, std::size_t begin) {
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (text[at] == '\n' || text[at] == '|') return at;
    const bool stop = text[at] == '.' || text[at] == '!' || text[at] == '?';
    if (stop && (at + 1 == text.size() || is_ascii_space(text[at + 1]))) return at;
  }
  return text.size();
}

}  // namespace

Instruction detect_instruction(std::string_view text) {
  const std::string folded = ascii_lower(NormalizedText{text}.text());
  if (contains_any(folded, plain_phrases)) return Instruction::plain;
  for (std::size_t begin = 0; begin < folded.size();) {
    const std::size_t end = end_of_sentence(folded, begin);
    const std::string_view sentence = std::string_view{folded}.substr(begin, end - begin);
    if (sentence.find("your ") != std::string_view::npos && dictates_answer(sentence))
      return Instruction::plain;
    begin = end + 1;
  }
  return contains_any(folded, possible_phrases) ? Instruction::possible : Instruction::none;
}

bool looks_like_instruction(std::string_view text) {
  return detect_instruction(text) != Instruction::none;
}

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

std::string PassageInstructions::find(const std::vector<const TaskPassage*>& quoted, bool shared_context) {
  for (const Found& each : found()) {
    const bool is_quoted = contains(quoted, each.passage);
    const bool in_document = std::any_of(quoted.begin(), quoted.end(), [&](const TaskPassage* passage) {
      return passage->snapshot_id == each.passage->snapshot_id;
    });
    const bool is_plain = each.instruction == Instruction::plain;
    if (is_quoted || (is_plain && (in_document || shared_context)))
      return truncate_at_word(to_valid_utf8(each.text), max_instruction_excerpt_bytes);
  }
  return "";
}

}  // namespace stubkeeper::llm
