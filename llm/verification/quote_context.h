#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::llm {

// The sentences of a quote, without the quote.
struct SurroundingSentences {
  std::string_view before;  // from the first sentence's beginning to the quote
  std::string_view after;   // from the quote to the last sentence's end
  std::string_view next;    // the sentence that follows
};
// `begin` and `end`: the quote's bytes in `passage`, begin <= end <= size. The views point into the
// passage.
SurroundingSentences find_surrounding_sentences(std::string_view passage, std::size_t begin, std::size_t end);

// Words around a quote that change its meaning.
struct ContextQualifier {
  enum class Kind { none, denied, conditional, attributed } kind = Kind::none;
  std::string words;  // as written: "denied that"
};
ContextQualifier find_context_qualifier(const SurroundingSentences& around);

}  // namespace stubkeeper::llm
