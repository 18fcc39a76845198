// A document is read in a box as it is read out of it.

#include "crawler/reading/boxed_reader.h"

#include "crawler/reading/reading_messages.h"
#include "tests/data/real_data.h"
#include "tests/data/real_pages.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"
#include "tests/support/pdf_writer.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

constexpr std::string_view address = "https://example.org/news/2026/05/07/a";

// All that a reader says, as text.
std::string said(const Result<crawler::Document>& read) {
  return crawler::encode_answer(read);
}

struct Fixture {
  SystemSubprocessRunner runner;
  crawler::BoxedReader box{runner, STUBKEEPER_PROGRAM, {std::chrono::seconds{120}, 2'000'000'000}, nullptr};
  crawler::DirectReader direct;

  void check_same(const crawler::DocumentBytes& document) {
    const auto boxed = box.read_suspected(document);
    if (!boxed.ok()) INFO(boxed.error().text());
    CHECK(said(boxed) == said(direct.read(document)));
  }
};

}  // namespace

TEST_CASE("real pages are read in a box as out of it") {
  const std::string data = real_data();
  if (data.empty()) return;
  Fixture f;
  const auto files = real_page_files(data);
  constexpr std::size_t step = 100;
  for (std::size_t i = 0; i < files.size(); i += step) {
    INFO(files[i]);
    const std::string html = gunzip(files[i].string());
    f.check_same({crawler::ContentKind::page, html, "text/html", address});
  }
}

TEST_CASE("an answer says all that was read in a real page") {
  const std::string data = real_data();
  if (data.empty()) return;
  const auto files = real_page_files(data);
  crawler::DirectReader direct;
  constexpr std::size_t step = 40;
  for (std::size_t i = 7; i < files.size(); i += step) {
    INFO(files[i]);
    const std::string html = gunzip(files[i].string());
    const auto read = direct.read({crawler::ContentKind::page, html, "text/html", address});
    CHECK(said(crawler::decode_answer(said(read), crawler::ContentKind::page)) == said(read));
  }
}

TEST_CASE("a PDF, a feed, a sitemap, a text and what is none of them are read in a box as out of it") {
  Fixture f;
  PdfWriter pdf;
  pdf.set_information("Title", "Pumps in Basel");
  pdf.set_information("CreationDate", "D:20260507093000Z");
  pdf.add_page(
      pdf_column(60, 100, {"Pumpwerk is a maker of pumps in Basel with", "120 employees, and more."}));
  pdf.add_scanned_page();
  f.check_same({crawler::ContentKind::pdf, pdf.bytes(), "application/pdf", address});
  f.check_same({crawler::ContentKind::pdf, "%PDF-1.4 cut off", "application/pdf", address});
  f.check_same(
      {crawler::ContentKind::feed,
       "<rss version='2.0'><channel><title>F</title><ttl>90</ttl><item><guid>1</guid><title>T &amp; U</title>"
       "<pubDate>Thu, 07 May 2026 09:30:00 GMT</pubDate></item></channel></rss>",
       "", address});
  f.check_same(
      {crawler::ContentKind::sitemap,
       "<urlset><url><loc>https://example.org/a?b=1&amp;c=2</loc><lastmod>2026-05-07</lastmod></url></urlset>",
       "", address});
  f.check_same({crawler::ContentKind::text, "---\ntitle: Notes\n---\n\nTwo words.\n", "", "notes.md"});
  f.check_same({crawler::ContentKind::feed, "no feed", "", address});
}
