#pragma once

#include <string>
#include <vector>

namespace stubkeeper::crawler {

// A line of a PDF's page. Lengths are in points, y from the page's upper edge.
struct PdfLine {
  std::string text;  // UTF-8, words separated by one space
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

// Removes running headers and footers and page numbers: lines near the upper or lower edge that are
// at the same height on at least three pages (or on both of two), their digits aside, and lines
// there that are a page number.
void drop_running_lines(std::vector<PdfPage>& pages);

// The text of each page as Content::text; "" for a page without text. Lines are joined to
// paragraphs, also across columns, and words hyphenated at a line's end to words. A heading is
// larger than most print in the document; list items are found by their bullets.
std::vector<std::string> extract_page_texts(const std::vector<PdfPage>& pages);

// The largest print in the upper part of a page; "" where it is no larger than the rest.
std::string find_largest_text(const PdfPage& page);

}  // namespace stubkeeper::crawler
