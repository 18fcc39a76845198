#include "entries/edits/parts.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "entries/markdown/headings.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

const EntryPart* find_known_part(const Conventions& conventions, std::string_view name) {
  if (const EntryPart* part = conventions.types.part(name)) return part;
  return conventions.types.part_of_heading(name);
}

template <typename IsHeading>
std::optional<PartRange> find_heading(const Document& document, IsHeading is_heading) {
  const auto& blocks = document.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].heading_level == 2 && is_heading(blocks[i].part)) return PartRange{i, i + 1, i + 1, i + 1};
  }
  return std::nullopt;
}

// The text of a paired shortcode, between the lines of its tags; nothing of steering.
std::optional<ByteRange> enclosed_text(const Document& document, const Block& block) {
  if (block.kind != BlockKind::shortcode) return std::nullopt;
  const auto lines = split_lines(document.text(block));
  if (lines.size() < 3) return std::nullopt;
  const std::string_view tag = trim(document.text(block).substr(3, lines.front().end - 3));
  if (tag.starts_with("steering")) return std::nullopt;
  return ByteRange{block.bytes.begin + lines.front().end, block.bytes.begin + lines.back().begin};
}

}  // namespace

std::optional<ByteRange> find_part_in_shortcode(const Conventions& conventions, const Document& document,
                                                std::string_view name) {
  for (const Block& block : document.blocks()) {
    const auto text = enclosed_text(document, block);
    if (!text) continue;
    const Document inner = Document::parse(std::string{document.text(*text)}, FrontMatter{});
    if (find_part(conventions, inner, name)) return text;
  }
  return std::nullopt;
}

std::optional<PartRange> find_part(const Conventions& conventions, const Document& document,
                                   std::string_view name) {
  const auto& blocks = document.blocks();
  const EntryPart* part = find_known_part(conventions, name);
  const std::string words = ascii_lower(heading_words(name));
  const auto is_heading = [&](const std::string& heading) { return heading == name; };
  const auto is_of_part = [&](const std::string& heading) {
    return part != nullptr ? conventions.types.part_of_heading(heading) == part
                           : !words.empty() && ascii_lower(heading_words(heading)) == words;
  };
  // The very heading goes before another one of the same part.
  std::optional<PartRange> place = find_heading(document, is_heading);
  if (!place) place = find_heading(document, is_of_part);
  if (!place) return std::nullopt;
  while (place->direct_end < blocks.size() && blocks[place->direct_end].heading_level == 0)
    ++place->direct_end;
  place->end = place->direct_end;
  while (place->end < blocks.size() &&
         (blocks[place->end].heading_level == 0 || blocks[place->end].heading_level > 2))
    ++place->end;
  return place;
}

std::optional<ListRange> find_list(const Document& document, std::size_t begin, std::size_t end) {
  const auto& blocks = document.blocks();
  std::size_t first = begin;
  while (first < end && blocks[first].kind != BlockKind::list_item) ++first;
  if (first == end) return std::nullopt;
  ListRange list{first, first, false};
  for (std::size_t i = first + 1; i < end; ++i) {
    if (blocks[i].kind == BlockKind::list_item) {
      if (blocks[i].depth == 0 && blocks[i - 1].kind == BlockKind::blank) list.loose = true;
      list.last = i;
    } else if (blocks[i].kind != BlockKind::blank && blocks[i].depth == 0) {
      break;
    } else if (blocks[i].kind != BlockKind::blank) {
      list.last = i;
    }
  }
  return list;
}

Insertion find_insertion_after(const Document& document, std::size_t block, bool tight) {
  const std::string ending{detect_line_ending(document.print())};
  const Block& anchor = document.blocks()[block];
  const std::string_view text = document.text(anchor);
  Insertion insertion;
  insertion.at = anchor.bytes.end;
  if (!ends_with_line_ending(text)) insertion.before = ending;
  if (!tight) insertion.before += ending;
  // What follows without a blank line would run into the new text.
  const bool followed = block + 1 < document.blocks().size();
  if (!tight && followed && document.blocks()[block + 1].kind != BlockKind::blank) insertion.after = ending;
  return insertion;
}

Insertion find_part_insertion(const IdentifiedDocument& identified, std::string_view name) {
  const Conventions& conventions = *identified.conventions;
  const Document& document = identified.document;
  const auto& blocks = document.blocks();
  const std::string ending{detect_line_ending(document.print())};
  if (const EntryPart* part = find_known_part(conventions, name)) {
    const EntryType& own = conventions.types.type_of(identified.file, document);
    // A part that the type does not have goes where it goes in general.
    const EntryType& type =
        own.rank(part->name) != std::string::npos ? own : conventions.types.default_type();
    const std::size_t rank = type.rank(part->name);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (blocks[i].heading_level != 2) continue;
      const EntryPart* other = conventions.types.part_of_heading(blocks[i].part);
      if (other == nullptr || rank == std::string::npos) continue;
      const std::size_t other_rank = type.rank(other->name);
      if (other_rank != std::string::npos && other_rank > rank) return {blocks[i].bytes.begin, "", ending};
    }
  }
  std::size_t last = blocks.size();
  while (last > 0 && blocks[last - 1].kind == BlockKind::blank) --last;
  if (last == 0) return {document.print().size(), "", ""};
  return find_insertion_after(document, last - 1, false);
}

std::string part_heading(const Conventions& conventions, std::string_view name) {
  const EntryPart* part = find_known_part(conventions, name);
  return "## " + (part == nullptr ? std::string{name} : part->headings.front());
}

}  // namespace stubkeeper::entries
