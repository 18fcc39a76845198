#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// Where a quote stands in a snapshot's text: bytes [begin, end) of the text as stored.
struct QuotePlace {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Finds a quote in a text. Both sides are normalized with an offset map (NFKC but for superscripts and
// fractions, quotation marks and dashes unified, white space folded, soft hyphens dropped, line-end
// hyphenation joined), then an exact match is demanded, and the raw range is given back. Nothing for an empty
// quote. The first match at or after `from_byte`, else the first of all.
std::optional<QuotePlace> find_quote(std::string_view text, std::string_view quote,
                                     std::size_t from_byte = 0);

// A quote that was found. "Quoted" says that the words are there, not that they mean what the change says.
struct VerifiedQuote {
  std::int64_t snapshot_id = 0;
  QuotePlace place;
  std::string text;  // the snapshot's own bytes at that place
  bool refutes = false;
};

// A reason to look, with a stable name: see flags.h.
struct RaisedFlag {
  std::string name;
  std::string detail;
};

struct VerifiedChange {
  DraftedChange change;
  std::vector<VerifiedQuote> quotes;
  std::vector<RaisedFlag> flags;
};

struct Verification {
  std::vector<VerifiedChange> changes;
  int dropped_without_quote = 0;  // a quote was not found, or there was none
  int dropped_unsafe = 0;         // the edit does not apply, or sets a forbidden field
};

// Keeps the changes all of whose quotes are found, in stored snapshots, and raises flags where the new text
// and its quotes differ: numbers, dates, units, currencies, names, negation, modality, superlatives; and by
// the source: undated, single. Deterministic; asks nobody.
Verification verify(const Task& task, const Draft& draft);

}  // namespace stubkeeper::llm
