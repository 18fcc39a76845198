#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::llm {

// The sentences that a quote stands in, cut at the quote.
struct Surroundings {
  std::string_view before;  // from the first sentence's beginning to the quote
  std::string_view after;   // from the quote to the last sentence's end
  std::string_view next;    // the sentence that follows
};
// `begin` and `end`: the quote's bytes in `passage`, begin <= end <= size. The views point into the passage.
Surroundings surroundings_of(std::string_view passage, std::size_t begin, std::size_t end);

// What puts a quote in another light.
struct Turn {
  enum class Kind { none, denied, conditional, attributed } kind = Kind::none;
  std::string words;  // that do it, as they stand: "denied that"
};
Turn turn_of(const Surroundings& around);

}  // namespace stubkeeper::llm
