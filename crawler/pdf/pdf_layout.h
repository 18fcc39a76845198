#pragma once

#include <string>
#include <vector>

namespace stubkeeper::crawler {

// A line of a PDF's page as it is printed. Lengths in points; y counts from the page's upper edge.
struct PdfLine {
  std::string text;  // UTF-8, words parted by one space
  double left = 0;
  double right = 0;
  double top = 0;
  double bottom = 0;
  double size = 0;  // of the print
};

struct PdfPage {
  double height = 0;
  std::vector<PdfLine> lines;  // in reading order
};

// Takes running headers and footers and page numbers out of the pages: lines near the upper or lower edge
// that stand at the same height on at least three pages (or on both of two), figures aside, and lines there
// that are a page's number.
void drop_running_lines(std::vector<PdfPage>& pages);

// The text of each page as Content::text has it: paragraphs out of lines, across columns too; words that were
// hyphenated at a line's end whole again; headings where the print is larger than most of the document's;
// list items by their bullets. A page without text is "".
std::vector<std::string> extract_page_texts(const std::vector<PdfPage>& pages);

// What stands in the largest print in the upper part of a page, if it is larger than the rest; else "".
std::string find_largest_text(const PdfPage& page);

}  // namespace stubkeeper::crawler
