#include "entries/merge.h"

#include "entries/document.h"
#include "entries/markdown/lines.h"
#include "entries/merging/fields.h"
#include "entries/merging/stretches.h"

namespace stubkeeper::entries {
namespace {

// A page in the pieces that are merged: the opening line of the front matter, what stands within, its closing
// line, and the body.
struct Pieces {
  std::string_view opening;
  std::string_view fields;
  std::string_view closing;
  Units blocks;
};

Pieces pieces_of(const Document& document) {
  Pieces pieces;
  const std::string_view page = document.print();
  const FrontMatter& front_matter = document.front_matter();
  std::size_t body = 0;
  if (front_matter.kind() != FrontMatterKind::none && front_matter.end() > front_matter.begin()) {
    body = front_matter.end();
    const std::string_view head = page.substr(0, body);
    if (front_matter.kind() == FrontMatterKind::json) {
      pieces.fields = head;
    } else {
      const auto lines = split_lines(head);
      pieces.opening = head.substr(0, lines.front().end);
      pieces.closing = head.substr(lines.back().begin);
      pieces.fields = head.substr(lines.front().end, lines.back().begin - lines.front().end);
    }
  }
  // A block with the blank lines behind it is one unit: they come and go with it. Those before the first
  // block are one of their own, so that a block that comes before it leaves it as it is.
  std::size_t unit_begin = body;
  for (const Block& block : document.blocks()) {
    if (block.bytes.begin <= unit_begin || block.kind == BlockKind::blank) continue;
    pieces.blocks.push_back(page.substr(unit_begin, block.bytes.begin - unit_begin));
    unit_begin = block.bytes.begin;
  }
  if (unit_begin < page.size()) pieces.blocks.push_back(page.substr(unit_begin));
  return pieces;
}

// The body's conflicts know the part that they stand in.
void name_places(const Document& ours, std::vector<MergeConflict>& conflicts) {
  for (MergeConflict& conflict : conflicts) {
    if (!conflict.place.empty()) continue;
    conflict.place = "the text";
    const std::size_t at = conflict.ours.empty() ? std::string::npos : ours.print().find(conflict.ours);
    for (const Block& block : ours.blocks()) {
      if (at != std::string::npos && block.bytes.begin <= at && at < block.bytes.end && !block.part.empty())
        conflict.place = block.part;
    }
  }
}

}  // namespace

Merge merge_pages(std::string_view base, std::string_view ours, std::string_view theirs, Prefer prefer) {
  if (ours == theirs || base == theirs) return {std::string{ours}, {}};
  if (base == ours) return {std::string{theirs}, {}};
  const Document base_page = Document::parse(std::string{base});
  const Document our_page = Document::parse(std::string{ours});
  const Document their_page = Document::parse(std::string{theirs});
  const Pieces b = pieces_of(base_page);
  const Pieces o = pieces_of(our_page);
  const Pieces t = pieces_of(their_page);
  Merge merge;
  const bool same_frame =
      b.opening == o.opening && o.opening == t.opening && b.closing == o.closing && o.closing == t.closing;
  if (same_frame) {
    merge.bytes = std::string{o.opening} +
                  merge_fields(b.fields, o.fields, t.fields, {prefer, merge.conflicts}) +
                  std::string{o.closing};
  } else {
    merge.bytes = merge_units({b.opening, b.fields, b.closing}, {o.opening, o.fields, o.closing},
                              {t.opening, t.fields, t.closing}, "front matter", {prefer, merge.conflicts});
  }
  merge.bytes += merge_units(b.blocks, o.blocks, t.blocks, "", {prefer, merge.conflicts});
  // Where one side took the front matter away, text of the body must not come to stand where it would be
  // taken for some.
  const FrontMatterKind kind = FrontMatter::parse(merge.bytes).kind();
  if (merge.clean() && kind != our_page.front_matter().kind() && kind != their_page.front_matter().kind()) {
    if (prefer != Prefer::neither) return {std::string{prefer == Prefer::theirs ? theirs : ours}, {}};
    merge.conflicts.push_back(
        {"front matter", std::string{b.fields}, std::string{o.fields}, std::string{t.fields}});
  }
  name_places(our_page, merge.conflicts);
  if (!merge.clean()) merge.bytes.clear();
  return merge;
}

}  // namespace stubkeeper::entries
