#include "kb/sources/revisit_store.h"

#include <limits>

#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

// Spreads a row of answers evenly between its ends.
void add_checks(std::vector<RevisitStore::Answer>& answers, Timestamp first, Timestamp last,
                std::int64_t checks, int documents) {
  for (std::int64_t i = 1; i < checks; ++i)
    answers.push_back({first + (last - first) * (i - 1) / (checks - 1), documents});
  answers.push_back({last, documents});
}

}  // namespace

Result<std::optional<std::string>> RevisitStore::find(Id source_id) {
  return store_.database().query_one("SELECT habit FROM source_habit WHERE source_id = ?", {source_id},
                                     first_text);
}

Result<std::map<Id, std::string>> RevisitStore::all() {
  STUBKEEPER_ASSIGN(
      auto rows, store_.database().query("SELECT source_id, habit FROM source_habit", {}, [](const Row& row) {
        return std::pair{row.integer(0), row.text(1)};
      }));
  return std::map<Id, std::string>{rows.begin(), rows.end()};
}

Status RevisitStore::keep(Id source_id, const std::string& statistics) {
  return store_.database().run(
      "INSERT INTO source_habit (source_id, habit) VALUES (?, ?) "
      "ON CONFLICT (source_id) DO UPDATE SET habit = excluded.habit",
      {source_id, statistics});
}

Result<std::vector<RevisitStore::Answer>> RevisitStore::successful_fetches(Id source_id,
                                                                           std::optional<Timestamp> after) {
  std::vector<Answer> answers;
  // A snapshot has the time of the answer that brought it.
  STUBKEEPER_TRY(store_.database().run(
      "SELECT coalesce(first_at, at), at, looks, "
      "max(outcome IN ('new', 'changed'), "  // its snapshots may have been pruned
      "(SELECT count(*) FROM document JOIN snapshot ON document_id = document.id "
      "WHERE document.source_id = fetch.source_id AND fetched_at = at)), id "
      "FROM fetch WHERE source_id = ?1 AND outcome <> 'failed' AND (?2 IS NULL OR at > ?2) "
      "UNION ALL SELECT quiet_since, quiet_until, quiet_looks, 0, ?3 "
      "FROM source WHERE id = ?1 AND quiet_looks > 0 AND (?2 IS NULL OR quiet_until > ?2) ORDER BY 2, 5",
      {source_id, to_value(after), std::numeric_limits<std::int64_t>::max()}, [&](const Row& row) -> Status {
        add_checks(answers, row.time(0), row.time(1), row.integer(2), static_cast<int>(row.integer(3)));
        return {};
      }));
  return answers;
}

Result<RevisitStore::Fetches> RevisitStore::fetches_between(Timestamp since, Timestamp until) {
  STUBKEEPER_ASSIGN(
      const auto fetches,
      store_.database().query_one(
          "SELECT (SELECT coalesce(sum(fetches), 0) FROM fetch_count WHERE last_at > ?1 AND last_at <= ?2), "
          "(SELECT count(*) FROM linked_fetch WHERE at > ?1 AND at <= ?2)",
          {to_value(since), to_value(until)}, [](const Row& row) {
            return Fetches{row.integer(0), row.integer(1)};
          }));
  return *fetches;
}

Result<std::optional<RevisitStore::Price>> RevisitStore::price() {
  return store_.database().query_one(
      "SELECT price_millionths, stretch_thousandths, found_at FROM fetch_price", {}, [](const Row& row) {
        return Price{row.integer(0), row.integer(1), row.time(2)};
      });
}

Status RevisitStore::save_price(const Price& price) {
  return store_.database().run(
      "INSERT INTO fetch_price (id, price_millionths, stretch_thousandths, found_at) VALUES (1, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET price_millionths = excluded.price_millionths, "
      "stretch_thousandths = excluded.stretch_thousandths, found_at = excluded.found_at",
      {price.price_millionths, price.interval_scale_thousandths, to_value(price.found_at)});
}

}  // namespace stubkeeper::kb
