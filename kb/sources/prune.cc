#include "kb/sources/prune.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text/strings.h"
#include "kb/sources/snapshots.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

// A column of a table that refers to a row of another one.
struct Reference {
  std::string table;
  std::string column;
};

Result<std::vector<Reference>> references_to(Database& database, std::string_view table) {
  return database.query(
      "SELECT child.name, reference.\"from\" FROM sqlite_schema AS child, "
      "pragma_foreign_key_list(child.name) AS reference "
      "WHERE child.type = 'table' AND reference.\"table\" = ? ORDER BY 1, 2",
      {table}, [](const Row& row) {
        return Reference{row.text(0), row.text(1)};
      });
}

// Of our own schema; no name in it comes from outside.
std::string quoted(const std::string& name) {
  return "\"" + name + "\"";
}

// One prune within its transaction.
class Prune {
 public:
  Prune(Store& store, const PruneRequest& request)
      : store_(store), database_(store.database()), request_(request) {}

  Status run() {
    STUBKEEPER_TRY(find_kept());
    STUBKEEPER_TRY(database_.run("INSERT INTO prune (older_than, asked_by, began_at) VALUES (?, ?, ?)",
                                 {to_value(request_.older_than), request_.asked_by, to_value(request_.now)}));
    const Id prune_id = database_.last_insert_id();
    const bool any = std::ranges::any_of(old_, [&](const Old& old) { return !kept_.contains(old.id); });
    if (any) STUBKEEPER_TRY(index_references());
    for (const Old& old : old_)
      if (!kept_.contains(old.id)) STUBKEEPER_TRY(remove(old));
    STUBKEEPER_TRY(remove_bodies());
    for (const std::string& index : indexes_) STUBKEEPER_TRY(database_.script("DROP INDEX " + index));
    return database_.run("UPDATE prune SET ended_at = ?, snapshots = ? WHERE id = ?",
                         {to_value(request_.now), pruned_, prune_id});
  }

  std::int64_t pruned() const { return pruned_; }
  std::vector<std::pair<std::string, std::int64_t>> kept() const {
    std::vector<std::pair<std::string, std::int64_t>> counts;
    for (const Old& old : old_) {
      const auto reason = kept_.find(old.id);
      if (reason == kept_.end()) continue;
      auto count = std::ranges::find(counts, reason->second, &std::pair<std::string, std::int64_t>::first);
      if (count == counts.end()) count = counts.insert(counts.end(), {reason->second, 0});
      ++count->second;
    }
    return counts;
  }

 private:
  struct Old {
    Id id = 0;
    Id document_id = 0;
    std::string body_sha256;
    std::string text_sha256;
  };

  // The first reason stays.
  Status keep(std::string_view reason, std::string_view sql) {
    return database_.run(sql, {}, [&](const Row& row) -> Status {
      kept_.emplace(row.integer(0), reason);
      return {};
    });
  }

  Status find_kept() {
    STUBKEEPER_ASSIGN(
        old_,
        database_.query(
            "SELECT id, document_id, body_sha256, text_sha256 FROM snapshot WHERE fetched_at < ? ORDER BY id",
            {to_value(request_.older_than)}, [](const Row& row) {
              return Old{row.integer(0), row.integer(1), row.text(2), row.text(3)};
            }));
    STUBKEEPER_TRY(keep("quoted by a change or a claim", "SELECT DISTINCT snapshot_id FROM citation"));
    STUBKEEPER_TRY(keep("waiting for a draft",
                        "SELECT snapshot_id FROM routing JOIN passage ON passage.id = passage_id "
                        "WHERE drafted_in_run_id IS NULL"));
    STUBKEEPER_TRY(keep_first_seen());
    STUBKEEPER_TRY(keep("the latest of their document, which the next look is compared with",
                        "SELECT max(id) FROM snapshot GROUP BY document_id"));
    STUBKEEPER_TRY(keep("the first of their document", "SELECT min(id) FROM snapshot GROUP BY document_id"));
    return keep_otherwise_referred();
  }

  Status keep_first_seen() {
    STUBKEEPER_ASSIGN(const auto quotes, database_.query("SELECT DISTINCT snapshot_id, quote FROM citation",
                                                         {}, [](const Row& row) {
                                                           return std::pair{row.integer(0), row.text(1)};
                                                         }));
    std::set<Id> documents;
    for (const Old& old : old_) documents.insert(old.document_id);
    const std::string reason = "show since when quoted words are there";
    for (const auto& [snapshot_id, quote] : quotes) {
      STUBKEEPER_ASSIGN(const auto snapshot, Snapshots{store_}.get(snapshot_id));
      if (!documents.contains(snapshot.document_id)) continue;
      STUBKEEPER_ASSIGN(const auto first, find_first_seen(store_, snapshot, quote));
      kept_.emplace(first.snapshot_id, reason);
      if (first.absent_snapshot_id != 0) kept_.emplace(first.absent_snapshot_id, reason);
    }
    return {};
  }

