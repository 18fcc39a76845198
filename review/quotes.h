#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "entries/publisher.h"
#include "kb/sources/records.h"
#include "kb/sources/snapshots.h"
#include "kb/store/store.h"

namespace stubkeeper::review {

// A quote in its sentence, with the sentence before and after it. The snapshot's own bytes, except
// that line ends are spaces, long lines are cut with an ellipsis, and the mark of a heading, item
// or block quote ("# ", "- ", "> ") is left out.
struct QuoteContext {
  std::string preceding_line;  // the sentence before, or the last one of the block before; "" at the top
  std::string prefix;          // of the quote's sentence, with its spaces
  std::string quote;
  std::string suffix;
  std::string following_line;
};

// The document that a quote was found in.
struct ItemSource {
  kb::Id source_id = 0;
  std::string kind;   // "page", "feed entry", "PDF", "file"
  std::string title;  // as the document has it; may be ""
  std::string name;   // see source_name()
  std::string site_name;
  std::string publisher;             // "press wire", "independent"
  bool is_address_verified = false;  // the address confirms the publisher; else the page alone says so
  std::string published;             // RFC 3339 or the part of it that is known; ""
  std::string anachronism_note;      // in words, where the sentence is later than that date; ""
  Timestamp fetched_at;
  std::string address;     // http, https or a file
  std::string quote_link;  // the address opened at the quote (quote_link.h); "" for a file
  std::size_t page = 0;    // of a PDF, from 1; 0 for none
};

struct ItemQuote {
  kb::Citation citation;
  std::string snapshot_sha256;  // of the text that the byte range counts in
  QuoteContext context;         // the quote alone where it was not asked for
  ItemSource source;
  std::string problem;  // why the source cannot be shown, in words; "" where it can
};

// The name of a document: its title, else its site's name, else its address.
const std::string& source_name(const kb::Snapshot& snapshot, const kb::DocumentRecord& document);

// [begin, end): bytes of a snapshot's text; begin <= end <= size. A pure function.
QuoteContext extract_quote_context(std::string_view text, std::size_t begin, std::size_t end);

// Whether a sentence states as a fact what happened after the page's publication date, as pages
// have that are edited later. Dates of plans, and dates after the fetch, do not count. A pure
// function.
bool is_anachronistic(const kb::Snapshot& page, std::string_view sentence);
// How that can be, in words. `first`: since when the page has the words, where that is known.
std::string explain_anachronism(const kb::Snapshot& page, std::string_view sentence,
                                const std::optional<kb::FirstSeen>& first);

// Reads quotes with their sources, each snapshot once. Borrows the store. A damaged snapshot is a
// `problem` of the quote and no error.
class QuoteReader {
 public:
  explicit QuoteReader(kb::Store& store) : store_(store) {}

  // Title, dates, address and page; neither context nor publisher.
  ItemQuote read(const kb::Citation& citation);
  // All of it; the publisher as seen from an entry on `subject`.
  ItemQuote read_in_context(const kb::Citation& citation, const entries::Subject& subject);

 private:
  struct Origin {
    kb::Snapshot snapshot;
    kb::DocumentRecord document;
    std::string text;  // read when it is first needed
  };
  Result<Origin*> load_origin(kb::Id snapshot_id);
  Status add_source(ItemQuote& quote);
  Status add_context(const entries::Subject& subject, ItemQuote& quote);

  kb::Store& store_;
  std::map<kb::Id, Origin> origins_;
};

}  // namespace stubkeeper::review
