#include "base/text/words.h"

#include "tests/support/catch.h"

using namespace stubkeeper;

namespace {

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  for (const Word& word : split_words(text)) {
    CHECK(text.substr(word.begin, word.text.size()) == word.text);
    found.push_back(word.text);
  }
  return found;
}

using Words = std::vector<std::string_view>;

}  // namespace

TEST_CASE("words are runs of letters and digits of any script") {
  CHECK(words("It's 1,000 MW — “Zürich”…") == Words{"It", "s", "1", "000", "MW", "Zürich"});
  CHECK(words("Москва, Αθήνα; 25 °C, m² and CO₂") ==
        Words{"Москва", "Αθήνα", "25", "°C", "m²", "and", "CO₂"});
  CHECK(words("Corintis™ → €9") == Words{"Corintis", "€9"});
  CHECK(words("naïve co\xC2\xADoperate") == Words{"naïve", "co\xC2\xADoperate"});
  CHECK(words("").empty());
  CHECK(words(" .!").empty());
}

TEST_CASE("scripts without spaces are divided by dictionaries") {
  CHECK(words("東京電力は発電所を建てた。") == Words{"東京", "電力", "は", "発電", "所", "を", "建て", "た"});
  CHECK(words("ABC公司") == Words{"ABC", "公司"});
  CHECK(words("ภาษาไทย") == Words{"ภาษา", "ไทย"});
}

TEST_CASE("ill-formed bytes part no word") {
  CHECK(words("a\xFF" "b c\xE2\x80") == Words{"a\xFF" "b", "c\xE2\x80"});
}

TEST_CASE("case is folded in every script") {
  CHECK(fold_case("STRASSE") == fold_case("Straße"));
  CHECK(fold_case("МОСКВА") == "москва");
  CHECK(fold_case("Acme") == "acme");
}

TEST_CASE("whole words are found") {
  CHECK(find_whole_words("smart art", "art") == 6);
  CHECK(find_whole_words("smart part", "art") == std::string_view::npos);
  CHECK(find_whole_words("art, art", "art", 1) == 5);
  CHECK(is_whole_word("the art.", 4, 7));
  CHECK_FALSE(is_whole_word("arté", 0, 3));
}
