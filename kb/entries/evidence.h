#pragma once

#include <set>
#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What a claim rests on: words that stand in a snapshot, and whose they are.
struct EvidenceQuote {
  Citation citation;
  std::string snapshot_sha256;  // of the extracted text that the citation's bytes count in
  std::string address;          // http or https, else ""
  std::string title;
  std::string site_name;
  std::string published;  // RFC 3339 or the part of it that is known, "" where nothing is
  Timestamp fetched_at;
  std::size_t page = 0;  // of a PDF, from 1; 0 where there are none
};

// A block of an entry that got its text from changes that were approved with their quotes.
struct EvidenceClaim {
  std::string block;       // its bytes
  std::string block_kind;  // "list_item"
  std::string part;        // "Notable Developments"
  std::string approved_by;
  Timestamp approved_at;
  bool edited = false;             // a person wrote it in place of what was drafted
  std::vector<std::string> flags;  // names of those that were open when it was approved
  std::vector<EvidenceQuote> quotes;
};

struct Evidence {
  Entry entry;
  int revision = 0;  // the number of the current one
  std::vector<EvidenceClaim> claims;
};

// The claims of an entry's current revision that have quotes, in the page's order. What a person wrote and
// what was imported has none. The list of sources is no claim.
Result<Evidence> collect_evidence(Store& store, const Entry& entry);

// Entries that have an approved change with a quote: all others' evidence has no claims.
Result<std::set<Id>> entries_with_evidence(Store& store);

// As the site's data file has it: schema/evidence.schema.json describes it. Ends with a line end.
std::string evidence_json(const Evidence& evidence);

}  // namespace stubkeeper::kb
