#pragma once

#include <set>
#include <string>
#include <vector>

#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A quote that supports or refutes a claim, and its source.
struct EvidenceQuote {
  Citation citation;
  std::string snapshot_sha256;  // of the extracted text that the citation's range is in
  std::string address;          // http or https, else ""
  std::string title;
  std::string site_name;
  std::string published;  // RFC 3339 or the part of it that is known, "" where nothing is
  Timestamp fetched_at;
  std::size_t page = 0;  // of a PDF, from 1; 0 where there are none
};

// A block of an entry whose text came from approved changes with quotes.
struct EvidenceClaim {
  std::string block;       // its bytes
  std::string block_kind;  // "list_item"
  std::string part;        // "Notable Developments"
  std::string approved_by;
  Timestamp approved_at;
  bool edited = false;             // a person wrote it in place of the draft
  std::vector<std::string> flags;  // names of those that were open when it was approved
  std::vector<EvidenceQuote> quotes;
};

struct Evidence {
  Entry entry;
  int revision = 0;  // the number of the current one
  std::vector<EvidenceClaim> claims;
};

// The claims with quotes of an entry's current revision, in the page's order. Text that a person
// wrote or that was imported has none; the list of sources is no claim.
Result<Evidence> collect_evidence(Store& store, const Entry& entry);

// Entries with an approved change that quotes something; the evidence of all others is empty.
Result<std::set<Id>> entries_with_evidence(Store& store);

// The site's data file of it (schema/evidence.schema.json). Ends with a line end.
std::string evidence_json(const Evidence& evidence);

}  // namespace stubkeeper::kb
