#include "entries/edits/page_links.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "entries/edits/splices.h"
#include "entries/markdown/lines.h"
#include "entries/markdown/links.h"
#include "entries/markdown/prose.h"
#include "entries/site/landing_edits.h"

namespace stubkeeper::entries {
namespace {

bool is_letter_or_digit(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool stands_alone_at(std::string_view text, std::size_t begin, std::size_t end) {
  const bool goes_on_before = begin > 0 && is_letter_or_digit(text[begin - 1]);
  const bool goes_on_behind = end < text.size() && is_letter_or_digit(text[end]);
  return !goes_on_before && !goes_on_behind;
}

bool holds_running_text(BlockKind kind) {
  return kind == BlockKind::paragraph || kind == BlockKind::list_item || kind == BlockKind::table_row ||
         kind == BlockKind::block_quote;
}

std::string relref_of(std::string_view reference) {
  return "{{< relref \"" + std::string{reference} + "\" >}}";
}

Error unsafe_reference(const Edit& edit) {
  return {ErrorCode::refused, "the page's reference cannot stand in a link", edit.reference, ""};
}

}  // namespace

bool is_safe_reference(std::string_view reference) {
  constexpr std::size_t longest = 300;
  return !reference.empty() && reference.size() <= longest && reference.front() != '/' &&
         std::all_of(reference.begin(), reference.end(), [](char c) {
           return is_ascii_letter(c) || is_ascii_digit(c) || c == '-' || c == '_' || c == '.' || c == '/';
         });
}

std::optional<ByteRange> find_linkable(std::string_view markdown, std::string_view words) {
  if (words.empty()) return std::nullopt;
  const auto links = find_links(markdown);
  const std::string prose = prose_of(markdown, links);
  for (std::size_t at = prose.find(words); at != std::string::npos; at = prose.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    const bool in_link = std::any_of(links.begin(), links.end(), [&](const Link& link) {
      return at < link.text_end && end > link.text_begin;
    });
    if (!in_link && stands_alone_at(prose, at, end)) return ByteRange{at, end};
  }
  return std::nullopt;
}

Result<Splice> splice_of_link(const IdentifiedDocument& identified, const Edit& edit) {
  if (!is_safe_reference(edit.reference)) return unsafe_reference(edit);
  const Document& document = identified.document;
  const auto index = block_of_id(identified, edit.target);
  if (!index) return Error{ErrorCode::not_found, "the block that this changes is gone", "", ""};
  const Block& block = document.blocks()[*index];
  const std::string_view text = document.text(block);
  const std::string place = place_of(document, *index);
  const std::string relref = relref_of(edit.reference);
  if (text.find(relref) != std::string_view::npos) return nothing_to_do(place);
  if (!holds_running_text(block.kind))
    return Error{ErrorCode::refused, "the block holds no running text", "", ""};
  if (!edit.expected.empty() && trimmed(edit.expected) != trimmed(text))
    return Error{ErrorCode::conflict, "the block has changed since this was proposed", "", ""};
  const auto words = find_linkable(text, edit.text);
  if (!words) return Error{ErrorCode::not_found, "the words to link do not stand in the block", "", ""};
  Splice splice;
  splice.begin = block.bytes.begin + words->begin;
  splice.end = block.bytes.begin + words->end;
  splice.text = "[" + edit.text + "](" + relref + ")";
  splice.shown_old = std::string{trimmed(text)};
  std::string linked{text};
  linked.replace(words->begin, words->size(), splice.text);
  splice.shown_new = std::string{trimmed(linked)};
  splice.place = place;
  return splice;
}

Result<Splice> splice_of_linked_item(const IdentifiedDocument& identified, const Edit& edit) {
  if (!is_safe_reference(edit.reference)) return unsafe_reference(edit);
  const std::string link = relref_link({edit.title, edit.reference});
  return splice_of_list_item(identified, edit.part, edit.text.empty() ? link : link + " — " + edit.text);
}

}  // namespace stubkeeper::entries
