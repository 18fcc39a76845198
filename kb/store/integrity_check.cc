#include "kb/store/integrity_check.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

constexpr std::chrono::hours max_check_age{24};

Result<bool> was_checked_recently(Store& store, Timestamp now) {
  if (store.had_wal_at_open()) return false;
  const Store::FileIdentity& file = store.file_identity();
  STUBKEEPER_ASSIGN(
      const auto trusted,
      store.database().query_one(
          "SELECT checked_at, device, inode, (SELECT state FROM run ORDER BY id DESC LIMIT 1) IN "
          "('done', 'partial') FROM soundness",
          {}, [&](const Row& row) {
            const Timestamp checked_at = row.time(0);
            const bool is_recent = checked_at <= now && now - checked_at < max_check_age;
            const bool same_file = row.integer(1) == file.device && row.integer(2) == file.inode;
            const bool last_run_ended = row.integer(3) != 0;
            return is_recent && same_file && last_run_ended;
          }));
  return trusted.value_or(false);
}

}  // namespace

Result<std::vector<std::string>> check_before_run(Store& store, Timestamp now, bool read_only) {
  const auto trusted = was_checked_recently(store, now);
  if (trusted.ok() && *trusted) return std::vector<std::string>{};
  STUBKEEPER_ASSIGN(auto problems, store.check_integrity(false));
  if (!problems.empty() || read_only) return problems;
  const Store::FileIdentity& file = store.file_identity();
  STUBKEEPER_TRY(store.database().run(
      "INSERT INTO soundness (id, checked_at, device, inode) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
      "SET checked_at = excluded.checked_at, device = excluded.device, inode = excluded.inode",
      {to_value(now), file.device, file.inode}));
  return problems;
}

}  // namespace stubkeeper::kb
