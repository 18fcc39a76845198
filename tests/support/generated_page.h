#pragma once

#include <random>
#include <string>

namespace stubkeeper::testing {

// Draws entry pages: front matter in all forms, bodies of all kinds of block, line ends and a byte order mark.
// Each block, field and item has a word of its own ("w17x"), by which it is known again. The same seed gives
// the same pages.
class PageGenerator {
 public:
  explicit PageGenerator(unsigned seed) : random_(seed) {}

  std::string page();
  // One block with a new word, without a line end: a paragraph, list, table, code, quotation, shortcode ...
  std::string block();
  // A word that no page had yet.
  std::string word();

  std::size_t below(std::size_t end) { return random_() % end; }
  bool one_in(std::size_t number) { return below(number) == 0; }

 private:
  std::string front_matter();
  std::string date_value();
  std::string heading();
  std::string developments();

  std::mt19937 random_;
  int words_ = 0;
};

}  // namespace stubkeeper::testing
