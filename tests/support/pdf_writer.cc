#include "tests/support/pdf_writer.h"

#include <fmt/format.h>

namespace stubkeeper::testing {
namespace {

constexpr double page_height = 792;

std::string literal(const std::string& text) {
  std::string escaped = "(";
  for (const char c : text) {
    if (c == '(' || c == ')' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped + ")";
}

}  // namespace

void PdfWriter::add_page(std::vector<PdfText> lines) {
  std::string content;
  for (const PdfText& line : lines) {
    content += fmt::format("BT /F1 {} Tf {} {} Td {} Tj ET\n", line.size, line.x, page_height - line.y,
                           literal(line.text));
  }
  contents_.push_back(std::move(content));
}

void PdfWriter::add_scanned_page() {
  contents_.push_back("q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n");
}

void PdfWriter::set_information(const std::string& key, const std::string& value) {
  information_ += "/" + key + " " + literal(value) + " ";
}

std::string PdfWriter::bytes() const {
  std::vector<std::string> objects;
  std::string kids;
  for (std::size_t i = 0; i < contents_.size(); ++i) kids += fmt::format("{} 0 R ", 5 + 2 * i);
  objects.push_back("<< /Type /Catalog /Pages 2 0 R >>");
  objects.push_back(fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, contents_.size()));
  objects.push_back("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  objects.push_back("<< " + information_ + ">>");
  for (std::size_t i = 0; i < contents_.size(); ++i) {
    objects.push_back(fmt::format(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> "
        ">> /Contents {} 0 R >>",
        6 + 2 * i));
    objects.push_back(
        fmt::format("<< /Length {} >>\nstream\n{}endstream", contents_[i].size(), contents_[i]));
  }
  std::string file = "%PDF-1.4\n";
  std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", file.size());
    file += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t start = file.size();
  return file + table +
         fmt::format("trailer\n<< /Size {} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{}\n%%EOF\n",
                     objects.size() + 1, start);
}

std::vector<PdfText> pdf_column(double x, double y, const std::vector<std::string>& lines, double size,
                                double leading) {
  std::vector<PdfText> column;
  for (const std::string& line : lines) {
    column.push_back({x, y, size, line});
    y += leading;
  }
  return column;
}

}  // namespace stubkeeper::testing
