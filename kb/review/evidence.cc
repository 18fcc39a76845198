#include "kb/review/evidence.h"

#include <nlohmann/json.hpp>

#include "entries/markdown/lines.h"
#include "entries/markdown_escape.h"
#include "kb/entries/entry_store.h"
#include "kb/review/provenance.h"
#include "kb/sources/snapshots.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

bool can_be_claim(const std::string& block_kind) {
  return block_kind == "paragraph" || block_kind == "list_item" || block_kind == "table_row" ||
         block_kind == "block_quote";
}

Result<EvidenceQuote> make_evidence_quote(Store& store, const Citation& citation) {
  Snapshots snapshots{store};
  STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(citation.snapshot_id));
  STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
  // Readers of the site have no use for a file of this machine.
  const std::string address = entries::is_safe_link(document.address) ? document.address : "";
  STUBKEEPER_ASSIGN(const std::size_t page, snapshots.page_of(snapshot, citation.begin_byte));
  return EvidenceQuote{citation,           snapshot.text_sha256, address, snapshot.title, snapshot.site_name,
                       snapshot.published, snapshot.fetched_at,  page};
}

Result<EvidenceClaim> make_claim(Store& store, const Provenance& provenance) {
  EvidenceClaim claim;
  claim.block = provenance.text;
  claim.block_kind = provenance.block_kind;
  claim.part = provenance.part;
  claim.approved_by = provenance.origin.author;
  claim.approved_at = provenance.origin.created_at;
  claim.edited = has_reviewer_edit(provenance.decisions);
  for (const Change& change : provenance.changes) {
    for (const Flag& flag : change.flags) {
      if (!flag.resolved_at) claim.flags.push_back(flag.name);
    }
    for (const Citation& citation : change.citations) {
      STUBKEEPER_ASSIGN(auto quote, make_evidence_quote(store, citation));
      claim.quotes.push_back(std::move(quote));
    }
  }
  return claim;
}

// A page's words from outside may be of any bytes once they are part of an import.
constexpr auto replace = nlohmann::ordered_json::error_handler_t::replace;

}  // namespace

Result<Evidence> collect_evidence(Store& store, const Entry& entry) {
  Evidence evidence;
  evidence.entry = entry;
  STUBKEEPER_ASSIGN(const auto current, EntryStore{store}.revision(entry.current_revision_id));
  evidence.revision = current.number;
  STUBKEEPER_ASSIGN(const auto provenances, find_provenance(store, entry.id, 0));
  const entries::EntryPart* sources = store.conventions().types.part("sources");
  for (const Provenance& provenance : provenances) {
    if (provenance.changes.empty() || !can_be_claim(provenance.block_kind)) continue;
    if (sources != nullptr && store.conventions().types.part_of_heading(provenance.part) == sources) continue;
    STUBKEEPER_ASSIGN(auto claim, make_claim(store, provenance));
    if (!claim.quotes.empty()) evidence.claims.push_back(std::move(claim));
  }
  return evidence;
}

Result<std::set<Id>> entries_with_evidence(Store& store) {
  STUBKEEPER_ASSIGN(
      const auto found,
      store.database().query(
          "SELECT DISTINCT proposal.entry_id FROM change JOIN proposal ON proposal.id = change.proposal_id "
          "WHERE change.state = 'approved' AND EXISTS (SELECT 1 FROM citation WHERE change_id = change.id)",
          {}, first_integer));
  return std::set<Id>{found.begin(), found.end()};
}

std::string evidence_json(const Evidence& evidence) {
  nlohmann::ordered_json json{{"schema", "stubkeeper-evidence-1"},
                              {"entry", evidence.entry.path},
                              {"title", evidence.entry.title},
                              {"revision", evidence.revision},
                              {"claims", nlohmann::ordered_json::array()}};
  for (const EvidenceClaim& claim : evidence.claims) {
    nlohmann::ordered_json quotes = nlohmann::ordered_json::array();
    for (const EvidenceQuote& quote : claim.quotes) {
      quotes.push_back({{"quote", quote.citation.quote},
                        {"role", quote.citation.refutes ? "refutes" : "supports"},
                        {"address", quote.address},
                        {"title", quote.title},
                        {"site_name", quote.site_name},
                        {"published", quote.published},
                        {"fetched_at", rfc3339(quote.fetched_at)},
                        {"snapshot_sha256", quote.snapshot_sha256},
                        {"begin_byte", quote.citation.begin_byte},
                        {"end_byte", quote.citation.end_byte}});
      if (quote.page > 0) quotes.back()["page"] = quote.page;
    }
    json["claims"].push_back({{"text", std::string{entries::trim(claim.block)}},
                              {"kind", claim.block_kind},
                              {"part", claim.part},
                              {"status", claim.edited ? "edited" : "quoted"},
                              {"approved_by", claim.approved_by},
                              {"approved_at", rfc3339(claim.approved_at)},
                              {"flags", claim.flags},
                              {"quotes", quotes}});
  }
  return json.dump(2, ' ', false, replace) + "\n";
}

}  // namespace stubkeeper::kb
