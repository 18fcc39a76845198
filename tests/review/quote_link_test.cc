// Links that open a page at a quote, by "URL Fragment Text Directives".

#include "review/quote_link.h"

#include "tests/support/catch.h"

using stubkeeper::review::quote_link;

namespace {

std::string at(const std::string& text, const std::string& quote, std::size_t from = 0,
               const std::string& address = "https://a.example/p") {
  const std::size_t begin = text.find(quote, from);
  REQUIRE(begin != std::string::npos);
  return quote_link(address, text, begin, begin + quote.size(), 0);
}

}  // namespace

TEST_CASE("a quote that stands once is given whole") {
  CHECK(at("It opened a plant in Graz.", "opened a plant") ==
        "https://a.example/p#:~:text=opened%20a%20plant");
}

TEST_CASE("the marks of the syntax are percent-encoded, and so is everything but plain characters") {
  CHECK(at("A 50-50 deal, Smith & Co said so", "50-50 deal, Smith & Co") ==
        "https://a.example/p#:~:text=50%2D50%20deal%2C%20Smith%20%26%20Co");
  CHECK(at("Über 3 % <b>mehr</b>", "Über 3 % <b>") ==
        "https://a.example/p#:~:text=%C3%9Cber%203%20%25%20%3Cb%3E");
}

TEST_CASE("white space is one space") {
  CHECK(at("It  opened\ta plant.", "opened\ta plant") == "https://a.example/p#:~:text=opened%20a%20plant");
}

TEST_CASE("a quote whose ends stand within words is given with whole words") {
  CHECK(at("Employees said so", "ployees sai") == "https://a.example/p#:~:text=Employees%20said");
}

TEST_CASE("a quote that stands twice is given with the words around it that tell the two apart") {
  const std::string text = "In May it grew. In June it grew.";
  CHECK(at(text, "it grew", 16) == "https://a.example/p#:~:text=June-,it%20grew");
  CHECK(at(text, "it grew") == "https://a.example/p#:~:text=May-,it%20grew");
  CHECK(at("grew fast. grew slowly.", "grew") == "https://a.example/p#:~:text=grew,-fast.");
}

TEST_CASE("a long quote, and one that spans blocks, is given by its first and last words") {
  std::string words;
  for (int i = 0; i < 100; ++i) words += "word" + std::to_string(i) + " ";
  CHECK(at("Once " + words + "end.", words.substr(0, words.size() - 1)) ==
        "https://a.example/p#:~:text=word0%20word1%20word2%20word3,word96%20word97%20word98%20word99");
  CHECK(at("First part here.\n\n- Second part there.\n", "First part here.\n\n- Second part there.") ==
        "https://a.example/p#:~:text=First%20part%20here.,Second%20part%20there.");
  CHECK(at("| Name | Year |\n| Graz | 2019 |", "| Graz | 2019 |") == "https://a.example/p#:~:text=Graz,2019");
}

TEST_CASE("the address keeps its own fragment, and a page of a PDF is named") {
  CHECK(at("It grew.", "grew", 0, "https://a.example/p#news") == "https://a.example/p#news:~:text=grew");
  CHECK(at("It grew.", "grew", 0, "https://a.example/p#:~:text=old") == "https://a.example/p#:~:text=grew");
  CHECK(quote_link("https://a.example/r.pdf", "It grew.", 3, 7, 4) ==
        "https://a.example/r.pdf#page=4:~:text=grew");
}

TEST_CASE("what is no web page has no link, and a place that is none leads to the page") {
  CHECK(at("It grew.", "grew", 0, "file:///notes.txt").empty());
  CHECK(at("It grew.", "grew", 0, "javascript:alert(1)").empty());
  CHECK(quote_link("https://a.example/p", "It grew.", 5, 900, 0) == "https://a.example/p");
  CHECK(quote_link("https://a.example/p", "a \n b", 1, 4, 0) == "https://a.example/p");
}

TEST_CASE("any bytes at all give a link of plain characters") {
  std::string text;
  for (int i = 0; i < 256; ++i) text += static_cast<char>(i);
  text += text;
  for (std::size_t begin = 0; begin + 7 < text.size(); begin += 5) {
    const std::string address = quote_link("https://a.example/p", text, begin, begin + 7, 0);
    CHECK(address.find_first_not_of(
              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/.#~=%,-_") ==
          std::string::npos);
  }
}
