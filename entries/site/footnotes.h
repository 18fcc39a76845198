#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

// A block of a page, and what stands below the page about it.
struct BlockFootnotes {
  std::string block;               // the block's bytes, by which it is found
  std::vector<std::string> notes;  // Markdown of one line each, already safe
};

// The page with footnotes ([^quoted-1], a CommonMark extension that Hugo and GitHub read): a reference at the
// end of each named block that is a paragraph, a list item, a table row or a quotation, and the definitions
// as the page's last lines. Labels that the page uses itself are passed over. Blocks that cannot take a
// reference (they hold code) and pages whose end cannot take a definition (an open fence) stay as they are.
// A note that two blocks share is defined once.
std::string add_footnotes(const std::string& page, const std::vector<BlockFootnotes>& blocks);

// A page that a person may have edited since add_footnotes() made `rendered` of `page`, without what that
// added. A definition that the person rewrote, and the references to it, are theirs and stay.
// remove_footnotes(page, add_footnotes(page, x), add_footnotes(page, x)) == page.
std::string remove_footnotes(std::string_view page, std::string_view rendered, std::string edited);

}  // namespace stubkeeper::entries
