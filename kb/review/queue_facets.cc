#include "kb/review/queue_facets.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

Status count(Database& database, std::string_view sql, std::vector<std::pair<std::string, int>>& counts) {
  return database.run(sql, {}, [&](const Row& row) -> Status {
    counts.emplace_back(row.text(0), static_cast<int>(row.integer(1)));
    return {};
  });
}

}  // namespace

Result<QueueFacets> queue_facets(Store& store) {
  QueueFacets choices;
  STUBKEEPER_TRY(
      count(store.database(),
            "SELECT name, count(DISTINCT change_id) FROM change JOIN flag ON change_id = change.id "
            "WHERE resolved_at IS NULL AND state = 'waiting' GROUP BY name ORDER BY name",
            choices.flags));
  STUBKEEPER_TRY(
      count(store.database(),
            "SELECT kind, count(*) FROM change WHERE state = 'waiting' GROUP BY kind ORDER BY kind",
            choices.kinds));
  return choices;
}

Result<std::map<Id, std::vector<std::string>>> flags_of(Store& store, const std::vector<Id>& changes) {
  std::map<Id, std::vector<std::string>> flags;
  for (const Id change : changes) {
    STUBKEEPER_TRY(store.database().run(
        "SELECT DISTINCT name FROM flag WHERE change_id = ? AND resolved_at IS NULL ORDER BY name", {change},
        [&](const Row& row) -> Status {
          flags[change].push_back(row.text(0));
          return {};
        }));
  }
  return flags;
}

}  // namespace stubkeeper::kb
