#include "entries/edit.h"

#include <algorithm>
#include <array>

#include "entries/edits/parts.h"
#include "entries/edits/source_addresses.h"
#include "entries/edits/splices.h"
#include "entries/markdown/unclosed_blocks.h"
#include "entries/markdown_escape.h"

namespace stubkeeper::entries {
namespace {

// In the order of EditKind.
constexpr std::array kind_names = std::to_array<const char*>(
    {"replace_block", "insert_before", "insert_after", "remove_block", "add_to_part", "add_list_item",
     "add_table_row", "prepend_development", "set_field", "append_source", "link_words", "add_linked_item",
     "leave_block"});

Status check_closed(const Document& document) {
  const auto unclosed = find_unclosed_block(document);
  if (!unclosed) return {};
  return Error{ErrorCode::refused,
               "line " + std::to_string(unclosed->first_line) + " opens a " + unclosed->name +
                   " that is never closed, so that nothing can be put into the page",
               "", "close it in the file, and `stubkeeper export` takes that in"};
}

bool is_listed_under_sources(const IdentifiedDocument& identified, const std::string& address) {
  const Document& document = identified.document;
  const auto place = find_part(*identified.conventions, document, "sources");
  if (!place) {
    const auto enclosed = find_part_in_shortcode(*identified.conventions, document, "sources");
    return enclosed && text_contains_address(document.text(*enclosed), address);
  }
  for (std::size_t i = place->first; i < place->end; ++i) {
    if (text_contains_address(document.text(document.blocks()[i]), address)) return true;
  }
  return false;
}

Result<std::string> add_source_item(const IdentifiedDocument& identified, const CitedSource& source) {
  if (!is_safe_link(source.address))
    return Error{ErrorCode::refused, "the source's address cannot stand in a link", source.address, ""};
  std::string bytes = identified.document.print();
  if (is_listed_under_sources(identified, source.address)) return bytes;
  const Splice splice =
      make_list_item_splice(identified, "sources", make_markdown_link(source.title, source.address));
  bytes.replace(splice.begin, splice.end - splice.begin, splice.text);
  return bytes;
}

}  // namespace

const char* edit_kind_name(EditKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<EditKind> edit_kind_from_name(std::string_view name) {
  const auto found = std::find(kind_names.begin(), kind_names.end(), name);
  if (found == kind_names.end()) return std::nullopt;
  return static_cast<EditKind>(found - kind_names.begin());
}

Result<std::string> apply_edit(const IdentifiedDocument& document, const Edit& edit) {
  if (edit.kind == EditKind::set_field) {
    if (document.document.front_matter().scalar(edit.target) == edit.text) return document.document.print();
    return set_scalar(document.document.print(), edit.target, edit.text, edit.style);
  }
  if (edit.kind != EditKind::leave_block) STUBKEEPER_TRY(check_closed(document.document));
  if (edit.kind == EditKind::append_source) {
    STUBKEEPER_ASSIGN(const Document listed, add_cited_sources(document, {{edit.text, edit.title}}, {}));
    return listed.print();
  }
  STUBKEEPER_ASSIGN(const Splice splice, make_edit_splice(document, edit));
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
    return EditPreview{"Sources", "", make_markdown_link(edit.title, edit.text)};
  }
  STUBKEEPER_ASSIGN(const Splice splice, make_edit_splice(document, edit));
  return EditPreview{splice.place, splice.preview_old, splice.preview_new};
}

Result<Document> add_cited_sources(const IdentifiedDocument& document,
                                   const std::vector<CitedSource>& sources, std::vector<FieldChange> fields) {
  const FrontMatter& front_matter = document.document.front_matter();
  if (!sources.empty()) STUBKEEPER_TRY(check_closed(document.document));
  std::string bytes = document.document.print();
  bool is_unchanged = true;
  for (const CitedSource& source : sources) {
    if (is_unchanged) {
      STUBKEEPER_ASSIGN(bytes, add_source_item(document, source));
    } else {
      const IdentifiedDocument extended{
          Document::parse(bytes, front_matter), {}, document.file, document.conventions};
      STUBKEEPER_ASSIGN(bytes, add_source_item(extended, source));
    }
    is_unchanged = is_unchanged && bytes == document.document.print();
    if (front_matter.is_editable() && !contains_address(front_matter.list("source_urls"), source.address))
      fields.push_back({FieldChange::Kind::append, "source_urls", source.address});
  }
  STUBKEEPER_ASSIGN(auto changed, change_fields(bytes, front_matter, std::move(fields)));
  return Document::parse(std::move(changed.page), std::move(changed.front_matter));
}

Edit rewrite_edit(const Edit& edit, std::string_view text) {
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
