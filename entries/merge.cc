#include "entries/merge.h"

#include <algorithm>

#include "entries/document.h"
#include "entries/markdown/lines.h"
#include "entries/markdown/unclosed_blocks.h"
#include "entries/merging/heads.h"
#include "entries/merging/line_endings.h"
#include "entries/merging/merge_units.h"

namespace stubkeeper::entries {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// One of the three pages of a merge, in the pieces that are merged.
struct Side {
  Document page;
  PageHead head;
  std::string_view body;
  Units blocks;
};

// The body, from `begin` on. A block with the blank lines after it is one unit: they come and go
// with it. Those before the first block are one of their own, so that a block that comes before it
// leaves it as it is.
Units split_body(const Document& page, std::size_t begin) {
  const std::string_view body = std::string_view{page.print()}.substr(begin);
  // At its beginning `---` is no front matter.
  const bool has_own_blocks = begin != page.front_matter().end();
  const Document parsed = has_own_blocks ? Document::parse(std::string{body}, FrontMatter{}) : Document{};
  const std::size_t offset = has_own_blocks ? 0 : begin;
  Units units;
  std::size_t unit_begin = 0;
  for (const Block& block : (has_own_blocks ? parsed : page).blocks()) {
    if (block.bytes.begin <= unit_begin + offset || block.kind == BlockKind::blank) continue;
    units.push_back(body.substr(unit_begin, block.bytes.begin - offset - unit_begin));
    unit_begin = block.bytes.begin - offset;
  }
  if (unit_begin < body.size()) units.push_back(body.substr(unit_begin));
  return units;
}

class PageMerge {
 public:
  PageMerge(std::string base, std::string ours, std::string theirs, MergePreference preference)
      : preference_(preference) {
    base_.page = Document::parse(std::move(base));
    ours_.page = Document::parse(std::move(ours));
    theirs_.page = Document::parse(std::move(theirs));
    for (Side* side : {&base_, &ours_, &theirs_}) {
      side->head = split_head(side->page, base_.page);
      side->body = std::string_view{side->page.print()}.substr(side->head.text.size());
      side->blocks = split_body(side->page, side->head.text.size());
    }
  }

  MergeResult run() {
    const ConflictResolver resolver{preference_, result_.conflicts};
    std::string head = merge_heads(base_.head, ours_.head, theirs_.head, resolver);
    std::string body = merge_blocks(base_.blocks, ours_.blocks, theirs_.blocks, resolver);
    if (!head.empty() && !body.empty() && !ends_with_line_ending(head)) head += detect_line_ending(head);
    if (result_.clean() && preference_ != MergePreference::both_with_markers) {
      keep_head_readable(head);
      keep_body_closed(body);
      keep_body_apart(head, body);
    }
    set_conflict_places();
    if (result_.clean()) result_.bytes = head + body;
    return std::move(result_);
  }

 private:
  const Side& preferred() const { return preference_ == MergePreference::theirs ? theirs_ : ours_; }

  void add_conflict(std::string place, std::string_view base, std::string_view ours,
                    std::string_view theirs) {
    result_.conflicts.push_back(
        {std::move(place), std::string{base}, std::string{ours}, std::string{theirs}});
  }

  // Fields of both sides can make front matter that neither had: an alias without its anchor, a key
  // in two spellings. The preferred side's head is then taken whole.
  void keep_head_readable(std::string& head) {
    const bool was_readable =
        is_readable(ours_.page.front_matter()) || is_readable(theirs_.page.front_matter());
    if (!was_readable || is_readable(FrontMatter::parse(head))) return;
    if (preference_ == MergePreference::neither) {
      add_conflict("front matter", base_.head.text, ours_.head.text, theirs_.head.text);
    } else {
      head = preferred().head.text;
    }
  }

  // A block that one side opens and does not close holds all that comes after: nothing of the other
  // side's may get into it.
  void keep_body_closed(std::string& body) {
    const Document merged = Document::parse(body, FrontMatter{});
    const auto unclosed = find_unclosed_block(merged);
    if (!unclosed) return;
    const auto held = trim(std::string_view{body}.substr(unclosed->begin));
    if (trim(ours_.body).ends_with(held) || trim(theirs_.body).ends_with(held)) return;
    if (preference_ == MergePreference::neither) {
      add_conflict("the text: a " + unclosed->name + " is never closed", base_.body, ours_.body,
                   theirs_.body);
    } else {
      body = preferred().body;
    }
  }

  // Text of the body must not come to where it would be taken for front matter.
  void keep_body_apart(std::string& head, std::string& body) {
    if (!result_.clean()) return;
    const FrontMatter& merged = FrontMatter::parse(head + body);
    if (merged.kind() == FrontMatter::parse(head).kind()) return;
    const auto is_like = [&](const Side& side) {
      return side.page.front_matter().kind() == merged.kind() && side.head.text == head;
    };
    if (is_like(ours_) || is_like(theirs_)) return;
    if (preference_ == MergePreference::neither) {
      add_conflict("front matter", base_.head.text, ours_.head.text, theirs_.head.text);
    } else {
      head = preferred().head.text;
      body = preferred().body;
    }
  }

  // The body's conflicts know their part.
  void set_conflict_places() {
    const std::string_view page = ours_.page.print();
    for (MergeConflict& conflict : result_.conflicts) {
      if (!conflict.place.empty()) continue;
      conflict.place = "the text";
      const std::size_t at = conflict.ours.empty() ? std::string::npos : page.find(conflict.ours);
      for (const Block& block : ours_.page.blocks()) {
        if (at != std::string::npos && block.bytes.begin <= at && at < block.bytes.end && !block.part.empty())
          conflict.place = block.part;
      }
    }
  }

  const MergePreference preference_;
  Side base_;
  Side ours_;
  Side theirs_;
  MergeResult result_;
};

std::string_view without_byte_order_mark(std::string_view page) {
  if (page.starts_with(byte_order_mark)) page.remove_prefix(byte_order_mark.size());
  return page;
}

MergeResult merge_bodies_and_heads(std::string_view base, std::string_view ours, std::string_view theirs,
                                   MergePreference preference) {
  const std::string_view ending = merged_line_ending(base, ours, theirs);
  const auto with_ending = [&](std::string_view page) {
    return ending.empty() ? std::string{page} : with_line_endings(page, ending);
  };
  std::string b = with_ending(base);
  std::string o = with_ending(ours);
  std::string t = with_ending(theirs);
  if (o == t || b == t) return {std::move(o), {}};
  if (b == o) return {std::move(t), {}};
  return PageMerge{std::move(b), std::move(o), std::move(t), preference}.run();
}

}  // namespace

MergeResult merge_pages(std::string_view base, std::string_view ours, std::string_view theirs,
                        MergePreference preference) {
  if (ours == theirs || base == theirs) return {std::string{ours}, {}};
  if (base == ours) return {std::string{theirs}, {}};
  const bool hand_set_mark = base.starts_with(byte_order_mark) != theirs.starts_with(byte_order_mark);
  const bool has_mark = (hand_set_mark ? theirs : ours).starts_with(byte_order_mark);
  MergeResult merge = merge_bodies_and_heads(without_byte_order_mark(base), without_byte_order_mark(ours),
                                             without_byte_order_mark(theirs), preference);
  if (has_mark && merge.clean()) merge.bytes.insert(0, byte_order_mark);
  return merge;
}

}  // namespace stubkeeper::entries
