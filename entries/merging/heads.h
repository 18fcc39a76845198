#pragma once

#include <string>
#include <string_view>

#include "entries/document.h"
#include "entries/merging/merge_units.h"

namespace stubkeeper::entries {

// The head of a page in a merge: its front matter in pieces, and where the body begins. A head that lost a
// delimiter is one all the same, of kind none.
struct PageHead {
  FrontMatterKind kind = FrontMatterKind::none;
  std::string_view opening;  // with its line end; "" in JSON
  std::string_view fields;   // of JSON the whole object
  std::string_view closing;
  std::string_view text;  // all of it
};

// `base`: the page that the two sides come from, whose lines tell a head without its delimiters.
PageHead split_head(const Document& page, const Document& base);

// Merges heads of one form by fields. Where the forms differ (YAML on one side, TOML or nothing on the other)
// the head is one unit.
std::string merge_heads(const PageHead& base, const PageHead& ours, const PageHead& theirs,
                        const ConflictResolver& resolver);

// Whether front matter can be read, if there is any.
bool is_readable(const FrontMatter& front_matter);

}  // namespace stubkeeper::entries
