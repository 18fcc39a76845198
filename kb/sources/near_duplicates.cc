#include "kb/sources/near_duplicates.h"

#include <set>

#include "kb/sources/snapshots.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

// The first and the latest ids that a query gives, a few of each: `select` ends with a condition.
Result<std::vector<Id>> outermost_ids(Database& database, const std::string& select,
                                      const std::vector<Value>& parameters) {
  constexpr const char* each_limit = "16";
  STUBKEEPER_ASSIGN(auto ids,
                    database.query(select + " ORDER BY 1 LIMIT " + each_limit, parameters, first_integer));
  STUBKEEPER_ASSIGN(const auto latest, database.query(select + " ORDER BY 1 DESC LIMIT " + each_limit,
                                                      parameters, first_integer));
  ids.insert(ids.end(), latest.begin(), latest.end());
  return ids;
}

}  // namespace

Status NearDuplicates::sign(Id snapshot_id, const std::optional<MinHash>& signature) {
  return store_.run_in_transaction([&]() -> Status {
    Database& database = store_.database();
    const std::string bytes = signature ? min_hash_to_bytes(*signature) : std::string{};
    STUBKEEPER_TRY(database.run("INSERT INTO story_signature (snapshot_id, minhash) VALUES (?, ?)",
                                {snapshot_id, Blob{bytes}}));
    if (!signature) return {};
    for (const std::int64_t band : lsh_bands(*signature)) {
      STUBKEEPER_TRY(
          database.run("INSERT INTO story_band (band, snapshot_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                       {band, snapshot_id}));
    }
    return {};
  });
}

Result<std::vector<Id>> NearDuplicates::snapshots_without_signature() {
  return store_.database().query(
      "SELECT id FROM snapshot WHERE id NOT IN (SELECT snapshot_id FROM story_signature) ORDER BY id", {},
      first_integer);
}

Result<std::optional<MinHash>> NearDuplicates::signature(Id snapshot_id) {
  STUBKEEPER_ASSIGN(
      const auto found,
      store_.database().query_one("SELECT minhash FROM story_signature WHERE snapshot_id = ?", {snapshot_id},
                                  [](const Row& row) { return min_hash_from_bytes(row.view(0)); }));
  return found.value_or(std::nullopt);
}

Result<std::vector<Id>> NearDuplicates::find_near_duplicates(Id snapshot_id) {
  STUBKEEPER_ASSIGN(const auto own, Snapshots{store_}.get(snapshot_id));
  Database& database = store_.database();
  STUBKEEPER_ASSIGN(
      const auto equal,
      outermost_ids(database, "SELECT id FROM snapshot WHERE text_sha256 = ? AND document_id <> ?",
                    {own.text_sha256, own.document_id}));
  std::set<Id> copies{equal.begin(), equal.end()};
  STUBKEEPER_ASSIGN(const auto own_signature, signature(snapshot_id));
  if (own_signature) {
    std::set<Id> candidates;
    for (const std::int64_t band : lsh_bands(*own_signature)) {
      STUBKEEPER_ASSIGN(const auto in_band,
                        outermost_ids(database,
                                      "SELECT snapshot_id FROM story_band JOIN snapshot ON id = snapshot_id "
                                      "WHERE band = ? AND document_id <> ?",
                                      {band, own.document_id}));
      candidates.insert(in_band.begin(), in_band.end());
    }
    for (const Id candidate : candidates) {
      STUBKEEPER_ASSIGN(const auto other, signature(candidate));
      if (other && estimate_jaccard(*own_signature, *other) >= min_resemblance) copies.insert(candidate);
    }
  }
  return std::vector<Id>{copies.begin(), copies.end()};
}

Result<std::vector<Id>> NearDuplicates::cited_near_duplicates(Id entry_id, Id snapshot_id) {
  STUBKEEPER_ASSIGN(const auto copies, find_near_duplicates(snapshot_id));
  std::vector<Id> cited;
  for (const Id copy : copies) {
    STUBKEEPER_ASSIGN(
        const bool found,
        store_.database().has_rows(
            "SELECT 1 FROM citation JOIN change ON change.id = change_id "
            "JOIN proposal ON proposal.id = proposal_id "
            "WHERE snapshot_id = ? AND entry_id = ? AND state IN ('waiting', 'approved') LIMIT 1",
            {copy, entry_id}));
    if (found) cited.push_back(copy);
  }
  return cited;
}

}  // namespace stubkeeper::kb
