#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "kb/review/provenance.h"
#include "review/quotes.h"

namespace stubkeeper::cli {

// A sentence of a block, or a line of one without sentences (front matter, code, a table's row),
// with its origin. A line without words has no quotes, whatever brought it.
struct ProvenancePart {
  std::string text;
  std::size_t line = 0;  // of the entry, from 1, on which it begins
  bool has_words = true;
  kb::WordsOrigin origin;
};

// The parts of a block that have words. `line`: only those on this line of the entry, from 1, and
// if there are none, that line without words; 0 for all.
Result<std::vector<ProvenancePart>> list_provenance_parts(kb::Store& store, kb::Id entry_id,
                                                          const kb::Provenance& block, std::size_t line);

// The basis of a part: "quotes" that were approved, a "person", a "policy", "no_recorded_source"
// for an import, or "taken_back" for text of a change whose approval was undone.
const char* provenance_basis(const kb::WordsOrigin& origin);

// For people: "approved by jane (revision 4, 2026-11-25)", "edited and approved by ...".
std::string format_origin(const kb::WordsOrigin& origin);

nlohmann::ordered_json provenance_part_json(review::QuoteReader& quotes, const ProvenancePart& part);

// The quotes of some parts, each once, as W3C Web Annotations
// (https://www.w3.org/TR/annotation-model/): the bodies are the parts' texts; the target is the
// document at its fetch time, with a TextQuoteSelector (32 characters before and after) and a
// TextPositionSelector, whose positions count Unicode code points of the snapshot's extracted text
// from 0.
Result<nlohmann::ordered_json> annotations_json(kb::Store& store, const std::vector<ProvenancePart>& parts);

}  // namespace stubkeeper::cli
