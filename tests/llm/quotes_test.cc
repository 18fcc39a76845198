#include "llm/normalized_text.h"
#include "llm/verifier.h"
#include "tests/support/catch.h"

using namespace stubkeeper::llm;

namespace {

// The raw bytes that a quote is found at, or "(none)".
std::string found(const std::string& text, const std::string& quote) {
  const auto place = find_quote(text, quote);
  return place ? text.substr(place->begin, place->end - place->begin) : "(none)";
}

}  // namespace

TEST_CASE("a quote is found at its very bytes") {
  const std::string text = "Corintis raised $24 million. It is based in Lausanne.";
  const auto place = find_quote(text, "raised $24 million");
  REQUIRE(place);
  CHECK(place->begin == 9);
  CHECK(place->end == 27);
}

TEST_CASE("quotation marks, dashes and spaces of any kind are the same, and the raw bytes come back") {
  CHECK(found("the \xE2\x80\x9C"
              "chip\xE2\x80\x99s\xE2\x80\x9D heat \xE2\x80\x94 gone",
              "\"chip's\" heat - gone") ==
        "\xE2\x80\x9C"
        "chip\xE2\x80\x99s\xE2\x80\x9D heat \xE2\x80\x94 gone");
  CHECK(found("24\xC2\xA0million\n\n  euros", "24 million euros") == "24\xC2\xA0million\n\n  euros");
  CHECK(found("micro\xC2\xAD"
              "fluidic cooling",
              "microfluidic cooling") ==
        "micro\xC2\xAD"
        "fluidic cooling");
  CHECK(found("the micro-\nfluidic plate", "microfluidic plate") == "micro-\nfluidic plate");
}

TEST_CASE("compatible characters are the same, but figures keep their meaning") {
  CHECK(found("e\xEF\xAC\x83"
              "cient",
              "efficient") ==
        "e\xEF\xAC\x83"
        "cient");
  CHECK(found("Z\xC3\xBCrich", "Zu\xCC\x88rich") == "Z\xC3\xBCrich");
  CHECK(found("10\xC2\xB2 units", "102 units") == "(none)");
  CHECK(found("\xC2\xBD of it", "1/2 of it") == "(none)");
  CHECK(found("\xC2\xBD of it", "\xC2\xBD of it") == "\xC2\xBD of it");
}

TEST_CASE("case counts, and half a word is not found") {
  CHECK(found("The Plant opened", "the plant") == "(none)");
  CHECK(found("a restart of work", "start of") == "(none)");
  CHECK(found("raised $124 million", "24 million") == "(none)");
  CHECK(found("raised $24 millions", "$24 million") == "(none)");
  CHECK(found("restart, then start of", "start of") == "start of");
}

TEST_CASE("an empty quote is not found anywhere") {
  CHECK(found("text", "") == "(none)");
  CHECK(found("text", " \n\xC2\xAD") == "(none)");
  CHECK(found("", "text") == "(none)");
}

TEST_CASE("bytes that are no UTF-8 neither crash nor shift what follows") {
  CHECK(found("\xFF\xC3 then words here\x80", "words here") == "words here");
  CHECK(found("\xE2\x80\xA2words here\xE2\x80\xA2", "words here") == "words here");
  CHECK(found("\xC3\xA4words here", "words here") == "(none)");
}

TEST_CASE("of several places the one at or after the passage is taken") {
  const std::string text = "same words. other. same words.";
  CHECK(find_quote(text, "same words", 5)->begin == 19);
  CHECK(find_quote(text, "same words", 25)->begin == 0);
}

TEST_CASE("every normalized byte leads back to whole characters") {
  const std::string raw = "A\xEF\xAC\x83 \xE2\x80\xA6 \xF0\x9F\x98\x80 e\xCC\x81 x";
  const NormalizedText text{raw};
  for (std::size_t i = 0; i < text.text().size(); ++i) {
    const auto range = text.raw_range(i, i + 1);
    REQUIRE(range.begin < range.end);
    REQUIRE(range.end <= raw.size());
    CHECK((static_cast<unsigned char>(raw[range.begin]) & 0xC0U) != 0x80U);
  }
}
