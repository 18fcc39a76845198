#include "kb/sources/linked_addresses.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

#define LINK_COLUMNS                                                                                     \
  "address, leads_to = 'sitemap', identity, title, author, published, listed_date, is_backlog, due_at, " \
  "fetched_at, etag, last_modified, failures, last_error "

LinkedAddress link_of(const Row& row) {
  LinkedAddress link;
  link.address = row.text(0);
  link.is_sitemap = row.integer(1) != 0;
  link.identity = row.text(2);
  link.title = row.text(3);
  link.author = row.text(4);
  link.published = row.text(5);
  link.listed_date = row.text(6);
  link.is_backlog = row.integer(7) != 0;
  link.due_at = row.optional_time(8);
  link.fetched_at = row.optional_time(9);
  link.etag = row.text(10);
  link.last_modified = row.text(11);
  link.failures = static_cast<int>(row.integer(12));
  link.last_error = row.text(13);
  return link;
}

}  // namespace

Result<LinkedAddresses::State> LinkedAddresses::list(Id source_id, const LinkedAddress& link, Timestamp now) {
  Database& database = store_.database();
  std::optional<LinkedAddress> known;
  STUBKEEPER_TRY(database.run("SELECT " LINK_COLUMNS
                              "FROM linked_address WHERE source_id = ? AND address = ?",
                              {source_id, link.address}, [&](const Row& row) -> Status {
                                known = link_of(row);
                                return {};
                              }));
  if (!known) {
    STUBKEEPER_TRY(database.run(
        "INSERT INTO linked_address (source_id, address, leads_to, identity, title, author, published, "
        "listed_date, is_backlog, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {source_id, link.address, std::string_view{link.is_sitemap ? "sitemap" : "document"}, link.identity,
         link.title, link.author, link.published, link.listed_date, std::int64_t{link.is_backlog},
         to_value(now)}));
    return State::waiting;
  }
  const bool has_changed = known->listed_date != link.listed_date && !link.listed_date.empty();
  if (has_changed || (link.is_sitemap && link.listed_date.empty())) {
    STUBKEEPER_TRY(database.run(
        "UPDATE linked_address SET title = ?, author = ?, published = ?, listed_date = ?, due_at = ?, "
        "failures = 0 WHERE source_id = ? AND address = ?",
        {link.title, link.author, link.published, link.listed_date, to_value(now), source_id, link.address}));
    return State::waiting;
  }
  if (known->due_at) return State::waiting;
  return known->failures > 0 ? State::given_up : State::read;
}

Result<bool> LinkedAddresses::any() {
  bool found = false;
  STUBKEEPER_TRY(store_.database().run("SELECT 1 FROM linked_address LIMIT 1", {}, [&](const Row&) -> Status {
    found = true;
    return {};
  }));
  return found;
}

Result<std::vector<LinkedAddress>> LinkedAddresses::due(Id source_id, bool sitemaps, Timestamp now,
                                                        std::int64_t limit) {
  std::vector<LinkedAddress> links;
  STUBKEEPER_TRY(store_.database().run(
      "SELECT " LINK_COLUMNS
      "FROM linked_address WHERE source_id = ? AND leads_to = ? AND due_at <= ? "
      "ORDER BY failures, is_backlog, listed_date DESC, address LIMIT ?",
      {source_id, std::string_view{sitemaps ? "sitemap" : "document"}, to_value(now), limit},
      [&](const Row& row) -> Status {
        links.push_back(link_of(row));
        return {};
      }));
  return links;
}

Status LinkedAddresses::answered(Id source_id, const std::string& address, Timestamp now,
                                 const std::string& etag, const std::string& last_modified) {
  return store_.database().run(
      "UPDATE linked_address SET due_at = NULL, fetched_at = ?, failures = 0, last_error = '', etag = ?, "
      "last_modified = ? WHERE source_id = ? AND address = ?",
      {to_value(now), etag, last_modified, source_id, address});
}

Status LinkedAddresses::failed(Id source_id, const std::string& address, const std::string& error,
                               std::optional<Timestamp> next) {
  return store_.database().run(
      "UPDATE linked_address SET due_at = ?, failures = failures + 1, last_error = ? WHERE source_id = ? AND "
      "address = ?",
      {to_value(next), error, source_id, address});
}

Status LinkedAddresses::mark_undated_sitemaps_due(Id source_id, Timestamp now) {
  return store_.database().run(
      "UPDATE linked_address SET due_at = ? WHERE source_id = ? AND leads_to = 'sitemap' AND listed_date = "
      "''",
      {to_value(now), source_id});
}

Status LinkedAddresses::record_fetch(Id run_id, Id source_id, Timestamp now) {
  return store_.database().run("INSERT INTO linked_fetch (run_id, source_id, at) VALUES (?, ?, ?)",
                               {run_id, source_id, to_value(now)});
}

Result<std::int64_t> LinkedAddresses::due_count(Timestamp now) {
  std::int64_t count = 0;
  STUBKEEPER_TRY(store_.database().run("SELECT count(*) FROM linked_address WHERE due_at <= ?",
                                       {to_value(now)}, [&](const Row& row) -> Status {
                                         count = row.integer(0);
                                         return {};
                                       }));
  return count;
}

Result<LinkedAddresses::Counts> LinkedAddresses::counts(Id source_id) {
  Counts counts;
  STUBKEEPER_TRY(store_.database().run(
      "SELECT count(*) FILTER (WHERE leads_to = 'sitemap'), count(*) FILTER (WHERE leads_to = 'document'), "
      "count(due_at) FILTER (WHERE leads_to = 'document'), count(due_at) FILTER (WHERE leads_to = 'document' "
      "AND "
      "is_backlog = 0), count(*) FILTER (WHERE leads_to = 'document' AND due_at IS NULL AND failures > 0) "
      "FROM "
      "linked_address WHERE source_id = ?",
      {source_id}, [&](const Row& row) -> Status {
        counts = {row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4)};
        return {};
      }));
  return counts;
}

}  // namespace stubkeeper::kb
