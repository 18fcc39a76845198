#include "entries/merge.h"

#include "entries/document.h"
#include "entries/markdown/lines.h"
#include "entries/merging/fields.h"
#include "entries/merging/merge_units.h"

namespace stubkeeper::entries {
namespace {

// A page in the pieces that are merged: the opening line of the front matter, the text within,
// its closing line, and the body.
struct PageSegments {
  std::string_view opening;
  std::string_view fields;
  std::string_view closing;
  Units blocks;
};

PageSegments split_page(const Document& document) {
  PageSegments segments;
  const std::string_view page = document.print();
  const FrontMatter& front_matter = document.front_matter();
  std::size_t body = 0;
  if (front_matter.kind() != FrontMatterKind::none && front_matter.end() > front_matter.begin()) {
    body = front_matter.end();
    const std::string_view head = page.substr(0, body);
    if (front_matter.kind() == FrontMatterKind::json) {
      segments.fields = head;
    } else {
      const auto lines = split_lines(head);
      segments.opening = head.substr(0, lines.front().end);
      segments.closing = head.substr(lines.back().begin);
      segments.fields = head.substr(lines.front().end, lines.back().begin - lines.front().end);
    }
  }
  // A block with the blank lines after it is one unit: they come and go with it. Those before the
  // first block are one of their own, so that a block that comes before it leaves it as it is.
  std::size_t unit_begin = body;
  for (const Block& block : document.blocks()) {
    if (block.bytes.begin <= unit_begin || block.kind == BlockKind::blank) continue;
    segments.blocks.push_back(page.substr(unit_begin, block.bytes.begin - unit_begin));
    unit_begin = block.bytes.begin;
  }
  if (unit_begin < page.size()) segments.blocks.push_back(page.substr(unit_begin));
  return segments;
}

// The body's conflicts know their part.
void set_conflict_places(const Document& ours, std::vector<MergeConflict>& conflicts) {
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

MergeResult merge_pages(std::string_view base, std::string_view ours, std::string_view theirs,
                        MergePreference preference) {
  if (ours == theirs || base == theirs) return {std::string{ours}, {}};
  if (base == ours) return {std::string{theirs}, {}};
  const Document base_page = Document::parse(std::string{base});
  const Document our_page = Document::parse(std::string{ours});
  const Document their_page = Document::parse(std::string{theirs});
  const PageSegments b = split_page(base_page);
  const PageSegments o = split_page(our_page);
  const PageSegments t = split_page(their_page);
  MergeResult merge;
  const bool same_delimiters =
      b.opening == o.opening && o.opening == t.opening && b.closing == o.closing && o.closing == t.closing;
  if (same_delimiters) {
    merge.bytes = std::string{o.opening} +
                  merge_fields(b.fields, o.fields, t.fields, {preference, merge.conflicts}) +
                  std::string{o.closing};
  } else {
    merge.bytes =
        merge_units({b.opening, b.fields, b.closing}, {o.opening, o.fields, o.closing},
                    {t.opening, t.fields, t.closing}, "front matter", {preference, merge.conflicts});
  }
  merge.bytes += merge_units(b.blocks, o.blocks, t.blocks, "", {preference, merge.conflicts});
  // Where one side took the front matter away, text of the body must not come to where it
  // would be taken for some.
  const FrontMatterKind kind = FrontMatter::parse(merge.bytes).kind();
  if (merge.clean() && kind != our_page.front_matter().kind() && kind != their_page.front_matter().kind()) {
    if (preference != MergePreference::neither)
      return {std::string{preference == MergePreference::theirs ? theirs : ours}, {}};
    merge.conflicts.push_back(
        {"front matter", std::string{b.fields}, std::string{o.fields}, std::string{t.fields}});
  }
  set_conflict_places(our_page, merge.conflicts);
  if (!merge.clean()) merge.bytes.clear();
  return merge;
}

}  // namespace stubkeeper::entries
