#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

// A block of a page, with notes for below the page.
struct BlockFootnotes {
  std::string block;               // the block's bytes, by which it is found
  std::vector<std::string> notes;  // Markdown of one line each, escaped already
};

// The page with footnotes ([^quoted-1], a CommonMark extension of Hugo and GitHub): a reference at the end of
// each paragraph, list item, table row or quotation, and definitions as the page's last lines. The page's own
// labels are skipped; a note of two blocks is defined once. Blocks with code, and pages that end in an open
// fence, stay as they are.
std::string add_footnotes(const std::string& page, const std::vector<BlockFootnotes>& blocks);

// An edited page without the footnotes that add_footnotes() added when it made `rendered` of `page`. A
// definition that the person rewrote, and its references, stay.
// remove_footnotes(page, add_footnotes(page, x), add_footnotes(page, x)) == page.
std::string remove_footnotes(std::string_view page, std::string_view rendered, std::string edited);

}  // namespace stubkeeper::entries
