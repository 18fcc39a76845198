#include "kb/sources/linked_addresses.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

#define LINK_COLUMNS                                                                                     \
  "address, leads_to = 'sitemap', identity, title, author, published, listed_date, is_backlog, due_at, " \
  "fetched_at, etag, last_modified, failures, last_error "

LinkedAddress link_of(const Row& row) {
  LinkedAddress link;
  row.read(link.address, link.is_sitemap, link.identity, link.title, link.author, link.published,
           link.listed_date, link.is_backlog, link.due_at, link.fetched_at, link.etag, link.last_modified,
           link.failures, link.last_error);
  return link;
}

}  // namespace

Result<LinkedAddresses::State> LinkedAddresses::list(Id source_id, const LinkedAddress& link, Timestamp now) {
  Database& database = store_.database();
  STUBKEEPER_ASSIGN(
      const auto known,
      database.query_one("SELECT " LINK_COLUMNS "FROM linked_address WHERE source_id = ? AND address = ?",
                         {source_id, link.address}, link_of));
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
  return store_.database().has_rows("SELECT 1 FROM linked_address LIMIT 1", {});
}

Result<std::vector<LinkedAddress>> LinkedAddresses::due(Id source_id, bool sitemaps, Timestamp now,
                                                        std::int64_t limit) {
  return store_.database().query(
      "SELECT " LINK_COLUMNS
      "FROM linked_address WHERE source_id = ? AND leads_to = ? AND due_at <= ? "
      "ORDER BY failures, is_backlog, listed_date DESC, address LIMIT ?",
      {source_id, std::string_view{sitemaps ? "sitemap" : "document"}, to_value(now), limit}, link_of);
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
      "UPDATE linked_address SET due_at = ? "
      "WHERE source_id = ? AND leads_to = 'sitemap' AND listed_date = ''",
      {to_value(now), source_id});
}

Status LinkedAddresses::record_fetch(Id run_id, Id source_id, Timestamp now) {
  return store_.database().run("INSERT INTO linked_fetch (run_id, source_id, at) VALUES (?, ?, ?)",
                               {run_id, source_id, to_value(now)});
}

Result<std::int64_t> LinkedAddresses::due_count(Timestamp now) {
  return store_.database().query_number("SELECT count(*) FROM linked_address WHERE due_at <= ?",
                                        {to_value(now)});
}

Result<LinkedAddresses::Counts> LinkedAddresses::counts(Id source_id) {
  STUBKEEPER_ASSIGN(
      const auto counts,
      store_.database().query_one(
          "SELECT count(*) FILTER (WHERE leads_to = 'sitemap'), "
          "count(*) FILTER (WHERE leads_to = 'document'), "
          "count(due_at) FILTER (WHERE leads_to = 'document'), "
          "count(due_at) FILTER (WHERE leads_to = 'document' AND is_backlog = 0), "
          "count(*) FILTER (WHERE leads_to = 'document' AND due_at IS NULL AND failures > 0) "
          "FROM linked_address WHERE source_id = ?",
          {source_id}, [](const Row& row) {
            return Counts{row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4)};
          }));
  return counts.value_or(Counts{});
}

}  // namespace stubkeeper::kb
