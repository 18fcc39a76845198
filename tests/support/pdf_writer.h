#pragma once

#include <string>
#include <vector>

namespace stubkeeper::testing {

// A line of text on a page: x and y in points from the upper left corner of a page of 612 by 792, y of its
// baseline.
struct PdfText {
  double x = 0;
  double y = 0;
  double size = 10;
  std::string text;  // ASCII
};

// Writes small PDF 1.4 files by hand: Helvetica, no compression, document information as it is given.
class PdfWriter {
 public:
  // A page with these lines, in this order in its content stream.
  void add_page(std::vector<PdfText> lines);
  // A page that is one grey picture, as scanners make them.
  void add_scanned_page();
  // An entry of the document information: "Title", "Author", "CreationDate", ...
  void set_information(const std::string& key, const std::string& value);

  std::string bytes() const;

 private:
  std::vector<std::string> contents_;  // of the pages' streams
  std::string information_;
};

// Lines of a column: `lines` from `y` down, `leading` apart.
std::vector<PdfText> pdf_column(double x, double y, const std::vector<std::string>& lines, double size = 10,
                                double leading = 12);

}  // namespace stubkeeper::testing
