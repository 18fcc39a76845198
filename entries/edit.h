#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "entries/identified_document.h"

namespace stubkeeper::entries {

enum class EditKind {
  replace_block,  // target: block id; text: its new text
  insert_before,  // target: block id; text: new block(s), an item with its marker before an item
  insert_after,   // target: block id; text: new block(s)
  remove_block,   // target: block id
  add_to_part,  // part; text: appended as the last block(s) of that part, which is made in its place if it is
                // missing
  add_list_item,        // part; text: one item without its marker, added at the end of the part's first list
  add_table_row,        // target: id of a row; text: a GFM row with as many cells, put behind it in its style
  prepend_development,  // part "Notable Developments"; date; text: the item without marker and date, put
                        // newest first
  set_field,            // target: front-matter name; text: value
  append_source,        // text: address; title: its title; source_urls and the Sources part, each where it is
                        // missing
  link_words,  // target: block id; text: words that stand there; reference: the page that they now lead to
  add_linked_item,  // part; title and reference: a link to a page; text: what the item says behind it
  leave_block,      // target: block id; nothing changes: a person is shown that it is contradicted
};

// The stable name of a kind: "prepend_development". from_name: nothing for an unknown name.
const char* edit_kind_name(EditKind kind);
std::optional<EditKind> edit_kind_from_name(std::string_view name);

// One operation on one block or field. `text` is Markdown that make_safe() has passed (see safe_text.h).
struct Edit {
  EditKind kind = EditKind::replace_block;
  std::string target;
  std::string part;
  std::string date;  // "2026", "2026-05" or "2026-05-07"
  std::string text;
  std::string title;
  std::string reference;  // of a page of the section, see PageIndex::reference
  ScalarStyle style = ScalarStyle::quoted_string;
  // For edits with a block for a target: its bytes when the change was made. Empty: not checked.
  std::string expected;
  bool operator==(const Edit&) const = default;
};

// The document's bytes after the edit. Bytes outside the edited block, its new neighbour and the named field
// stay as they are; line ends follow the document's own. An edit whose result stands there already gives the
// same bytes (applying twice does nothing more). not_found where the target is gone; conflict where
// `expected` differs from what stands there; refused for a forbidden field.
Result<std::string> apply_edit(const IdentifiedDocument& document, const Edit& edit);

// What an edit would change, for showing: the name of the place ("Notable Developments", "front matter:
// lastmod"), the text that stands there now ("" where nothing does) and the text that would. Same errors as
// apply_edit.
struct EditPreview {
  std::string place;
  std::string old_text;
  std::string new_text;
};
Result<EditPreview> preview_edit(const IdentifiedDocument& document, const Edit& edit);

struct CitedSource {
  std::string address;
  std::string title;
};

// The page with each source listed under Sources and, where there is front matter, in source_urls, each where
// it is missing there, and with the changes of fields: all of it or nothing. refused for an address that
// cannot stand in a link; else change_fields()'s errors.
Result<Document> add_cited_sources(const IdentifiedDocument& document, const std::vector<CitedSource>& sources,
                              std::vector<FieldChange> fields);

// The edit that a person made of a proposed one by writing `text` over the new text that was shown: an item
// with its marker or without, a block for what leaves or links it.
Edit rewrite_edit(const Edit& edit, std::string_view text);

}  // namespace stubkeeper::entries
