#pragma once

#include <optional>
#include <string_view>

#include "entries/edits/edit_splice.h"

namespace stubkeeper::entries {

// Links to other pages of the section, as `relref` shortcodes that are made here and nowhere taken over.

// Whether a reference may stand in a relref: letters, digits, '-', '_', '.' and '/' alone, no more than 300
// of them, and not from the root.
bool is_safe_reference(std::string_view reference);

// Where words first stand in a block's Markdown as whole words that can become a link: outside of links,
// code, shortcodes, raw HTML and quotations. Case counts.
std::optional<ByteRange> find_link_position(std::string_view markdown, std::string_view words);

// The splices of EditKind::link_words and EditKind::add_linked_item. refused for an unsafe reference, or a
// block that holds no running text; not_found where the words do not stand there.
Result<Splice> make_link_splice(const IdentifiedDocument& document, const Edit& edit);
Result<Splice> make_linked_item_splice(const IdentifiedDocument& document, const Edit& edit);

}  // namespace stubkeeper::entries
