#include "base/text/strings.h"
#include "crawler/content.h"
#include "crawler/passages.h"
#include "crawler/pdf/pdf_information.h"
#include "tests/support/catch.h"
#include "tests/support/pdf_writer.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using namespace stubkeeper::testing;

namespace {

Content read(const PdfWriter& pdf) {
  auto content = parse_pdf(pdf.bytes());
  INFO((content.ok() ? "" : content.error().text()));
  REQUIRE(content.ok());
  return *content;
}

void append(std::vector<PdfText>& lines, const std::vector<PdfText>& more) {
  lines.insert(lines.end(), more.begin(), more.end());
}

const std::vector<std::string> left_column{
    "The works in Graz make four hundred",  "pumps a day, and the second line is",
    "to open in the spring of 2027, says",  "the maker of pumps who lives there.",
    "It costs twelve million euros and no", "more than that, of which the town"};
const std::vector<std::string> right_column{
    "pays a tenth this year and the next.", "The river Mur is cold in winter and",
    "cools the halls of the data centres",  "without any machine that would need",
    "power of its own or people to look",   "after it day and night."};
const std::string both_columns =
    "The works in Graz make four hundred pumps a day, and the second line is to open in the spring of 2027, "
    "says the "
    "maker of pumps who lives there. It costs twelve million euros and no more than that, of which the town "
    "pays a tenth "
    "this year and the next. The river Mur is cold in winter and cools the halls of the data centres without "
    "any machine "
    "that would need power of its own or people to look after it day and night.";

}  // namespace

TEST_CASE("a PDF's columns are read one after the other whatever the order that they were written in") {
  const auto left = pdf_column(60, 140, left_column);
  const auto right = pdf_column(330, 140, right_column);
  std::vector<PdfText> by_column{{60, 60, 18, "A report on pumps in Styria"}};
  append(by_column, left);
  append(by_column, right);
  std::vector<PdfText> by_row{{60, 60, 18, "A report on pumps in Styria"}};
  for (std::size_t i = 0; i < left.size(); ++i) {
    by_row.push_back(left[i]);
    by_row.push_back(right[i]);
  }
  for (const auto& lines : {by_column, by_row}) {
    PdfWriter pdf;
    pdf.add_page(lines);
    CHECK(read(pdf).text == "# A report on pumps in Styria\n\n" + both_columns);
  }
}

TEST_CASE("a PDF's lines become paragraphs at gaps and indents, and bullets list items") {
  PdfWriter pdf;
  std::vector<PdfText> lines =
      pdf_column(60, 100, {"The first paragraph goes on over its", "second line and ends."});
  append(lines,
         pdf_column(60, 148, {"The second stands below a gap, and", "it is two lines long, no more."}));
  append(lines, {{75, 172, 10, "The third begins with an indent and"},
                 {60, 184, 10, "goes on without one to its end."}});
  append(lines, {{60, 220, 10, "- one thing that is said"}, {60, 232, 10, "- another thing"}});
  pdf.add_page(lines);
  CHECK(read(pdf).text ==
        "The first paragraph goes on over its second line and ends.\n\nThe second stands below a gap, and it "
        "is two lines "
        "long, no more.\n\nThe third begins with an indent and goes on without one to its end.\n\n- one "
        "thing that is "
        "said\n\n- another thing");
}

TEST_CASE("hyphens of line ends are taken out of a PDF's words and others stay") {
  PdfWriter pdf;
  pdf.add_page(pdf_column(
      60, 100,
      {"The manufac-", "turer of state-of-the-", "art pumps is a well-", "known one, well-known in",
       "Graz for the Franco-", "German works and COVID-", "19 masks of 2020 -", "and more."}));
  CHECK(read(pdf).text ==
        "The manufacturer of state-of-the-art pumps is a well-known one, well-known in Graz for the "
        "Franco-German works and COVID-19 masks of 2020 - and more.");
}

TEST_CASE("a PDF's pages are parted, and running headers, footers and page numbers left out") {
  PdfWriter pdf;
  for (int i = 1; i <= 4; ++i) {
    const std::string number = std::to_string(i);
    pdf.add_page({{60, 40, 9, "Pumpwerk AG - Annual report 2026"},
                  {60, 200, 10, "This is what stands on page " + number + " of it, and it is a sentence."},
                  {60, 750, 9, "www.pumpwerk.example"},
                  {300, 770, 9, i % 2 == 0 ? number : "Page " + number + " of 4"}});
  }
  const auto content = read(pdf);
  CHECK(content.pages == 4);
  CHECK(content.pages_without_text.empty());
  std::string expected;
  for (int i = 1; i <= 4; ++i) {
    expected += (i > 1 ? std::string{page_break} : "") + "This is what stands on page " + std::to_string(i) +
                " of it, and it is a sentence.";
  }
  CHECK(content.text == expected);
  for (int i = 1; i <= 4; ++i)
    CHECK(page_at(content.text, content.text.find("page " + std::to_string(i))) ==
          static_cast<std::size_t>(i));
  CHECK(split_passages(content.text).size() == 4);
}

TEST_CASE("what stands at a page's edge once is text") {
  PdfWriter pdf;
  pdf.add_page(
      {{60, 50, 10, "A letter from Graz begins at the very top."}, {60, 300, 10, "And it goes on."}});
  pdf.add_page({{60, 50, 10, "Its second page does too, with other words."}, {60, 300, 10, "Then it ends."}});
  CHECK(read(pdf).text.find("A letter from Graz begins at the very top.") != std::string::npos);
  CHECK(read(pdf).text.find("Its second page does too") != std::string::npos);
}

