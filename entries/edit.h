#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "entries/block_ids.h"

namespace stubkeeper::entries {

enum class EditKind {
  replace_block,        // target: block id; text: its new text
  insert_before,        // target: block id; text: new block(s), an item with its marker before an item
  insert_after,         // target: block id; text: new block(s)
  remove_block,         // target: block id
  add_to_part,          // part, made where it is missing; text: its new last block(s)
  add_list_item,        // part; text: an item without its marker, for the end of the part's first list
  add_table_row,        // target: id of a row; text: a GFM row with as many cells, for after it
  prepend_development,  // part "Notable Developments"; date; text: the item without both, newest first
  set_field,            // target: front-matter name; text: value
  append_source,        // text: address; title; into source_urls and the part Sources where missing there
  link_words,           // target: block id; text: words of it; reference: the page that they link
  add_linked_item,      // part; title and reference: a link to a page; text: the item's words after it
  leave_block,          // target: block id; nothing changes, a person sees that it is contradicted
};

// The stable name of a kind, "prepend_development", and the kind of a name, if there is one.
const char* edit_kind_name(EditKind kind);
std::optional<EditKind> edit_kind_from_name(std::string_view name);

// One operation on one block or field. `text` is Markdown of which outside text has been escaped (see
// markdown_escape.h).
struct Edit {
  EditKind kind = EditKind::replace_block;
  std::string target;
  std::string part;
  std::string date;  // "2026", "2026-05" or "2026-05-07"
  std::string text;
  std::string title;
  std::string reference;  // of a page of the section, see PageIndex::reference
  ScalarStyle style = ScalarStyle::quoted_string;
  std::string expected;  // the target block's bytes when the edit was made; "": not checked
  bool operator==(const Edit&) const = default;
};

// The document's bytes after the edit. Bytes outside the edited block, its new neighbour and the named field
// stay; line ends are the document's. Applying it twice does nothing more. not_found where the target is
// gone; conflict where its bytes are not `expected`; refused for a forbidden field, and for text on a page that
// has a block without an end (find_unclosed_block()), which would hold it.
Result<std::string> apply_edit(const IdentifiedDocument& document, const Edit& edit);

// An edit as a reviewer sees it. Same errors as apply_edit(), but for those of the whole page.
struct EditPreview {
  std::string place;  // "Notable Developments", "front matter: lastmod"
  std::string old_text;
  std::string new_text;
};
Result<EditPreview> preview_edit(const IdentifiedDocument& document, const Edit& edit);

struct CitedSource {
  std::string address;
  std::string title;
};

// The page with each source under Sources and, where there is front matter, in source_urls, where missing
// there, and with the changes of fields: all or nothing. refused for an address that cannot be in a link, and
// as by apply_edit(); else change_fields()'s errors.
Result<Document> add_cited_sources(const IdentifiedDocument& document, const std::vector<CitedSource>& sources,
                                   std::vector<FieldChange> fields);

// The edit that a person made of a proposed one by writing `text` over the new text: an item with its marker
// or without, a block for an edit that leaves or links it.
Edit rewrite_edit(const Edit& edit, std::string_view text);

}  // namespace stubkeeper::entries
