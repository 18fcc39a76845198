#include "entries/edits/page_links.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/words.h"
#include "entries/edits/splices.h"
#include "entries/markdown/lines.h"
#include "entries/markdown/links.h"
#include "entries/markdown/prose.h"
#include "entries/site/landing_pages.h"

namespace stubkeeper::entries {
namespace {

bool is_prose_block(BlockKind kind) {
  return kind == BlockKind::paragraph || kind == BlockKind::list_item || kind == BlockKind::table_row ||
         kind == BlockKind::block_quote;
}

std::string make_relref(std::string_view reference) {
  return "{{< relref \"" + std::string{reference} + "\" >}}";
}

Error unsafe_reference_error(const Edit& edit) {
  return {ErrorCode::refused, "the page's reference cannot stand in a link", edit.reference, ""};
}

}  // namespace

bool is_safe_reference(std::string_view reference) {
  constexpr std::size_t max_reference_length = 300;
  return !reference.empty() && reference.size() <= max_reference_length && reference.front() != '/' &&
         std::all_of(reference.begin(), reference.end(), [](char c) {
           return is_ascii_alphanumeric(c) || c == '-' || c == '_' || c == '.' || c == '/';
         });
}

std::optional<ByteRange> find_link_position(std::string_view markdown, std::string_view words) {
  if (words.empty()) return std::nullopt;
  const auto links = find_links(markdown);
  const std::string prose = mask_non_prose(markdown, links);
  for (std::size_t at = prose.find(words); at != std::string::npos; at = prose.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    const bool in_link = std::any_of(links.begin(), links.end(), [&](const Link& link) {
      return at < link.text_end && end > link.text_begin;
    });
    if (!in_link && is_whole_word(prose, at, end)) return ByteRange{at, end};
  }
  return std::nullopt;
}

Result<Splice> make_link_splice(const IdentifiedDocument& identified, const Edit& edit) {
  if (!is_safe_reference(edit.reference)) return unsafe_reference_error(edit);
  const Document& document = identified.document;
  const auto index = find_block_by_id(identified, edit.target);
  if (!index) return Error{ErrorCode::not_found, "the block that this changes is gone", "", ""};
  const Block& block = document.blocks()[*index];
  const std::string_view text = document.text(block);
  const std::string place = describe_place(document, *index);
  const std::string relref = make_relref(edit.reference);
  if (text.find(relref) != std::string_view::npos) return make_empty_splice(place);
  if (!is_prose_block(block.kind))
    return Error{ErrorCode::refused, "the block holds no running text", "", ""};
  if (!edit.expected.empty() && trim(edit.expected) != trim(text))
    return Error{ErrorCode::conflict, "the block has changed since this was proposed", "", ""};
  const auto words = find_link_position(text, edit.text);
  if (!words) return Error{ErrorCode::not_found, "the words to link do not stand in the block", "", ""};
  Splice splice;
  splice.begin = block.bytes.begin + words->begin;
  splice.end = block.bytes.begin + words->end;
  splice.text = "[" + edit.text + "](" + relref + ")";
  splice.preview_old = std::string{trim(text)};
  std::string linked{text};
  linked.replace(words->begin, words->size(), splice.text);
  splice.preview_new = std::string{trim(linked)};
  splice.place = place;
  return splice;
}

Result<Splice> make_linked_item_splice(const IdentifiedDocument& identified, const Edit& edit) {
  if (!is_safe_reference(edit.reference)) return unsafe_reference_error(edit);
  const std::string link = make_relref_link({edit.title, edit.reference});
  return make_list_item_splice(identified, edit.part, edit.text.empty() ? link : link + " — " + edit.text);
}

}  // namespace stubkeeper::entries