TEST_CASE(
    "a PDF's title, author and dates come from its information, and the title from its print where that is "
    "none") {
  PdfWriter pdf;
  pdf.add_page({{60, 60, 20, "Pumps for cold rivers"},
                {60, 84, 20, "and warm halls"},
                {60, 140, 10, "They are made in Graz."}});
  CHECK(read(pdf).title == "Pumps for cold rivers and warm halls");
  pdf.set_information("Title", "Microsoft Word - pumps_final2.docx");
  CHECK(read(pdf).title == "Pumps for cold rivers and warm halls");
  PdfWriter named;
  named.add_page({{60, 60, 20, "Pumps"}, {60, 140, 10, "They are made in Graz."}});
  named.set_information("Title", "Annual report");
  named.set_information("Author", "Jane Doe");
  named.set_information("CreationDate", "D:20260507093000+02'00'");
  named.set_information("ModDate", "D:20260508");
  const auto content = read(named);
  CHECK(content.title == "Annual report");
  CHECK(content.author == "Jane Doe");
  CHECK(content.published == "2026-05-07T09:30:00+02:00");
  CHECK(content.modified == "2026-05-08");
  PdfWriter plain;
  plain.add_page(pdf_column(60, 100, {"All of it is", "of one size."}));
  CHECK(read(plain).title == "");
}

TEST_CASE("scanned pages are named, and a PDF of nothing else says so") {
  PdfWriter pdf;
  pdf.add_page({{60, 100, 10, "A page with text."}});
  pdf.add_scanned_page();
  pdf.add_scanned_page();
  pdf.add_page({{60, 100, 10, "And one more."}});
  pdf.add_scanned_page();
  const auto content = read(pdf);
  CHECK(content.pages == 5);
  CHECK(content.pages_without_text == std::vector<int>{2, 3, 5});
  CHECK(format_page_ranges(content.pages_without_text) == "2, 3, 5");
  CHECK(format_page_ranges({1, 2, 3, 4, 9, 11, 12}) == "1 to 4, 9, 11, 12");
  CHECK(page_at(content.text, content.text.find("And one more")) == 4);

  PdfWriter scan;
  for (int i = 0; i < 3; ++i) scan.add_scanned_page();
  const auto none = parse_pdf(scan.bytes());
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().code == ErrorCode::unsupported);
  CHECK(none.error().message.find("all of its 3 pages are scanned") != std::string::npos);
}

TEST_CASE("a page that shows nothing but its number is one without text") {
  PdfWriter pdf;
  pdf.add_page({{72, 400, 10, "Pumps are made in Basel by 120 people."}});
  pdf.add_page({{300, 780, 10, "2"}});
  const Content content = read(pdf);
  CHECK(content.pages_without_text == std::vector{2});
  PdfWriter numbers;
  numbers.add_page({{300, 780, 10, "1"}});
  numbers.add_page({{300, 780, 10, "2"}});
  const auto nothing = parse_pdf(numbers.bytes());
  REQUIRE(!nothing.ok());
  CHECK(nothing.error().code == ErrorCode::unsupported);
}

TEST_CASE("what is no PDF or a cut one is an error and no crash") {
  CHECK_FALSE(parse_pdf("").ok());
  CHECK_FALSE(parse_pdf("%PDF-1.4\n").ok());
  PdfWriter pdf;
  pdf.add_page({{60, 100, 10, "A page with text."}});
  const std::string whole = pdf.bytes();
  for (std::size_t length = 0; length < whole.size(); length += 37)
    CHECK_NOTHROW(parse_pdf(whole.substr(0, length)));
}

TEST_CASE("dates of PDFs are read as far as they are certain") {
  for (const char* date : {"D:20260507093000Z", "D:20260507093000Z00'00'", "D:20260507093000Z00'00",
                           "D:20260507093000+00'00'", "D:202605070930Z", "2026-05-07T09:30:00Z"}) {
    CAPTURE(date);
    CHECK(parse_pdf_date(date) == "2026-05-07T09:30:00Z");
  }
  CHECK(parse_pdf_date("D:20260507093000-08'00'") == "2026-05-07T09:30:00-08:00");
  CHECK(parse_pdf_date("D:20260507093000+2'99'x") == "2026-05-07");
  CHECK(parse_pdf_date("D:20260507093000") == "2026-05-07");
  CHECK(parse_pdf_date("D:20260507") == "2026-05-07");
  CHECK(parse_pdf_date("D:202605") == "2026-05");
  CHECK(parse_pdf_date("D:2026") == "2026");
  CHECK(parse_pdf_date("Thu May  7 09:30:00 2026") == "2026-05-07");
  CHECK(parse_pdf_date("").empty());
  CHECK(parse_pdf_date("D:20261399").empty());
}

TEST_CASE("names of files and words of programs are no titles of PDFs") {
  for (const char* name : {"Kiln-May 7.indb", "kiln.idml", "main", "Main", "template", "Book1", "Folie 1",
                           "Document (2)", "Layout_3", "Slide 12", "kiln_annual_report",
                           "C:\\work\\kiln report", "file:///tmp/kiln.html", "Microsoft Word - kiln",
                           "Untitled-1", "untitled", "PowerPoint-Präsentation", "2026-05-07", "Tabelle1"}) {
    CAPTURE(name);
    CHECK(is_placeholder_title(name));
  }
  for (const char* title :
       {"Kilns", "Printed circuits in kilns", "The main works of 2026", "Template matching", "Slide rules 3",
        "Scanning kilns", "Maintenance", "COVID-19", "Folien und Filme"}) {
    CAPTURE(title);
    CHECK_FALSE(is_placeholder_title(title));
  }
}
