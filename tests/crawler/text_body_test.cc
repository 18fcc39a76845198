#include "crawler/text_body.h"

#include <random>

#include "crawler/content.h"
#include "tests/support/catch.h"
#include "tests/support/gzip.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using stubkeeper::testing::gzip_compress;

namespace {

std::string random_bytes(std::size_t count, unsigned seed) {
  std::mt19937 random{seed};
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>(random() % 256);
  return bytes;
}

const std::string page =
    "<html><title>Kiln</title><body><p>The kiln at Halden burns at nine hundred degrees since May.</p></body></html>";

}  // namespace

TEST_CASE("a body that is packed without a word is unpacked, whatever it is called") {
  const std::string packed = gzip_compress(page);
  CHECK(detect_content_kind(packed, "text/html", "") == ContentKind::page);
  const auto content = parse_page(packed, "text/html", "https://kiln.example/");
  REQUIRE(content.ok());
  CHECK(content->title == "Kiln");
  CHECK(content->text.find("nine hundred degrees") != std::string::npos);

  const std::string feed = gzip_compress("<rss><channel><item><title>One</title></item></channel></rss>");
  CHECK(detect_content_kind(feed, "application/xml", "") == ContentKind::feed);
  const auto read = parse_feed(feed, "", "https://kiln.example/");
  REQUIRE(read.ok());
  CHECK(read->items.at(0).title == "One");

  const auto text = parse_text_file(gzip_compress("# Kiln\n\nIt is hot."), "kiln.md");
  REQUIRE(text.ok());
  CHECK(text->title == "Kiln");
}

TEST_CASE("all members of a gzip stream are read") {
  const auto text = gunzip(gzip_compress("one, ") + gzip_compress("two"));
  REQUIRE(text.ok());
  CHECK(*text == "one, two");
  CHECK(gunzip(gzip_compress("one") + "junk behind it").ok());
}

TEST_CASE("a gzip stream that is cut off, damaged or packed twice is an error") {
  const std::string packed = gzip_compress(page);
  for (const std::string& broken :
       {packed.substr(0, packed.size() / 2), packed.substr(0, 3), gzip_compress(packed), "\x1F\x8B" + page}) {
    CHECK(parse_page(broken, "text/html", "https://kiln.example/").error().code ==
          ErrorCode::invalid_argument);
    CHECK(parse_feed(broken, "", "https://kiln.example/").error().code == ErrorCode::invalid_argument);
    detect_content_kind(broken, "text/html", "");
  }
  CHECK(gunzip(gzip_compress(std::string(60'000'000, ' '))).error().code == ErrorCode::limit);
}

TEST_CASE("bytes of images and archives are no text of a page") {
  for (unsigned seed = 0; seed < 20; ++seed) {
    for (const std::string type :
         {"text/html", "text/html; charset=utf-8", "text/html; charset=iso-8859-1"}) {
      CAPTURE(seed, type);
      CHECK_FALSE(parse_page(random_bytes(2'000, seed), type, "https://kiln.example/").ok());
    }
    CHECK_FALSE(parse_text_file(random_bytes(2'000, seed), "kiln.txt").ok());
  }
  CHECK_FALSE(parse_page("<html><body>" + random_bytes(5'000, 1), "text/html", "https://kiln.example/").ok());
}

TEST_CASE("text with a few control characters is text") {
  CHECK(check_is_text("").ok());
  CHECK(check_is_text("a\x01\x02\x03z").ok());
  CHECK(check_is_text("\x1B$B$3$N\x1B(B \x1B$B$3$N\x1B(B\f\t\v\r\n").ok());
  CHECK(check_is_text(std::string(5'000, 'k') + std::string(50, '\x02')).ok());
  CHECK_FALSE(check_is_text(std::string(5'000, 'k') + std::string(500, '\x02')).ok());
  std::string cyrillic;
  for (int i = 0; i < 400; ++i) cyrillic += "Печь ";
  CHECK(check_is_text(cyrillic + "\x01\x01\x01\x01\x01").ok());
}
