#include "base/text/min_hash.h"

#include "base/text/strings.h"
#include "tests/support/catch.h"

using namespace stubkeeper;

namespace {

std::vector<std::uint64_t> numbers(std::uint64_t from, std::uint64_t to) {
  std::vector<std::uint64_t> elements;
  for (std::uint64_t i = from; i < to; ++i) elements.push_back(hash_text64(std::to_string(i)));
  return elements;
}

}  // namespace

TEST_CASE("equal sets have equal signatures whatever their order and the empty set has none") {
  auto elements = numbers(0, 500);
  const auto signature = min_hash(elements);
  std::reverse(elements.begin(), elements.end());
  elements.push_back(elements.front());
  CHECK(min_hash(elements) == signature);
  CHECK_FALSE(min_hash({}).has_value());
}

TEST_CASE("the share of equal places estimates what two sets have in common") {
  for (const std::uint64_t common : {0U, 250U, 500U, 750U, 900U}) {
    const auto a = min_hash(numbers(0, 1000));
    const auto b = min_hash(numbers(1000 - common, 2000 - common));
    const double truth = static_cast<double>(common) / static_cast<double>(2000 - common);
    INFO(common);
    // Three standard errors.
    CHECK(std::abs(estimate_jaccard(*a, *b) - truth) < 0.135);
  }
}

TEST_CASE("signatures that are alike share a band and others do not") {
  const auto bands = lsh_bands(*min_hash(numbers(0, 1000)));
  const auto shared = [&](const std::vector<std::int64_t>& others) {
    return std::count_if(others.begin(), others.end(), [&](std::int64_t band) {
      return std::find(bands.begin(), bands.end(), band) != bands.end();
    });
  };
  CHECK(shared(lsh_bands(*min_hash(numbers(150, 1150)))) > 0);
  CHECK(shared(lsh_bands(*min_hash(numbers(5000, 6000)))) == 0);
}

TEST_CASE("a signature comes back from its bytes and other bytes are none") {
  const auto signature = *min_hash(numbers(0, 10));
  CHECK(min_hash_to_bytes(signature).size() == 512);
  CHECK(min_hash_from_bytes(min_hash_to_bytes(signature)) == signature);
  CHECK_FALSE(min_hash_from_bytes("").has_value());
}

TEST_CASE("a byte's page is counted by the form feeds above it") {
  const std::string text = "One." + std::string{page_break} + "Two." + std::string{page_break} + "Three.";
  CHECK(page_at(text, text.find("One")) == 1);
  CHECK(page_at(text, text.find("Two")) == 2);
  CHECK(page_at(text, text.find("Three")) == 3);
  CHECK(page_at("One.\n\nTwo.", 6) == 0);
  CHECK(page_at("Not a\fbreak.", 6) == 0);
}
