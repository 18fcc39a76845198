#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "kb/review/provenance.h"
#include "review/quote_formatter.h"

namespace stubkeeper::cli {

// A sentence of a block, or a line of one that has none (front matter, code, a table's row), and what it
// rests on. A line without words rests on no quotes, whatever brought it.
struct ProvenancePart {
  std::string text;
  std::size_t line = 0;  // of the entry, from 1, on which it begins
  bool has_words = true;
  kb::WordsOrigin origin;
};

// The parts of a block. `line`: of the entry, from 1, to tell what stands on that line alone, if only that it
// holds no words; 0 for everything that holds words.
Result<std::vector<ProvenancePart>> list_provenance_parts(kb::Store& store, kb::Id entry_id, const kb::Provenance& block,
                                         std::size_t line);

// What a part rests on: "quotes" that were approved, a "person", a "policy", "no_recorded_source" for what
// was imported, or "undone_changes" for what came with a change whose approval was undone.
const char* provenance_basis(const kb::WordsOrigin& origin);

// The same for people: "approved by jane (revision 4, 2026-11-25)", for an edited text by whom, and for what
// an undone approval left who took it back.
std::string format_origin(const kb::WordsOrigin& origin);

nlohmann::ordered_json provenance_part_json(review::QuoteFormatter& sources, const ProvenancePart& part);

// The quotes that some parts rest on, each once, as W3C Web Annotations
// (https://www.w3.org/TR/annotation-model/): the bodies are the parts' texts, the target is the document, at
// the time at which it was fetched, with a TextQuoteSelector (32 characters before and behind) and a
// TextPositionSelector, whose positions count Unicode code points of the snapshot's extracted text from 0, as
// the standard demands.
Result<nlohmann::ordered_json> annotations_json(kb::Store& store, const std::vector<ProvenancePart>& parts);

}  // namespace stubkeeper::cli
