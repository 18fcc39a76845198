#include "review/flag_labels.h"

#include <algorithm>
#include <array>
#include <utility>

namespace stubkeeper::review {

std::string flag_label(std::string_view name) {
  static constexpr auto labels = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"contradicts", "something says otherwise"},
      {"currency-not-in-quote", "currency not in the quote"},
      {"date-not-in-quote", "date not in the quote"},
      {"funding-without-official-source", "funding without an official source"},
      {"hype", "praise"},
      {"instruction-in-passage", "instruction to a machine in the source"},
      {"interested-source", "the company's own word"},
      {"large-change", "large change"},
      {"leadership-without-current-source", "leadership without a current source"},
      {"location-without-source", "place not in the quote"},
      {"modality-differs", "planned or done: not as in the quote"},
      {"name-not-in-quote", "name not in the quote"},
      {"negation-differs", "a “not” that is not as in the quote"},
      {"number-not-in-quote", "number not in the quote"},
      {"old-source", "source older than two years"},
      {"quotation-not-in-quote", "quotation not in the quote"},
      {"quote-out-of-context", "quote out of its context"},
      {"removes-sourced-text", "takes out sourced text"},
      {"same-story", "one story told several times"},
      {"single-source", "one source alone"},
      {"superlative-differs", "“first” or the like not in the quote"},
      {"undated-source", "source without a date"},
      {"unit-not-in-quote", "unit not in the quote"},
      {"unknown-address", "link that was taken out"},
      {"unnamed-source", "source that names nobody"},
  });
  const auto found =
      std::find_if(labels.begin(), labels.end(), [&](const auto& label) { return label.first == name; });
  if (found != labels.end()) return std::string{found->second};
  std::string words{name};
  std::replace(words.begin(), words.end(), '-', ' ');
  return words;
}

}  // namespace stubkeeper::review
