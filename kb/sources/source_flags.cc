#include "kb/sources/source_flags.h"

#include <algorithm>

#include "base/text/strings.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

Flag flag_of(const Row& row) {
  return {row.integer(0), row.text(1), row.text(2), row.time(3), row.optional_time(4)};
}

}  // namespace

Status SourceFlags::raise(Id source_id, const std::string& name, const std::string& detail, Timestamp now) {
  STUBKEEPER_ASSIGN(const auto flags, list_open(source_id));
  const auto same =
      std::find_if(flags.begin(), flags.end(), [&](const Flag& flag) { return flag.name == name; });
  if (same != flags.end()) {
    if (same->detail == detail) return {};
    STUBKEEPER_TRY(resolve(source_id, {name}, "it is another now: " + detail, now));
  }
  return store_.database().run("INSERT INTO flag (name, detail, source_id, raised_at) VALUES (?, ?, ?, ?)",
                               {name, detail, source_id, to_value(now)});
}

Status SourceFlags::resolve(Id source_id, const std::vector<std::string>& names,
                            const std::string& resolution, Timestamp now) {
  STUBKEEPER_ASSIGN(const auto flags, list_open(source_id));
  for (const Flag& flag : flags) {
    if (!contains(names, flag.name)) continue;
    STUBKEEPER_TRY(store_.database().run("UPDATE flag SET resolved_at = ?, resolution = ? WHERE id = ?",
                                         {to_value(now), resolution, flag.id}));
  }
  return {};
}

Result<std::optional<Timestamp>> SourceFlags::last_resolved(Id source_id, const std::string& name,
                                                            const std::string& resolution) {
  STUBKEEPER_ASSIGN(const auto times,
                    store_.database().query(
                        "SELECT max(resolved_at) FROM flag WHERE source_id = ? AND name = ? AND "
                        "resolution = ?",
                        {source_id, name, resolution}, [](const Row& row) { return row.optional_time(0); }));
  return times.empty() ? std::nullopt : times.front();
}

Result<std::vector<Flag>> SourceFlags::list_open(Id source_id) {
  return store_.database().query(
      "SELECT id, name, detail, raised_at, resolved_at FROM flag "
      "WHERE source_id = ? AND resolved_at IS NULL ORDER BY id",
      {source_id}, flag_of);
}

Result<std::vector<std::pair<Id, Flag>>> SourceFlags::open() {
  return store_.database().query(
      "SELECT flag.id, name, detail, raised_at, resolved_at, source_id FROM flag "
      "JOIN source ON source.id = source_id "
      "WHERE resolved_at IS NULL AND source.state <> 'removed' ORDER BY source_id, flag.id",
      {}, [](const Row& row) {
        return std::pair{row.integer(5), flag_of(row)};
      });
}

}  // namespace stubkeeper::kb
