#include "llm/verification/quotations.h"

#include "base/text/ascii.h"
#include "llm/normalized_text.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t min_quotation_words = 3;
constexpr std::string_view punctuation = " .,;:!?'";

bool is_opening_mark(std::string_view text, std::size_t mark) {
  const bool free_before =
      mark == 0 || std::string_view{" (\n"}.find(text[mark - 1]) != std::string_view::npos;
  return free_before && mark + 1 < text.size() && text[mark + 1] != ' ';
}

std::string_view without_punctuation(std::string_view piece) {
  const std::size_t begin = piece.find_first_not_of(punctuation);
  if (begin == std::string_view::npos) return {};
  return piece.substr(begin, piece.find_last_not_of(punctuation) - begin + 1);
}

void add_pieces(std::string_view quotation, std::vector<std::string>& pieces) {
  const auto add = [&](std::string_view piece) {
    piece = without_punctuation(piece);
    if (split_words(piece).size() >= min_quotation_words) pieces.emplace_back(piece);
  };
  std::size_t begin = 0;
  for (std::size_t i = 0; i < quotation.size(); ++i) {
    std::size_t length = 0;
    for (const std::string_view dots : {"[...]", "..."}) {
      if (length == 0 && quotation.substr(i).starts_with(dots)) length = dots.size();
    }
    if (length == 0) continue;
    add(quotation.substr(begin, i - begin));
    begin = i + length;
    i = begin - 1;
  }
  add(quotation.substr(begin));
}

}  // namespace

std::vector<std::string> find_quotations(std::string_view text) {
  // Marks of any kind are one there, and "…" is "...".
  const NormalizedText normalized{text};
  const std::string_view all{normalized.text()};
  std::vector<std::string> pieces;
  for (std::size_t at = all.find('"'); at != std::string_view::npos; at = all.find('"', at + 1)) {
    if (!is_opening_mark(all, at)) continue;
    const std::size_t end = all.find('"', at + 1);
    if (end == std::string_view::npos) break;
    add_pieces(all.substr(at + 1, end - at - 1), pieces);
    at = end;
  }
  return pieces;
}

std::vector<std::string> find_missing_quotations(std::string_view text, std::string_view source) {
  std::vector<std::string> missing;
  const std::vector<std::string> quotations = find_quotations(text);
  if (quotations.empty()) return missing;
  const NormalizedText known{ascii_lower(source)};
  for (const std::string& quotation : quotations) {
    if (!known.find(NormalizedText{ascii_lower(quotation)}.text(), 0)) missing.push_back(quotation);
  }
  return missing;
}

}  // namespace stubkeeper::llm
