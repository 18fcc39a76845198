#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "entries/front_matter.h"

namespace stubkeeper::entries {

// The largest page, in bytes. Callers refuse larger files by name, before parsing.
inline constexpr std::uint64_t max_page_bytes = 10'000'000;

// Bytes [begin, end) of a document.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t size() const { return end - begin; }
  bool operator==(const ByteRange&) const = default;
};

enum class BlockKind {
  front_matter,  // with its delimiters; at most one, and the first block
  heading,
  paragraph,
  list_item,  // one item without its nested items, which are blocks of their own
  table_row,  // header, delimiter and body rows alike
  block_quote,
  code,
  html,
  shortcode,  // a line or a paired region of Hugo shortcodes; the steering block is one
  reference_definition,
  thematic_break,
  blank,  // blank lines, and bytes that belong to nothing else (a BOM, stray bytes)
};
// The stable name of a kind: "list_item".
const char* block_kind_name(BlockKind kind);

// A part of a document that is edited, matched and quoted as one. Blank lines after it are a block of their
// own.
struct Block {
  BlockKind kind = BlockKind::blank;
  ByteRange bytes;             // whole lines, with their line ends
  int heading_level = 0;       // 1..6 for a heading, else 0
  int depth = 0;               // nesting depth of a list item, 0 for the outermost
  std::size_t first_line = 1;  // 1-based
  std::string part;            // text of the heading of level 2 at or above it ("Key Facts"), or ""
};

// An entry or section page: its bytes, and blocks that cover each of them once, in order. print() gives any
// bytes back unchanged. Immutable; safe to share between threads.
class Document {
 public:
  // Never fails: bytes that are no Markdown are paragraphs, and invalid UTF-8 is kept. Blocks are cmark-gfm's
  // (CommonMark 0.29, GFM tables and footnotes), refined for Hugo's shortcodes.
  static Document parse(std::string bytes);
  // The same with the front matter that FrontMatter::parse() reads of the bytes.
  static Document parse(std::string bytes, FrontMatter front_matter);
  // The same for a changed page: front matter with equal bytes is not parsed again (a third of the work).
  static Document reparse(std::string bytes, const Document& before);

  const std::string& print() const { return bytes_; }
  const std::vector<Block>& blocks() const { return blocks_; }

  // The bytes of a block.
  std::string_view text(const Block& block) const { return text(block.bytes); }
  std::string_view text(const ByteRange& bytes) const {
    return std::string_view{bytes_}.substr(bytes.begin, bytes.size());
  }
  // The bytes of blocks [first, end), which are at least one.
  std::string_view text_of_blocks(std::size_t first, std::size_t end) const {
    return text(ByteRange{blocks_[first].bytes.begin, blocks_[end - 1].bytes.end});
  }

  // Of kind none where there is no front matter.
  const FrontMatter& front_matter() const { return front_matter_; }

  // The block that holds a 1-based line, or nullptr beyond the end.
  const Block* block_at_line(std::size_t line) const;

 private:
  std::string bytes_;
  std::vector<Block> blocks_;
  FrontMatter front_matter_;
};

// The text of a heading block, without '#' marks and a setext underline.
std::string heading_text(std::string_view block);

}  // namespace stubkeeper::entries
