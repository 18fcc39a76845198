#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entries/citation.h"
#include "llm/drafter.h"

namespace stubkeeper::llm {

// The place of a quote in a snapshot's text: bytes [begin, end) of the text as stored.
struct QuoteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Finds a quote in a text. Both sides are normalized with an offset map (NFKC but for superscripts
// and fractions, quotation marks and dashes unified, white space folded, soft hyphens dropped,
// line-end hyphenation joined), then an exact match is demanded, and its raw range returned.
// Nothing for an empty quote. The first match at or after `from_byte`, else the first of all.
std::optional<QuoteRange> find_quote(std::string_view text, std::string_view quote,
                                     std::size_t from_byte = 0);

// A change whose quotes were found: the words are there, whatever the change makes of their meaning.
struct VerifiedChange {
  DraftedChange change;
  std::vector<entries::Citation> quotes;
  std::vector<entries::Flag> flags;  // see flags.h
};

// A quote that was not found, with the nearest words of the task's snapshots. They are a suggestion
// for asking again, and never count as the quote.
struct UnmatchedQuote {
  std::size_t change = 0;  // index in the draft
  Quote quote;
  std::string suggested_passage_id;  // "" where nothing is near
  std::string suggested_text;        // a snapshot's own bytes
  double suggested_share = 0;        // of the quote's words that are there, 0..1
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
  std::vector<std::size_t> dropped;  // indexes of changes in the draft
};

// Keeps the changes all of whose quotes are found, each in the passage that it names or in the heading above
// it; removes links
// that lead to no document of the task and to nothing that the entry links to already; raises the
// flags of flags.h. Links with other schemes than http and https, raw HTML, shortcodes and fields
// that steer the site are unsafe. A pure function of task and draft. A proposed entry is compared
// with its own stub, and its title has to be in one of its quotes; two of one path are one.
Verification verify(const Task& task, const Draft& draft);

// The quotes of a draft's changes, and of its entries' (numbered after them), that are not found.
std::vector<UnmatchedQuote> find_unmatched_quotes(const Task& task, const Draft& draft);

}  // namespace stubkeeper::llm