  // By tables that this file does not know, directly or by a passage.
  Status keep_otherwise_referred() {
    constexpr auto known =
        std::to_array<std::string_view>({"citation", "passage", "story_signature", "story_band", "routing"});
    for (const bool by_passage : {false, true}) {
      STUBKEEPER_ASSIGN(const auto references, references_to(database_, by_passage ? "passage" : "snapshot"));
      for (const auto& [table, column] : references) {
        if (contains(known, table)) continue;
        const std::string ids = "SELECT " + quoted(column) + " FROM " + quoted(table) + " WHERE " +
                                quoted(column) + " IS NOT NULL";
        STUBKEEPER_TRY(keep("used by " + replace_all(table, "_", " "),
                            by_passage ? "SELECT snapshot_id FROM passage WHERE id IN (" + ids + ")" : ids));
      }
    }
    return {};
  }

  // SQLite looks for references to each row that is deleted. Permanent indexes would be written with every look.
  Status index_references() {
    for (const char* parent : {"snapshot", "passage", "body"}) {
      STUBKEEPER_ASSIGN(const auto references, references_to(database_, parent));
      for (const Reference& reference : references) {
        const std::string index = "prune_" + std::to_string(indexes_.size());
        STUBKEEPER_TRY(database_.script("CREATE INDEX " + index + " ON " + quoted(reference.table) + " (" +
                                        quoted(reference.column) + ")"));
        indexes_.push_back(index);
      }
    }
    return {};
  }

  Status remove(const Old& old) {
    constexpr std::array statements{
        "INSERT OR IGNORE INTO pruned_passage (document_id, likeness_sha256) "
        "SELECT document_id, likeness_sha256 FROM passage JOIN snapshot ON snapshot.id = snapshot_id "
        "WHERE snapshot_id = ?",
        "INSERT OR IGNORE INTO pruned_routing (entry_id, likeness_sha256) "
        "SELECT entry_id, likeness_sha256 FROM passage JOIN routing ON passage_id = passage.id "
        "WHERE snapshot_id = ?",
        "DELETE FROM routing WHERE passage_id IN (SELECT id FROM passage WHERE snapshot_id = ?)",
        "DELETE FROM passage WHERE snapshot_id = ?",
        "DELETE FROM story_band WHERE snapshot_id = ?",
        "DELETE FROM story_signature WHERE snapshot_id = ?",
        "DELETE FROM snapshot WHERE id = ?",
    };
    for (const char* statement : statements) STUBKEEPER_TRY(database_.run(statement, {old.id}));
    bodies_.insert({old.body_sha256, old.text_sha256});
    ++pruned_;
    return {};
  }

  Status remove_bodies() {
    STUBKEEPER_ASSIGN(const auto references, references_to(database_, "body"));
    std::string sql = "DELETE FROM body WHERE sha256 = ?1";
    for (const Reference& reference : references)
      sql += " AND NOT EXISTS (SELECT 1 FROM " + quoted(reference.table) + " WHERE " +
             quoted(reference.column) + " = ?1)";
    for (const std::string& body : bodies_) STUBKEEPER_TRY(database_.run(sql, {body}));
    return {};
  }

  Store& store_;
  Database& database_;
  const PruneRequest& request_;
  std::vector<Old> old_;
  std::map<Id, std::string> kept_;
  std::set<std::string> bodies_;
  std::vector<std::string> indexes_;
  std::int64_t pruned_ = 0;
};

Result<std::int64_t> used_bytes(Store& store) {
  return store.database().query_number(
      "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, "
      "pragma_page_size",
      {});
}

}  // namespace

Result<PruneOutcome> prune_snapshots(Store& store, const PruneRequest& request) {
  PruneOutcome outcome;
  STUBKEEPER_ASSIGN(outcome.bytes_before, store_bytes(store));
  STUBKEEPER_ASSIGN(outcome.snapshots, Snapshots{store}.count());
  Prune prune{store, request};
  const auto steps = [&]() -> Status {
    STUBKEEPER_TRY(prune.run());
    STUBKEEPER_ASSIGN(const std::int64_t used, used_bytes(store));
    outcome.free_bytes = std::max<std::int64_t>(0, outcome.bytes_before - used);
    return {};
  };
  if (request.dry_run) {
    STUBKEEPER_ASSIGN(const auto outcomes, store.dry_run({steps}));
    STUBKEEPER_TRY(outcomes.front());
  } else {
    STUBKEEPER_TRY(store.run_in_transaction(steps));
  }
  outcome.pruned = prune.pruned();
  outcome.kept = prune.kept();
  return outcome;
}

Status give_space_back(Store& store) {
  STUBKEEPER_TRY(store.database().script("VACUUM"));
  // The log has the whole file now.
  return store.database().script("PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<std::int64_t> store_bytes(Store& store) {
  return store.database().query_number(
      "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", {});
}

Result<bool> was_routed_before_prune(Store& store, Id entry_id, const std::string& normalized_sha256) {
  return store.database().has_rows("SELECT 1 FROM pruned_routing WHERE entry_id = ? AND likeness_sha256 = ?",
                                   {entry_id, normalized_sha256});
}

}  // namespace stubkeeper::kb
