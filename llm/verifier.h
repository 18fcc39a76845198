#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llm/drafter.h"

namespace stubkeeper::llm {

// Where a quote stands in a snapshot's text: bytes [begin, end) of the text as stored.
struct QuoteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Finds a quote in a text. Both sides are normalized with an offset map (NFKC but for superscripts and
// fractions, quotation marks and dashes unified, white space folded, soft hyphens dropped, line-end
// hyphenation joined), then an exact match is demanded, and the raw range is given back. Nothing for an empty
// quote. The first match at or after `from_byte`, else the first of all.
std::optional<QuoteRange> find_quote(std::string_view text, std::string_view quote,
                                     std::size_t from_byte = 0);

// A quote that was found. "Quoted" says that the words are there, not that they mean what the change says.
struct VerifiedQuote {
  std::int64_t snapshot_id = 0;
  QuoteRange place;
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

// A quote that was not found, and, where some words of the task's snapshots are near it, those. They are a
// suggestion for asking again with, and never pass for the quote themselves.
struct UnmatchedQuote {
  std::size_t change = 0;  // index in the draft
  Quote quote;
  std::string suggested_passage_id;  // "" where nothing is near
  std::string suggested_text;        // a snapshot's own bytes
  double suggested_share = 0;        // of the quote's words that stand there, 0..1
};

// A proposed entry, whose first change holds. Its stub is as it was drafted.
struct VerifiedEntry {
  DraftedEntry entry;
  VerifiedChange change;
};

struct Verification {
  std::vector<VerifiedChange> changes;
  std::vector<VerifiedEntry> entries;
  int dropped_without_quote = 0;  // a quote was not found, or there was none
  int dropped_unsafe = 0;         // the edit does not apply, sets a forbidden field, or holds active markup
  std::vector<UnmatchedQuote> unmatched;
};

// Keeps the changes all of whose quotes are found, each in the passage that it names, in stored snapshots;
// takes links out of them that lead to no document of the task and to nothing that the entry links to
// already; and raises the flags of flags.h. Links with other schemes than http and https, raw HTML,
// shortcodes and fields that steer the site are unsafe. A pure function: the same task and draft give the
// same, whatever time it is. A proposed entry is held against its own stub instead of the task's entry, and
// its title has to stand in one of its quotes; two of one path are one.
Verification verify(const Task& task, const Draft& draft);

// The quotes of a draft's changes, and of its entries' (numbered behind them), that are not found.
std::vector<UnmatchedQuote> find_unmatched_quotes(const Task& task, const Draft& draft);

}  // namespace stubkeeper::llm
