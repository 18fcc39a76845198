#pragma once

#include <optional>
#include <string_view>

#include "entries/edits/splices.h"

namespace stubkeeper::entries {

// Whether a reference may be in a relref: letters, digits, '-', '_', '.' and '/' alone, at most 300, and not
// from the root.
bool is_safe_reference(std::string_view reference);

// The first place of words in a block's Markdown as whole words that can become a link: outside links, code,
// shortcodes, raw HTML and quotations. Case counts.
std::optional<ByteRange> find_link_position(std::string_view markdown, std::string_view words);

// The splices of EditKind::link_words and EditKind::add_linked_item. refused for an unsafe reference, or a
// block without running text; not_found where the words are not in the block.
Result<Splice> make_link_splice(const IdentifiedDocument& document, const Edit& edit);
Result<Splice> make_linked_item_splice(const IdentifiedDocument& document, const Edit& edit);

}  // namespace stubkeeper::entries
