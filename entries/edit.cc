#include "entries/edit.h"

#include <algorithm>
#include <array>

#include "entries/edits/edit_text.h"
#include "entries/edits/parts.h"
#include "entries/edits/source_addresses.h"
#include "entries/safe_text.h"

namespace stubkeeper::entries {
namespace {

struct NamedKind {
  EditKind kind;
  const char* name;
};
constexpr std::array kinds = std::to_array<NamedKind>({{EditKind::replace_block, "replace_block"},
                                                       {EditKind::insert_before, "insert_before"},
                                                       {EditKind::insert_after, "insert_after"},
                                                       {EditKind::remove_block, "remove_block"},
                                                       {EditKind::add_to_part, "add_to_part"},
                                                       {EditKind::add_list_item, "add_list_item"},
                                                       {EditKind::add_table_row, "add_table_row"},
                                                       {EditKind::prepend_development, "prepend_development"},
                                                       {EditKind::set_field, "set_field"},
                                                       {EditKind::append_source, "append_source"},
                                                       {EditKind::link_words, "link_words"},
                                                       {EditKind::add_linked_item, "add_linked_item"},
                                                       {EditKind::leave_block, "leave_block"}});

Result<std::string> with_source(const IdentifiedDocument& identified, const Edit& edit) {
  const Document& document = identified.document;
  if (!is_safe_link(edit.text))
    return Error{ErrorCode::refused, "the source's address cannot stand in a link", edit.text, ""};
  std::string bytes = document.print();
  const auto place = find_part(*identified.conventions, document, "sources");
  bool listed = false;
  for (std::size_t i = place ? place->first : 0; place && i < place->end; ++i) {
    listed = listed || mentions_address(document.text(document.blocks()[i]), edit.text);
  }
  if (!listed) {
    const Splice splice = splice_of_list_item(identified, "sources", markdown_link(edit.title, edit.text));
    bytes.replace(splice.begin, splice.end - splice.begin, splice.text);
  }
  const FrontMatter& front_matter = document.front_matter();
  const bool can_list = front_matter.kind() != FrontMatterKind::none && front_matter.problem().empty();
  if (can_list && !lists_address(front_matter.list("source_urls"), edit.text))
    return append_to_list(bytes, "source_urls", edit.text);
  return bytes;
}

}  // namespace

const char* edit_kind_name(EditKind kind) {
  for (const NamedKind& named : kinds) {
    if (named.kind == kind) return named.name;
  }
  return "replace_block";
}

std::optional<EditKind> edit_kind_from_name(std::string_view name) {
  for (const NamedKind& named : kinds) {
    if (name == named.name) return named.kind;
  }
  return std::nullopt;
}

Result<std::string> apply_edit(const IdentifiedDocument& document, const Edit& edit) {
  if (edit.kind == EditKind::set_field) {
    if (document.document.front_matter().scalar(edit.target) == edit.text) return document.document.print();
    return set_scalar(document.document.print(), edit.target, edit.text, edit.style);
  }
  if (edit.kind == EditKind::append_source) return with_source(document, edit);
  STUBKEEPER_ASSIGN(const Splice splice, splice_of_edit(document, edit));
  std::string bytes = document.document.print();
  bytes.replace(splice.begin, splice.end - splice.begin, splice.text);
  return bytes;
}

Result<EditPreview> preview_edit(const IdentifiedDocument& document, const Edit& edit) {
  if (edit.kind == EditKind::set_field) {
    STUBKEEPER_ASSIGN([[maybe_unused]] const std::string bytes, apply_edit(document, edit));
    return EditPreview{"front matter: " + edit.target,
                       document.document.front_matter().scalar(edit.target).value_or(""), edit.text};
  }
  if (edit.kind == EditKind::append_source) {
    STUBKEEPER_ASSIGN([[maybe_unused]] const std::string bytes, apply_edit(document, edit));
    return EditPreview{"Sources", "", markdown_link(edit.title, edit.text)};
  }
  STUBKEEPER_ASSIGN(const Splice splice, splice_of_edit(document, edit));
  return EditPreview{splice.place, splice.shown_old, splice.shown_new};
}

Edit rewritten(const Edit& edit, std::string_view text) {
  Edit result = edit;
  if (edit.kind == EditKind::link_words || edit.kind == EditKind::leave_block)
    result.kind = EditKind::replace_block;
  if (edit.kind == EditKind::add_linked_item) result.kind = EditKind::add_list_item;
  const bool item = result.kind == EditKind::add_list_item || result.kind == EditKind::prepend_development;
  const bool marked = text.starts_with("- ") || text.starts_with("* ") || text.starts_with("+ ");
  result.text = std::string{item && marked ? text.substr(2) : text};
  return result;
}

}  // namespace stubkeeper::entries
